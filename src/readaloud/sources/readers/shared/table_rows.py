"""Rows of tables in words: a pause between the cells, before each what stands over its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from readaloud.sources.readers.shared.repair import repair

if TYPE_CHECKING:  # a text file's reader needs no lxml
    from lxml import etree

MIN_NAMED = 3
"""Of two cells the first says what the second is."""
MAX_HEAD = 16
"""What is longer over a column is not said again in each row."""
_CELL_CHARS = 200
"""Longer cells are the columns of a page laid out with tables."""
_NUMBER = re.compile(
    r"\d|^[零一二两三四五六七八九十百千万半]{1,6}(?:[个只条斤元角块张件位米吨亩]|公里)"
)
_PAGE_PARTS = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "form")


def join_cells(cells: Sequence[str], rest: str = "") -> str:
    """Cells with a comma between them: a voice needs the pause."""
    texts = [text for cell in [*cells, rest] if (text := repair(cell))]
    if not texts:
        return ""
    return "".join(
        text if not after or text[-1] in "，。；：、！？,;:!?" else f"{text}，"
        for text, after in zip(texts, [*texts[1:], ""], strict=True)
    )


def name_cells(heads: Sequence[str], cells: Sequence[str]) -> Sequence[str]:
    """Each cell but the first behind what stands over its column, where that is clear."""
    if len(cells) < MIN_NAMED or len(heads) != len(cells) or list(heads) == list(cells):
        return cells
    named = (
        f"{head.rstrip('：:')}：{own}"
        if (own := repair(cell)) and 0 < len(head) <= MAX_HEAD
        else own
        for head, cell in zip(heads[1:], cells[1:], strict=True)
    )
    return [cells[0], *named]


def name_table(rows: Sequence[Sequence[str]], *, headed: bool = False) -> list[Sequence[str]]:
    """The rows of a table, each cell below the first row behind what stands over its column.

    The first row names the columns where the file says so (``headed``), or where it holds no
    number and every other row has some.
    """
    first, *below = rows or [()]
    numbers = below and not holds_number(first) and all(map(holds_number, below))
    if not (headed or numbers):
        return list(rows)
    return [first, *(name_cells(first, row) for row in below)]


def holds_number(cells: Sequence[str]) -> bool:
    """Whether a cell of a row counts something, in figures or in characters: 12, 四十斤."""
    return any(map(_NUMBER.search, cells))


def is_head(row: etree._Element) -> bool:
    """Whether a row of a page names the columns, each on its own."""
    cells = list(row.iterchildren("td", "th"))
    parent = row.getparent()
    above = parent is not None and parent.tag == "thead"
    return (above or all(cell.tag == "th" for cell in cells)) and not has_spans(row)


def has_spans(row: etree._Element) -> bool:
    """Whether a cell of a row reaches over several columns."""
    return any(cell.get("colspan", "1") != "1" for cell in row.iterchildren("td", "th"))


def is_data(table: etree._Element) -> bool:
    """Whether a table holds data: rows of several short cells, and nothing that makes a page."""
    if next(table.iterdescendants(*_PAGE_PARTS), None) is not None:
        return False
    several = False
    for row in table.iter("tr"):
        texts = ["".join(cell.itertext()).strip() for cell in row.iterchildren("td", "th")]
        if any(len(text) > _CELL_CHARS for text in texts):
            return False
        several = several or sum(map(bool, texts)) > 1
    return several
