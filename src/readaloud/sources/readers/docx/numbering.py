"""The numbers that Word sets before paragraphs by itself: they stand in no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from readaloud.chinese.numerals import number, ordinal
from readaloud.sources.readers.shared.xml_parts import attribute

LEVELS = 9
_UNNUMBERED = frozenset({"bullet", "none"})
"""Formats that show no number."""
_PLACE = re.compile(r"%([1-9])")
_MARKS = " .．、,，:：)）(（[]【】〔〕"
_CHINESE = ("chinese", "taiwanese", "japanese", "ideograph", "korean")
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its first number, its format, and the text with %1 for the number."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""


@dataclass(slots=True)
class _List:
    """The levels of an abstract list and how far each has been counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of one document, each asked for once, in its order."""

    def __init__(self, root: etree._Element | None) -> None:
        """``root`` is the tree of ``numbering.xml``, None where the file has none."""
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, int]]] = {}
        """Lists by the number that paragraphs name, with the levels that it begins anew."""
        for element in root.iterchildren(etree.Element) if root is not None else ():
            if element.tag == "abstractNum":
                self._lists[attribute(element, "abstractNumId")] = _List(_levels(element))
            elif element.tag == "num":
                whole = element.find("abstractNumId")
                name = attribute(whole, "val") if whole is not None else ""
                self._numbers[attribute(element, "numId")] = name, _restarts(element)

    def label(self, numbered: tuple[str, str], style: str) -> str:
        """What stands before a paragraph: 第三, 第三章, 1.2; empty for a bullet and for none.

        Args:
            numbered: the list's number and the level in it, empty where the style decides.
            style: the identifier of the paragraph's style.
        """
        name, restarts = self._numbers.get(numbered[0], ("", {}))
        counted = self._lists.get(name)
        if counted is None:
            return ""
        depth = int(numbered[1]) if numbered[1].isdecimal() else _depth_of(counted, style)
        level = counted.levels.get(depth)
        if level is None:
            return ""
        first = restarts.pop(depth, None)
        before = counted.counts.get(depth, level.start - 1) if first is None else first - 1
        counted.counts[depth] = before + 1
        for deeper in range(depth + 1, LEVELS):
            counted.counts.pop(deeper, None)
        return "" if level.format in _UNNUMBERED else _show(counted, depth)


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {
        _whole(attribute(level, "ilvl"), 0): _Level(
            _whole(_value(level, "start"), 1),
            _value(level, "numFmt") or "decimal",
            _value(level, "lvlText"),
            _value(level, "pStyle"),
        )
        for level in element.iterchildren("lvl")
    }


def _restarts(element: etree._Element) -> dict[int, int]:
    return {
        _whole(attribute(each, "ilvl"), 0): _whole(_value(each, "startOverride"), 1)
        for each in element.iterchildren("lvlOverride")
        if each.find("startOverride") is not None
    }


def _depth_of(counted: _List, style: str) -> int:
    """The level that is bound to a style, else the first."""
    return next((n for n, level in counted.levels.items() if level.style == style), 0)


def _show(counted: _List, depth: int) -> str:
    """One number alone as an ordinal, others as they are shown."""
    level = counted.levels[depth]
    text = level.text.strip(_MARKS)
    if _PLACE.fullmatch(text):
        return ordinal(counted.counts[depth])

    def fill(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        other = counted.levels.get(place, _Level())
        return _write(counted.counts.get(place, other.start), other.format)

    return _PLACE.sub(fill, text)


def _write(value: int, form: str) -> str:
    if form.startswith(_CHINESE):
        return number(str(value))
    if form in {"upperLetter", "lowerLetter"} and 1 <= value <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + value - 1)
    return str(value)


def _value(element: etree._Element, tag: str) -> str:
    found = element.find(tag)
    return attribute(found, "val") if found is not None else ""


def _whole(text: str, default: int) -> int:
    return (
        min(int(text), _MOST) if text.isascii() and text.isdecimal() and len(text) < 9 else default
    )
