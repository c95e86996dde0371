"""Walks an HTML tree in reading order and cuts its visible text into passages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Block, BlockKind
from readaloud.sources.readers.shared.broken_addresses import wraps
from readaloud.sources.readers.shared.hard_wraps import unwrap
from readaloud.sources.readers.shared.languages import language_of, merge
from readaloud.sources.readers.shared.list_numbers import ListNumbers
from readaloud.sources.readers.shared.passages import Passage, join_addresses, join_terms, tag_of
from readaloud.sources.readers.shared.prose_or_code import is_prose
from readaloud.sources.readers.shared.repair import repair, split_lines
from readaloud.sources.readers.shared.table_rows import (
    has_spans,
    is_data,
    is_head,
    join_cells,
    name_cells,
)
from readaloud.sources.readers.shared.tags import INLINE, KINDS, READINGS, UNSEEN, UNSEEN_CLASSES

_DISPLAY_NONE = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    "|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9]);?"
    "|&#[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]);?"
)
"""What the parser lets pass, and no element may be given again."""
_BREAKS = frozenset("\x0b\x0c\x1c\x1d\x1e")
_PAGE_END = re.compile(r"</(?:body|html)\s{0,9}>", re.IGNORECASE)
_PICTURE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|bmp|svg)(?:[?#!@_].*)?$|^(?:#|javascript:)", re.IGNORECASE
)
"""Where the link around a picture leads to the picture itself, or to no other page."""
_MAX_LINE = 65_535
"""libxml2 counts the lines of elements no further."""


@dataclass(slots=True)
class _Open:
    """What an open element means for the text in it."""

    element: etree._Element
    kind: BlockKind
    level: int = 0
    hidden: bool = False
    strong: bool = False
    link: bool = False
    tables: bool = False
    in_row: bool = False
    picture: int = 0
    """Of a figure, and of what is in it, the number of its picture."""
    language: str = ""
    """Where it is not the page's own."""


@dataclass(slots=True)
class _Buffer:
    """Text since the last block ended."""

    pieces: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    heads: Sequence[str] = ()
    """Of the row's table, one a cell."""
    alts: list[Block] = field(default_factory=list)
    leading: list[Block] = field(default_factory=list)
    """Those of them that lead to another page, no larger picture."""
    unseen: list[str] = field(default_factory=list)
    ruby: list[tuple[str, str]] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    """Each piece of the text with its language."""
    line: int = 0
    chars: int = 0
    linked: int = 0
    bold: int = 0


