"""From the pieces of a PDF's pages to lines in reading order, furniture apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from readaloud.errors import msg
from readaloud.sources.readers.pdf.pages import Page, Piece

RUNNING = msg("repeated on most pages")
PAGE_NUMBER = msg("page number")
PAGE_HEAD = msg("small print at the head of the page")

_MIN_ROWS = 4
"""Fewer rows on both sides of a gap are a table or chance."""
_MAX_STARTS = 40
"""Places tried for a gap between columns, the commonest first."""
_MAX_GAPS = 2
"""Gaps looked for inside of a side."""
_COLUMN_FILL = 0.6
"""Lines of a column fill it; cells of a table seldom do."""
_EDGE = 0.12
"""Share of the page's height, above and below, where running heads and numbers stand."""
_SMALL = 0.85
_LARGE = 1.15
_DAY = re.compile(r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]")
_PAGE_NUMBER = re.compile(
    r"[-–—·~\\[（(]{0,2}\s?(?:第|Page|page|P\.?)?\s?(\d{1,4}|[ivxlIVXL]{1,7})\s?页?頁?"
    r"(?:\s?[/／|,，of共]{1,3}\s?\d{1,4}\s?[页頁]?)?\s?[-–—·~\]）)]{0,2}"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A running head or a page number; ``head`` where it stands above the text."""

    page: int
    text: str
    reason: str
    head: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in its column; ``left`` and ``right`` are the column's edges in points."""

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    left: float
    right: float
    cells: tuple[str, ...] = ()
    """Texts of a row of several cells."""
    marks: str = ""


def split_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[Furniture]]:
    """Pages without running heads and page numbers, and these, with the reason."""
    size = _body_size(pages)
    common = _repeated(pages, size)
    kept: list[Page] = []
    gone: list[Furniture] = []
    for page in pages:
        rest = []
        small = _above_title(page, size)
        for piece in page.pieces:
            reason = PAGE_HEAD if piece in small else ""
            if _in_margin(piece, page):
                if _PAGE_NUMBER.fullmatch(piece.text) and _at_edge(piece, page):
                    reason = PAGE_NUMBER
                elif _place(piece) in common:
                    reason = RUNNING
            if reason:
                head = piece.y * 2 > page.height
                gone.append(Furniture(page.number, piece.text, reason, head))
            else:
                rest.append(piece)
        kept.append(Page(page.number, page.height, tuple(rest), page.turned, page.pictures))
    return kept, gone


