"""Counts the items of ordered lists as a browser numbers them: the numbers stand in no text."""

from __future__ import annotations

import re

from lxml import etree

from readaloud.chinese.numerals import ordinal

_LISTS = ("ol", "ul", "menu", "dir")
_WHOLE = re.compile(r"\s{0,9}([+-]?\d{1,6})\s{0,9}")
_STYLE = re.compile(r"list-style(?:-type)?\s{0,9}:\s{0,9}([^;]{1,80})", re.IGNORECASE)
_BULLET = re.compile(r"\b(?:none|disc|circle|square)\b", re.IGNORECASE)
_NUMBER = re.compile(r"decimal|cjk|chinese|ideographic|roman|alpha|latin|japanese", re.IGNORECASE)
_LETTER = re.compile(r"[aA]|(?:upper|lower)-(?:alpha|latin)")
_UNNUMBERED = frozenset({"list-unstyled", "list-none", "list-inline", "unstyled", "no-bullets"})
"""Class names by which common style sheets take the numbers away."""


class ListNumbers:
    """Numbers the items of one tree, each asked for once, in its order."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._last: dict[etree._Element, int] = {}

    def label(self, item: etree._Element) -> str:
        """What stands before an item that is shown (第一); empty where it has none."""
        whole = next(item.iterancestors(*_LISTS), None)
        if whole is None:
            return ""
        step = -1 if "reversed" in whole.attrib else 1
        stated = _whole(item.get("value"))
        if stated is None:
            stated = self._last[whole] + step if whole in self._last else _first(whole)
        self._last[whole] = stated
        if not _is_numbered(whole, item):
            return ""
        letter = chr(64 + stated) if _is_lettered(whole, item) and 0 < stated <= 26 else ""
        return letter or ordinal(stated)


def _first(whole: etree._Element) -> int:
    """The number of a list's first item."""
    start = _whole(whole.get("start"))
    if start is not None:
        return start
    return sum(1 for _ in whole.iterchildren("li")) if "reversed" in whole.attrib else 1


def _is_lettered(whole: etree._Element, item: etree._Element) -> bool:
    """Whether a browser shows letters: the last word of ``type`` or style has it."""
    lettered = False
    for element in (whole, item):
        style = _STYLE.search(element.get("style", ""))
        told = style[1] if style else element.get("type", "")
        if told:
            lettered = _LETTER.fullmatch(told.strip()) is not None
    return lettered


def _is_numbered(whole: etree._Element, item: etree._Element) -> bool:
    """Whether a browser shows a number before an item, as far as attributes say."""
    numbered = str(whole.tag) == "ol"
    for element in (whole, item):
        if not _UNNUMBERED.isdisjoint(element.get("class", "").split()):
            numbered = False
        style = _STYLE.search(element.get("style", ""))
        told = style[1] if style else element.get("type", "")
        if _NUMBER.search(told):
            numbered = True
        elif _BULLET.search(told):
            numbered = False
    return numbered


def _whole(text: str | None) -> int | None:
    match = _WHOLE.fullmatch(text or "")
    return int(match[1]) if match else None