def parse(text: str, name: str) -> etree._Element | None:
    """Parse a page or a fragment; None where it holds no element at all.

    Raises:
        UnreadableSourceError: nested deeper than the parser follows; it would lose the rest.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    # libxml2 drops what stands behind the page's end; browsers show it.
    page = _NO_XML.sub(_fit, _PAGE_END.sub("", text))
    root = etree.fromstring(page.encode(), parser) if page.strip() else None
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise UnreadableSourceError(
            msg(
                "{name} can't be parsed as HTML: {message}.",
                name=name,
                message=parser.error_log[-1].message,
            ),
            msg("Save only the article, as HTML or plain text."),
        )
    return root


def _fit(match: re.Match[str]) -> str:
    """A space for the end of a line or page; for others the sign of a lost character."""
    return " " if match[0] in _BREAKS else "\ufffd"


def walk(root: etree._Element, *, marked_lines: bool = False) -> list[Passage]:
    """Cut the visible text of a tree into passages, in document order.

    A passage is the text between two borders of block elements or line breaks, a row of a data
    table, a line of preformatted text, or an image's description. Readings above characters
    (ruby) go to ``Block.ruby``.

    Args:
        root: the tree.
        marked_lines: take lines from ``data-line`` attributes, not from the parser.
    """
    return list(join_addresses(join_terms(_Walker(marked_lines).run(root))))


class _Walker:
    def __init__(self, marked_lines: bool) -> None:
        self._marked = marked_lines
        self._line = 1
        self._stack: list[_Open] = []
        self._buffer = _Buffer()
        self._numbers = ListNumbers()
        self._labels: dict[etree._Element, str] = {}
        """Of items that have begun and have no text yet."""
        self._heads: dict[etree._Element, list[str]] = {}
        """What stands over the columns of each table."""
        self._pictures = 0

    def run(self, root: etree._Element) -> Iterator[Passage]:
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in events:
            element = cast("etree._Element", node)
            if event == "start":
                if tag_of(element) in UNSEEN or self._annotates(element):
                    events.skip_subtree()
                yield from self._enter(element)
            elif event == "end":
                yield from self._leave(element)
            else:
                self._see_line(element)
                self._line += (element.text or "").count("\n")
            if event != "start" and element is not root:
                self._add(element.tail)
        yield from self._flush()

    def _enter(self, element: etree._Element) -> Iterator[Passage]:
        tag = tag_of(element)
        self._see_line(element)
        if tag in UNSEEN:
            self._line += (element.text or "").count("\n")
        elif self._annotates(element):
            base = repair(self._buffer.pieces[-1])
            self._buffer.ruby.append((base, repair("".join(element.itertext()))))
        elif tag == "br":
            yield from self._break()
        elif tag == "img":
            self._describe(element)
        else:
            if tag not in INLINE:
                yield from self._flush()
            self._stack.append(self._context(element, tag))
            if tag == "li" and not self._stack[-1].hidden:
                self._labels[element] = self._numbers.label(element)
            self._add(element.text)

    def _leave(self, element: etree._Element) -> Iterator[Passage]:
        if not self._stack or self._stack[-1].element is not element:
            return
        tag = tag_of(element)
        if tag in {"td", "th"} and self._stack[-1].in_row:
            self._buffer.cells.append(_collapse("".join(self._buffer.pieces)))
            self._buffer.pieces.clear()
        elif tag not in INLINE:
            if tag == "tr" and self._stack[-1].in_row:
                self._head(element)
            yield from self._flush(row_ends=tag == "tr")
        self._labels.pop(element, None)
        self._stack.pop()

    def _head(self, row: etree._Element) -> None:
        """Give a row what stands over its columns, or keep it for the rows below."""
        table = next(row.iterancestors("table"), None)
        if table is None:
            return
        if is_head(row):
            self._heads[table] = [repair(cell) for cell in self._buffer.cells]
        elif not has_spans(row):
            self._buffer.heads = self._heads.get(table, ())

    def _context(self, element: etree._Element, tag: str) -> _Open:
        """What the element adds to what its parents mean."""
        parent = self._stack[-1] if self._stack else _Open(element, "paragraph")
        style = element.get("style", "")
        kind, level = parent.kind, parent.level
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            kind, level = "heading", int(tag[1])
        elif tag in KINDS:
            kind, level = KINDS[tag], 0
        elif tag == "td" and not parent.in_row:
            kind, level = "paragraph", 0
        tables = is_data(element) if tag == "table" else parent.tables
        return _Open(
            element,
            kind,
            level,
            hidden=parent.hidden or _is_hidden(element, tag, style),
            strong=parent.strong or tag in {"b", "strong"} or bool(_BOLD.search(style)),
            link=parent.link or tag == "a",
            tables=tables,
            in_row=parent.in_row or (tag == "tr" and tables),
            picture=self._figure(element) if tag == "figure" else parent.picture,
            language=language_of(element, tag, parent.language),
        )

    def _figure(self, element: etree._Element) -> int:
        """The number of a figure's picture, 0 where it shows something else."""
        shows = next(element.iterdescendants("img"), None) is not None
        self._pictures += shows
        return self._pictures if shows else 0

    def _see_line(self, element: etree._Element) -> None:
        marked = element.get("data-line") if self._marked and tag_of(element) else None
        if marked and marked.isdigit():
            self._line = int(marked)
        elif not self._marked and element.sourceline and element.sourceline < _MAX_LINE:
            self._line = element.sourceline

    def _add(self, text: str | None) -> None:
        if not text:
            return
        buffer, top = self._buffer, self._stack[-1] if self._stack else None
        if top and top.hidden:
            buffer.unseen.append(text)
            self._line += text.count("\n")
            return
        visible = text.lstrip()
        # A renderer lays out its tags with line ends that the source does not have.
        if visible and not buffer.line:
            buffer.line = self._line + text[: len(text) - len(visible)].count("\n")
            if top and top.kind == "code":
                buffer.line = self._line
        count = len(_SPACES.sub("", visible))
        buffer.chars += count
        if top is not None:
            buffer.linked += count * top.link
            buffer.bold += count * top.strong
        buffer.pieces.append(text)
        buffer.languages.append((text, top.language if top else ""))
        if visible or not self._marked:
            self._line += text.count("\n")

    def _annotates(self, element: etree._Element) -> bool:
        """Whether an element reads the characters before it; without any it is plain text."""
        base = "".join(self._buffer.pieces[-1:])
        top = self._stack[-1] if self._stack else None
        prose = top is not None and not top.hidden and top.kind != "code"
        return tag_of(element) in READINGS and prose and bool(repair(base))

    def _describe(self, image: etree._Element) -> None:
        alt = "" if self._stack and self._stack[-1].hidden else repair(image.get("alt", ""))
        if not any(char.isalnum() for char in alt):
            return
        figure = self._stack[-1].picture if self._stack else 0
        self._pictures += not figure
        number = figure or self._pictures
        block = Block(alt, 0, "caption", picture=number, described=True)
        self._buffer.alts.append(block)
        if self._leads():
            self._buffer.leading.append(block)

    def _leads(self) -> bool:
        """Whether what stands here is a link to a page."""
        links = (each.element for each in reversed(self._stack) if tag_of(each.element) == "a")
        address = next((link.get("href", "") for link in links), "")
        return bool(address) and not _PICTURE.search(address[-300:])

    def _break(self) -> Iterator[Passage]:
        top = self._stack[-1] if self._stack else None
        if top and (top.in_row or top.kind in {"heading", "code"}):
            self._buffer.pieces.append("\n" if top.kind == "code" else " ")
        else:
            yield from self._flush()

    def _flush(self, *, row_ends: bool = False) -> Iterator[Passage]:
        top = self._stack[-1] if self._stack else None
        if top and top.in_row and not row_ends:
            self._buffer.pieces.append(" ")
            return
        buffer, self._buffer = self._buffer, _Buffer()
        if top is None:
            return
        share = buffer.linked / max(buffer.chars, 1)
        for block in _blocks(buffer, top, self._line):
            yield Passage(self._labelled(block), top.element, False, share)
        for alt in buffer.alts:
            block = self._labelled(replace(alt, line=self._line))
            yield Passage(block, top.element, False, float(alt in buffer.leading))
        if unseen := repair("".join(buffer.unseen)):
            yield Passage(Block(unseen, self._line), top.element, True, share)

    def _labelled(self, block: Block) -> Block:
        """The block with the numbers of the items that begin with it."""
        labels = [label for label in self._labels.values() if label]
        self._labels.clear()
        return replace(block, label="，".join(labels)) if labels else block


