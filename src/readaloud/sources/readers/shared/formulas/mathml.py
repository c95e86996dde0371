"""MathML -> LaTeX, so that both are said alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

_ROWS = frozenset(
    {"math", "mrow", "mstyle", "mpadded", "mphantom", "merror", "semantics", "menclose", "maction"}
)
_TEXT = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_IGNORED = frozenset({"annotation", "annotation-xml", "mspace", "none", "mprescripts"})
ACCENT_SIGNS = {"→": "vec", "⃗": "vec", "¯": "bar", "‾": "bar", "―": "bar", "^": "hat", "ˆ": "hat",
         "~": "tilde", "˜": "tilde", "˙": "dot", ".": "dot", "\u0302": "hat", "\u0303": "tilde",
         "\u0304": "bar", "\u0305": "bar", "\u0307": "dot"}  # fmt: skip
NAMED = frozenset({"sin", "cos", "tan", "cot", "ln", "lg", "log", "exp", "max", "min", "lim"})
_SHAPES: dict[str, Callable[[Sequence[str]], str]] = {
    "mfrac": lambda part: f"\\frac{{{part[0]}}}{{{part[1]}}}",
    "msup": lambda part: f"{{{part[0]}}}^{{{part[1]}}}",
    "msub": lambda part: f"{{{part[0]}}}_{{{part[1]}}}",
    "msubsup": lambda part: f"{{{part[0]}}}_{{{part[1]}}}^{{{part[2]}}}",
    "munder": lambda part: f"{{{part[0]}}}_{{{part[1]}}}",
    "munderover": lambda part: f"{{{part[0]}}}_{{{part[1]}}}^{{{part[2]}}}",
    "mroot": lambda part: f"\\sqrt[{part[1]}]{{{part[0]}}}",
}
_PARTS = {"munderover": 3, "msubsup": 3}


def to_latex(math: etree._Element) -> str:
    """A formula's LaTeX; empty where it has a part that LaTeX's words don't know: a table."""
    try:
        return _element(math, 0)
    except ValueError:
        return ""


def _element(element: etree._Element, depth: int) -> str:
    """Of one element.

    Raises:
        ValueError: it can't be said.
    """
    tag = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
    if depth > 40:
        raise ValueError(tag)
    if tag in _TEXT:
        return _text(element, tag)
    if tag in _IGNORED:
        return ""
    children = [_element(child, depth + 1) for child in element.iterchildren(etree.Element)]
    return _shape(tag, children, (element.text or "").strip())


def _shape(tag: str, children: Sequence[str], text: str) -> str:
    """An element with the LaTeX of its parts.

    Raises:
        ValueError: it can't be said.
    """
    if tag in _ROWS:
        return "".join(children) + text
    if tag == "msqrt":
        return f"\\sqrt{{{''.join(children)}}}"
    if tag == "mfenced":
        return f"({','.join(children)})"
    if tag == "mover" and len(children) == 2:
        accent = ACCENT_SIGNS.get(children[1].strip(), "")
        return f"\\{accent}{{{children[0]}}}" if accent else f"{{{children[0]}}}^{{{children[1]}}}"
    if tag in _SHAPES and len(children) == _PARTS.get(tag, 2):
        return _SHAPES[tag](children)
    raise ValueError(tag)


def _text(element: etree._Element, tag: str) -> str:
    text = "".join(map(str, element.itertext())).strip()
    if text in {"\u2061", "\u2062", "\u2063", "\u2064", ""}:
        return ""  # function application and other operators that are not seen
    if text in NAMED:
        return f"\\{text} "
    if text in "{}%_#$&" or (text.startswith("\\")):
        return f"\\{text}"
    return f"\\text{{{text}}}" if tag != "mn" and len(text) > 1 and text.isalpha() else text
