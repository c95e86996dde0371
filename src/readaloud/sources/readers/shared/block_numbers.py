"""Numbers blocks and removals where a format has no lines: one running number for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readaloud.model import Block, Removal


def number(entries: Sequence[Block | Removal]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """Split entries in reading order into blocks and removals; ``line`` is the place, from 1."""
    placed = [replace(entry, line=place) for place, entry in enumerate(entries, 1)]
    return (
        tuple(entry for entry in placed if isinstance(entry, Block)),
        tuple(entry for entry in placed if isinstance(entry, Removal)),
    )
