"""Formulas in LaTeX and MathML: in words where they are short, else announced."""
