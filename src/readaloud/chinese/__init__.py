"""The Chinese language: scripts and their conversion, numerals, dates."""