def _blocks(buffer: _Buffer, context: _Open, line: int) -> Iterator[Block]:
    """The visible text that was gathered: one block, or one a line of code."""
    text = "".join(buffer.pieces)
    if context.kind == "code" and not context.in_row:
        first = (buffer.line or line) - 1
        rows = split_lines(text)
        prose = is_prose([row.text for row in rows])
        for row in unwrap(rows) if prose else rows:
            yield Block(row.text, first + row.number, "code")
    elif joined := repair(
        join_cells(name_cells(buffer.heads, buffer.cells), _collapse(text))
        if context.in_row
        else _collapse(text)
    ):
        yield Block(
            joined,
            buffer.line or line,
            "row" if context.in_row else context.kind,
            0 if context.in_row else context.level,
            strong=0 < buffer.chars == buffer.bold,
            ruby=tuple(buffer.ruby),
            languages=merge(buffer.languages),
            picture=context.picture if context.kind == "caption" else 0,
        )


def _collapse(text: str) -> str:
    """White space as a browser shows it; a line end between Chinese characters is none."""

    def space(match: re.Match[str]) -> str:
        start, end = match.span()
        wrapped = "\n" in match[0] and not set(match[0]) - set(" \t\r\n\f")
        inside = start > 0 and end < len(text)
        if not (wrapped and inside):
            return " "
        together = _wide(text[start - 1]) and _wide(text[end])
        return (
            ""
            if together or wraps(text[max(start - 400, 0) : start], text[end : end + 400])
            else " "
        )

    return _SPACES.sub(space, text)


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _is_hidden(element: etree._Element, tag: str, style: str) -> bool:
    """Whether a browser shows nothing of an element, as far as its own attributes say."""
    return (
        "hidden" in element.attrib
        or bool(_DISPLAY_NONE.search(style))
        or (tag == "dialog" and "open" not in element.attrib)
        or not UNSEEN_CLASSES.isdisjoint(element.get("class", "").split())
    )
