"""Word's formulas (OMML, ECMA-376 part 1, 22.1) -> LaTeX, so that all are said alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from readaloud.sources.readers.shared.formulas.mathml import ACCENT_SIGNS, NAMED
from readaloud.sources.readers.shared.xml_parts import attribute

_MAX_DEPTH = 40
_HAT = "\u0302"
"""Where an accent says nothing else."""
_NARY = {"∑": "\\sum ", "∏": "\\prod ", "∫": "\\int ", "∬": "\\iint ", "∮": "\\oint "}
_SHAPES: dict[str, Callable[[Mapping[str, str]], str]] = {
    "f": lambda part: f"\\frac{{{part['num']}}}{{{part['den']}}}",
    "sSup": lambda part: f"{{{part['e']}}}^{{{part['sup']}}}",
    "sSub": lambda part: f"{{{part['e']}}}_{{{part['sub']}}}",
    "sSubSup": lambda part: f"{{{part['e']}}}_{{{part['sub']}}}^{{{part['sup']}}}",
    "func": lambda part: f"{part['fName']}{{{part['e']}}}",
    "limLow": lambda part: f"{part['e']}_{{{part['lim']}}}",
    "limUpp": lambda part: f"{part['e']}^{{{part['lim']}}}",
    "bar": lambda part: f"\\bar{{{part['e']}}}",
}
_ROWS = frozenset({"oMath", "box", "borderBox", "num", "den", "e", "sup", "sub", "deg", "fName",
                   "lim", "ins", "smartTag", "sdt", "sdtContent"})  # fmt: skip
_UNSEEN = frozenset({"del", "moveFrom", "phant", "bookmarkStart", "bookmarkEnd", "proofErr"})


def to_latex(math: etree._Element) -> str:
    """A formula's LaTeX, its tags without their namespace; empty where it can't be said."""
    try:
        return _element(math, 0)
    except (KeyError, ValueError):
        return ""


def _element(element: etree._Element, depth: int) -> str:
    """Of one element.

    Raises:
        KeyError: it lacks a part.
        ValueError: it has no words in a row: a matrix, a system of equations.
    """
    tag = str(element.tag)
    if depth > _MAX_DEPTH:
        raise ValueError(tag)
    if tag == "r":
        return _run(element)
    if tag.endswith("Pr") or tag in _UNSEEN:
        return ""
    inside = [
        (str(child.tag), _element(child, depth + 1))
        for child in element.iterchildren(etree.Element)
    ]
    if tag in _ROWS:
        return "".join(text for _, text in inside)
    if tag == "d":
        return _fenced(element, [text for name, text in inside if name == "e"])
    return _shape(element, tag, dict(inside))


def _shape(element: etree._Element, tag: str, part: Mapping[str, str]) -> str:
    if tag in _SHAPES:
        return _SHAPES[tag](part)
    if tag == "rad":
        degree = part.get("deg", "")
        return f"\\sqrt{f'[{degree}]' if degree else ''}{{{part['e']}}}"
    if tag == "nary":
        sign = _NARY[_set(element, "chr", "∫")]
        bounds = "".join(
            f"{mark}{{{part[name]}}}"
            for mark, name in (("_", "sub"), ("^", "sup"))
            if part.get(name)
        )
        return f"{sign}{bounds}{part['e']}"
    if tag == "acc":
        return f"\\{ACCENT_SIGNS[_set(element, 'chr', _HAT)]}{{{part['e']}}}"
    raise ValueError(tag)


def _fenced(element: etree._Element, parts: list[str]) -> str:
    """What stands between brackets, or between strokes."""
    opening, closing = _set(element, "begChr", "("), _set(element, "endChr", ")")
    return f"{_escaped(opening)}{','.join(parts)}{_escaped(closing)}"


def _set(element: etree._Element, name: str, default: str) -> str:
    """The sign that an element's properties set."""
    found = element.find(f"{element.tag}Pr/{name}")
    return attribute(found, "val") if found is not None else default


def _run(run: etree._Element) -> str:
    """A run's text: letters beside each other are factors, but for names and normal text."""
    text = "".join(t.text or "" for t in run.iter("t"))
    bare = text.strip()
    if bare in NAMED:
        return f"\\{bare} "
    word = len(bare) > 1 and bare.isalpha()
    if word and (run.find("rPr/nor") is not None or not bare.isascii()):
        return f"\\text{{{bare}}}"
    return "".join(map(_escaped, text))


def _escaped(sign: str) -> str:
    return f"\\{sign}" if sign and sign in "{}%_#$&" else sign
