"""Texts of strangers on a terminal: what would steer it, or hide a line, is shown instead."""

from __future__ import annotations

_LINES = frozenset("\t\n")
_CODES = (*range(0x20), *range(0x7F, 0xA0))
"""C0, delete and C1: escape sequences begin with one of them."""
_ORDERS = (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
"""Line and paragraph separators, and what turns the order of writing round."""
_ESCAPES = {code: f"\\x{code:02x}" for code in _CODES} | {
    code: f"\\u{code:04x}" for code in _ORDERS
}
_IN_LINES = {code: text for code, text in _ESCAPES.items() if chr(code) not in _LINES}
_IN_JSON = {code: f"\\u{code:04x}" for code in _CODES if code > 0x20}
_ONE_CELL = dict.fromkeys(_IN_LINES, "\ufffd")


def visible(text: str) -> str:
    """A value that stands in a line: a line's end in it is an escape, too."""
    return text.translate(_ESCAPES)


def visible_lines(text: str) -> str:
    """A whole text, whose lines stay lines."""
    return text.translate(_IN_LINES)


def visible_cells(text: str) -> str:
    """A text whose place is measured out: a sign for each."""
    return text.translate(_ONE_CELL)


def visible_json(text: str) -> str:
    """JSON that says the same; what stands below a space is escaped there already."""
    return text.translate(_IN_JSON)
