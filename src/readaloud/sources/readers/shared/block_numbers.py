"""Numbers blocks and removals where a format has no lines: one running number for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readaloud.model import Block, Removal


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
