"""What the styles of a DOCX file mean: headings, lists, bold and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from readaloud.sources.readers.shared.xml_parts import attribute

_HEADING = re.compile(r"(?:heading|标题|標題)\s{0,3}([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|標題|文档标题)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)(?:\s{0,3}(?:\d|heading|标题))?$", re.IGNORECASE)
_MAX_CHAIN = 20
"""Styles may be based on each other in a circle."""


@dataclass(frozen=True, slots=True)
class Style:
    """What one paragraph or character style sets; None where it says nothing."""

    name: str
    based_on: str
    level: int | None
    bold: bool | None
    hidden: bool | None
    numbered: tuple[str, str] | None
    """The list and the level that it sets."""


class Styles:
    """The styles of one file by their identifiers."""

    def __init__(self, root: etree._Element | None) -> None:
        """``root`` is the tree of ``styles.xml``, None where the file has none."""
        found = root.iter("style") if root is not None else ()
        self._styles = {attribute(style, "styleId"): _style(style) for style in found}

    def level(self, paragraph: etree._Element | None) -> int:
        """1 to 6 for a heading or the title, by the paragraph's properties; else 0."""
        own = outline(paragraph)
        if own is not None:
            return own
        chain = list(self._chain(styled(paragraph, "pStyle")))
        if chain and _TITLE.match(chain[0].name):
            return 1
        return next((style.level for style in chain if style.level is not None), 0)

    def is_title(self, paragraph: etree._Element | None) -> bool:
        """Whether the paragraph is set as the document's title."""
        chain = self._chain(styled(paragraph, "pStyle"))
        return any(_TITLE.match(style.name) for style in chain)

    def is_contents(self, paragraph: etree._Element | None) -> bool:
        """Whether the paragraph is a line of the table of contents."""
        chain = self._chain(styled(paragraph, "pStyle"))
        return any(_CONTENTS.match(style.name) for style in chain)

    def numbered(self, paragraph: etree._Element | None) -> tuple[str, str] | None:
        """The list that the paragraph is an item of, and its level; None where it is none."""
        chain = self._chain(styled(paragraph, "pStyle"))
        inherited = next((style.numbered for style in chain if style.numbered), None)
        own = numbering(paragraph)
        if own is None:
            found = inherited
        else:
            found = (own[0] or (inherited[0] if inherited else ""), own[1])
        return found if found and found[0] not in {"", "0"} else None

    def is_on(
        self, sign: str, run: etree._Element | None, paragraph: etree._Element | None
    ) -> bool:
        """Whether ``b`` or ``vanish`` holds for a run: its own word, its style's, its paragraph's.

        The paragraph's own run properties are those of its end mark only.
        """
        own = switch(run, sign)
        if own is not None:
            return own
        for name in (styled(run, "rStyle"), styled(paragraph, "pStyle")):
            for style in self._chain(name):
                value = style.bold if sign == "b" else style.hidden
                if value is not None:
                    return value
        return False

    def _chain(self, name: str) -> Iterator[Style]:
        """A style and those it is based on."""
        for _ in range(_MAX_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.based_on


def styled(properties: etree._Element | None, tag: str) -> str:
    """The identifier of the style that properties name."""
    found = properties.find(tag) if properties is not None else None
    return attribute(found, "val") if found is not None else ""


def numbering(properties: etree._Element | None) -> tuple[str, str] | None:
    """The list and the level that properties set, each empty where they don't say."""
    numbers = properties.find("numPr") if properties is not None else None
    if numbers is None:
        return None
    found = (numbers.find(tag) for tag in ("numId", "ilvl"))
    number, level = (attribute(each, "val") if each is not None else "" for each in found)
    return number, level


def outline(properties: etree._Element | None) -> int | None:
    """The heading level (1 to 6) that properties set, 0 for body text, None for neither."""
    found = properties.find("outlineLvl") if properties is not None else None
    value = attribute(found, "val") if found is not None else ""
    if not value.isdecimal():
        return None
    return int(value) + 1 if int(value) < 6 else 0


def switch(properties: etree._Element | None, tag: str) -> bool | None:
    """A property that is on or off."""
    found = properties.find(tag) if properties is not None else None
    return None if found is None else attribute(found, "val") not in {"0", "false", "off", "none"}


def _style(style: etree._Element) -> Style:
    name, based_on = style.find("name"), style.find("basedOn")
    paragraph, run = style.find("pPr"), style.find("rPr")
    title = attribute(name, "val") if name is not None else attribute(style, "styleId")
    heading = _HEADING.match(title)
    return Style(
        title,
        attribute(based_on, "val") if based_on is not None else "",
        min(int(heading[1]), 6) if heading else outline(paragraph),
        switch(run, "b"),
        switch(run, "vanish"),
        numbering(paragraph),
    )