def _body_size(pages: Sequence[Page]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _above_title(page: Page, size: float) -> list[Piece]:
    """The name of a paper or a series in small print, alone at the edge above a large title.

    A day is left to be read.
    """
    ys = sorted({round(piece.y) for piece in page.pieces}, reverse=True)
    top = [piece for piece in page.pieces if ys and abs(piece.y - ys[0]) < 2]
    below = [piece for piece in page.pieces if len(ys) > 1 and abs(piece.y - ys[1]) < 2]
    if not top or not below or not all(_in_margin(piece, page) for piece in top):
        return []
    small = all(
        piece.size <= _SMALL * size
        and piece.y - below[0].y > 2 * piece.size
        and not _DAY.search(piece.text)
        for piece in top
    )
    return top if small and min(piece.size for piece in below) >= _LARGE * size else []


def _repeated(pages: Sequence[Page], size: float) -> frozenset[tuple[str, int]]:
    """Texts in the margins at one place of most pages, or of every other page.

    Of two pages both have to show it, at their edge and in small print.
    """
    counts: Counter[tuple[str, int]] = Counter()
    small: Counter[tuple[str, int]] = Counter()
    for page in pages:
        margin = [piece for piece in page.pieces if _in_margin(piece, page)]
        counts.update({_place(piece) for piece in margin})
        fine = (p for p in margin if p.size <= _SMALL * size and _at_edge(p, page))
        small.update({_place(piece) for piece in fine})
    least = max(3, round(len(pages) * 0.4))
    often = {place for place, count in counts.items() if count >= least}
    both = {place for place, count in small.items() if count == len(pages) == 2}
    return frozenset(often | both)


def _in_margin(piece: Piece, page: Page) -> bool:
    return not _EDGE < piece.y / max(page.height, 1.0) < 1 - _EDGE


def _at_edge(piece: Piece, page: Page) -> bool:
    """Whether nothing but the margin is above, or below, a piece."""
    ys = [other.y for other in page.pieces]
    return (
        piece.y - min(ys) < piece.size / 2
        or max(ys) - piece.y < piece.size / 2
        or (all(_in_margin(other, page) for other in page.pieces if other.y < piece.y))
    )


def _place(piece: Piece) -> tuple[str, int]:
    """The text and where it stands: the height, in steps of 4 points."""
    return piece.text.replace(" ", ""), round(piece.y / 4)


def order_lines(page: Page) -> list[TextLine]:
    """The lines of a page in reading order: columns from left to right between full lines."""
    return list(_order(page.number, list(page.pieces)))


def _order(number: int, pieces: list[Piece]) -> Iterator[TextLine]:
    gutter = _find_gutter(pieces)
    if gutter is None:
        yield from _lines(number, pieces)
        return
    band: list[Piece] = []
    for crosses, group in groupby(pieces, key=lambda p: p.x0 < gutter < p.x1):
        if crosses:
            yield from _sides(number, band, gutter)
            band = []
            yield from _lines(number, list(group))
        else:
            band += group
    yield from _sides(number, band, gutter)


def _sides(number: int, band: Sequence[Piece], gutter: float) -> Iterator[TextLine]:
    for side in ([p for p in band if p.x1 <= gutter], [p for p in band if p.x1 > gutter]):
        if side:
            yield from _order(number, side)


def _find_gutter(pieces: Sequence[Piece], depth: int = 0) -> float | None:
    """The x that many full lines end before and others begin after; None for one column.

    ``depth`` is how many gaps have been found around the pieces: a side may be columns itself.
    """
    starts = Counter(round(piece.x0) for piece in pieces)
    best, most = None, 0
    for start, count in starts.most_common(_MAX_STARTS >> 2 * depth):
        if count < 2:
            continue
        edge = start - 1.0
        left = [p for p in pieces if p.x1 <= edge + 1]
        right = [p for p in pieces if p.x0 >= edge]
        crossing = len(pieces) - len(left) - len(right)
        if min(len(left), len(right)) < _MIN_ROWS or crossing * 3 > len(pieces):
            continue
        if min(len(left), len(right)) <= most:
            continue
        if _fills(left, depth) and _fills(right, depth):
            best, most = edge, min(len(left), len(right))
    return best


def _fills(side: Sequence[Piece], depth: int) -> bool:
    """Whether most lines of a side are as wide as it, or its columns, and of many characters."""
    width = max(p.x1 for p in side) - min(p.x0 for p in side)
    typical = median(p.x1 - p.x0 for p in side)
    if median(len(p.text) for p in side) < 8:
        return False
    full = typical >= _COLUMN_FILL * width
    return full or (depth < _MAX_GAPS and _find_gutter(side, depth + 1) is not None)


def _lines(number: int, pieces: Sequence[Piece]) -> Iterator[TextLine]:
    """Pieces of one column as lines; those side by side are the cells of a row."""
    if not pieces:
        return
    starts = Counter(round(piece.x0) for piece in pieces)
    least = max(2, max(starts.values()) // 3)
    left = min((x for x, count in starts.items() if count >= least), default=min(starts))
    right = _right_edge(pieces)
    for row in _rows(pieces):
        first = row[0]
        yield TextLine(
            " ".join(piece.text for piece in row),
            number,
            first.x0,
            row[-1].x1,
            first.y,
            max(piece.size for piece in row),
            all(piece.bold for piece in row),
            left,
            right,
            tuple(piece.text for piece in row) if len(row) > 1 else (),
            "".join(piece.marks for piece in row),
        )


def _right_edge(pieces: Sequence[Piece]) -> float:
    """The edge that the lines of a column reach: a title, or one line alone, may pass it."""
    sizes = Counter[float]()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text)
    size = sizes.most_common(1)[0][0]
    ends = sorted((p.x1 for p in pieces if abs(p.size - size) < 0.2), reverse=True)
    reached = (end for end, other in pairwise(ends) if end - other <= size)
    return next(reached, ends[0])


def _rows(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for piece in pieces:
        if row and row[0].y - piece.y > 0.45 * max(row[0].size, piece.size):
            yield sorted(row, key=lambda p: p.x0)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda p: p.x0)
