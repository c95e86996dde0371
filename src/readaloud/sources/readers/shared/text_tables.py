"""Finds the rows of tables in lines: cells parted by tabs, by bars, or by wide gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from readaloud.sources.readers.shared.hard_wraps import columns_of
from readaloud.sources.readers.shared.table_rows import holds_number, name_table

_BARRED = re.compile(r"\|(?:[^|\n]{0,200}\|){2,40}")
_RULE = re.compile(r"[|+:\s=─━┼├┤-]{3,400}")
_GAP = re.compile(r"\t+ *| *\t+|[ \u3000]{2,}|\u3000")
Cut = Callable[[str], tuple[str, ...]]
_MAX_CELL = 40
_MIN_ROWS, _MAX_WORD = 4, 10
_STOP = re.compile("[。！？]")


def find_rows(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The cells of each line that is a row, by its index; a table's rule has none.

    Args:
        lines: as they stand in the source, with their tabs, an empty one for each gap.
    """
    rows: dict[int, tuple[str, ...]] = {}
    for cut in (_barred, _tabbed, _spaced):
        rows |= {n: row for n, row in _runs(lines, cut) if n not in rows}
    return rows


def _runs(lines: Sequence[str], cut: Cut) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows side by side that have as many cells."""
    cells = [cut(line) for line in lines]
    for count, group in groupby(range(len(lines)), lambda n: len(cells[n])):
        run = list(group)
        body = [n for n in run if any(cells[n])]
        least = 3 if cut is _spaced or not holds_numbers([cells[n] for n in body]) else 2
        words = cut is _spaced and not holds_numbers([cells[n] for n in body])
        if words and not _in_columns(lines, body, cells):
            continue  # words in a row with gaps between them are a menu, or verse
        if count > 1 and len(body) >= least and _is_table(cells, body):
            yield from ((n, cells[n]) for n in run)


def _in_columns(
    lines: Sequence[str], body: Sequence[int], cells: Sequence[tuple[str, ...]]
) -> bool:
    """Whether words stand in columns, each below the other, and prose stands above the table."""
    if len(body) < _MIN_ROWS or any(len(cell) > _MAX_WORD for n in body for cell in cells[n]):
        return False
    places = {tuple(_columns(lines[n], cells[n])) for n in body}
    above = next((line for line in reversed(lines[: body[0]]) if line.strip()), "")
    return len(places) == 1 and above.rstrip().endswith(("。", "：", ":"))


def _columns(line: str, row: Sequence[str]) -> Iterator[int]:
    """The column of a terminal in which each cell begins."""
    place = 0
    for cell in row:
        place = line.index(cell, place)
        yield columns_of(line[:place])
        place += len(cell)


def holds_numbers(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether half of the rows or more have a number in a cell."""
    return 2 * sum(map(holds_number, rows)) >= len(rows)


def name_rows(rows: Mapping[int, tuple[str, ...]]) -> dict[int, Sequence[str]]:
    """The rows with what stands over each column before its cells.

    A first row without a number, over rows that all have some, names the columns.
    """
    named: dict[int, Sequence[str]] = dict(rows)
    for run in _tables(rows):
        shown = [n for n in run if any(rows[n])]
        named |= dict(zip(shown, name_table([rows[n] for n in shown]), strict=True))
    return named


def _tables(rows: Mapping[int, tuple[str, ...]]) -> list[list[int]]:
    """Runs of rows, line by line, of as many cells."""
    runs: list[list[int]] = []
    for n in sorted(rows):
        last = runs[-1][-1] if runs else None
        if last is not None and n == last + 1 and len(rows[n]) == len(rows[last]):
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _is_table(cells: Sequence[tuple[str, ...]], body: Sequence[int]) -> bool:
    """Whether what has gaps is short throughout, and holds no sentence in its first column."""
    every = [cell for n in body for cell in cells[n]]
    return all(len(cell) <= _MAX_CELL for cell in every) and not any(
        _STOP.search(cells[n][0]) for n in body
    )


def _barred(line: str) -> tuple[str, ...]:
    line = line.strip()
    if not _BARRED.fullmatch(line):
        return ()
    cells = tuple(cell.strip() for cell in line[1:-1].split("|"))
    return tuple("" for _ in cells) if _RULE.fullmatch(line) else cells


def _tabbed(line: str) -> tuple[str, ...]:
    cells = tuple(cell.strip() for cell in re.split(r"\t+", line.strip(" \u3000\n\r")))
    return cells if len(cells) > 1 and all(cells) else ()


def _spaced(line: str) -> tuple[str, ...]:
    cells = tuple(filter(None, _GAP.split(line.strip())))
    return cells if len(cells) > 2 else ()
