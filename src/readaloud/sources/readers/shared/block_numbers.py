"""Numbers blocks and removals where a format has no lines, or several blocks in one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from readaloud.model import Block, Document, Removal


def number(entries: Sequence[Block | Removal]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """Split entries in reading order into blocks and removals; ``line`` is the place, from 1."""
    blocks: list[Block] = []
    removed: list[Removal] = []
    for place, entry in enumerate(entries, 1):
        if isinstance(entry, Block):
            blocks.append(replace(entry, line=place))
        else:
            cut = entry.cut and replace(entry.cut, line=place)
            removed.append(replace(entry, line=place, cut=cut, before=len(blocks)))
    return tuple(blocks), tuple(removed)


def with_numbers(document: Document) -> Document:
    """The document with a running number, from 1, for each block and each removal."""
    lines = [block.line for block in document.blocks]
    places: list[list[Removal]] = [[] for _ in range(len(lines) + 1)]
    for gone in document.removed:
        known = gone.cut is not None or gone.before
        places[gone.before if known else bisect_right(lines, gone.line)].append(gone)
    blocks: list[Block] = []
    removed: list[Removal] = []
    for place, here in enumerate(places):
        for gone in here:
            count = len(blocks) + len(removed) + 1
            back = gone.cut and replace(gone.cut, number=count)
            removed.append(replace(gone, number=count, cut=back))
        if place < len(lines):
            count = len(blocks) + len(removed) + 1
            blocks.append(replace(document.blocks[place], number=count))
    return replace(document, blocks=tuple(blocks), removed=tuple(removed))
