"""Lines and marks of Markdown dialects that mean nothing to a listener."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readaloud.errors import msg
from readaloud.model import Removal

REASON = msg("layout mark")

_CALLOUT = re.compile(r"(?:>\s{0,3}){1,9}(\[![A-Za-z]{3,12}\][+-]?)")
"""Boxes of GitHub and Obsidian: ``> [!NOTE]``; a title may follow."""
_CONTAINER = re.compile(
    r"\s{0,3}(:{3,9}(?:\s{0,3}\{[^{}]{0,80}\}|\s{0,3}[A-Za-z][A-Za-z-]{0,30})?)(?=\s|$)"
)
"""Boxes of VuePress, Docusaurus and Pandoc: ``::: tip 小贴士`` … ``:::``."""
_CONTENTS = re.compile(
    r"\s{0,3}(\[TOC\]|\[\[_?TOC_?\]\]|@\[TOC\](?:\([^()]{0,80}\))?)\s{0,9}$", re.IGNORECASE
)
_TEMPLATE = re.compile(r"(\{\{[<%][^{}\n]{0,500}[%>]\}\}|\{%[^{}\n]{0,500}%\})")
"""Calls of Hugo and Jekyll."""
_MARKS = (_CALLOUT, _CONTAINER, _CONTENTS)
_FENCE = re.compile(r"\s{0,3}(`{3,9}|~{3,9})\s{0,3}(markdown|md|)\s{0,9}$", re.IGNORECASE)
_TITLE_LINE = re.compile(r"#\s{1,3}\S")
_CARD = re.compile(r"(\s*(?:[*+-]\s{1,4}|\d{1,3}\.\s{1,4})?)\[([^\[\]]{0,200})")
_CARD_END = re.compile(r"\s*\]\([^()\s]{1,500}\)\s*")
_MARKED = re.compile(r"\s*((?:#{1,6}\s{1,3})?)(.*?)\s*")
MOST_OF_CARD = 16
"""Lines of a card at most, empty ones with them."""
_HIGHLIGHT = re.compile(r"==(?=[^\s=])([^=\n]{1,200})(?<=\S)==")


def take_layout_marks(lines: Sequence[str], first: int) -> tuple[list[str], list[Removal]]:
    """Take the marks of dialects out, on record; ``==高亮==`` is emphasis and keeps its text.

    Args:
        lines: the lines of the article.
        first: the number of the first of them.

    Returns:
        As many lines, and a removal for each mark.
    """
    kept: list[str] = []
    removed: list[Removal] = []
    for number, line in enumerate(lines, first):
        match = next((m for pattern in _MARKS if (m := pattern.match(line))), None)
        # What follows a mark is a box's title: a hard break keeps it from the text below.
        rest = f"{line[: match.start(1)]}{line[match.end(1) :]}  " if match else line
        marks = [*([match[1]] if match else []), *_TEMPLATE.findall(rest)]
        removed += [Removal(number, mark, REASON) for mark in marks]
        kept.append(_HIGHLIGHT.sub(r"\1", _TEMPLATE.sub("", rest)))
    return kept, removed


def link_cards(lines: Sequence[str]) -> list[str]:
    """As many lines, those of a card links of their own: Markdown knows no link around blocks.

    Converters write what a page links as a whole between ``[`` and ``](…)`` on lines of their own.
    """
    linked = list(lines)
    for start, line in enumerate(lines):
        if (opened := _CARD.fullmatch(line)) is None:
            continue
        reach = range(start + 1, min(start + MOST_OF_CARD, len(lines)))
        end = next((n for n in reach if _CARD_END.fullmatch(lines[n])), None)
        if end is None or any(map(_CARD.fullmatch, lines[start + 1 : end])):
            continue
        address = lines[end].strip()
        linked[start] = f"{opened[1]}[{opened[2]}{address}" if opened[2] else ""
        linked[end] = ""
        for n in range(start + 1, end):
            mark, text = _MARKED.fullmatch(lines[n]).groups()  # type: ignore[union-attr]
            whole = text and not {*"[]"} & {*text}
            linked[n] = f"{mark.strip()} [{text}{address}" if whole else lines[n].strip()
    return linked


def take_outer_fence(lines: Sequence[str]) -> tuple[list[str], list[Removal]]:
    """Take the fence off an article that stands whole in one, as chat programs copy it.

    Returns:
        As many lines, and a removal for each of the two marks.
    """
    inked = [number for number, line in enumerate(lines) if line.strip()]
    opened = _FENCE.match(lines[inked[0]]) if len(inked) > 2 else None
    if opened is None or lines[inked[-1]].strip() != opened[1]:
        return list(lines), []
    within = [lines[number] for number in inked[1:-1]]
    fences = sum(line.lstrip().startswith(opened[1]) for line in within)
    if fences % 2 or not (opened[2] or _TITLE_LINE.match(within[0])):
        return list(lines), []
    marks = [Removal(number + 1, lines[number].strip(), REASON) for number in (inked[0], inked[-1])]
    return ["" if n in (inked[0], inked[-1]) else line for n, line in enumerate(lines)], marks
