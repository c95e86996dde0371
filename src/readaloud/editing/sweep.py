"""The result of one pass over an article: what stays, and what goes with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readaloud.models import Block, Removal


@dataclass(frozen=True, slots=True)
class Sweep:
    """Both in reading order; together they hold every block that came in."""

    kept: tuple[Block, ...]
    removed: tuple[Removal, ...]


def sweep(blocks: Sequence[Block], reasons: Mapping[int, str]) -> Sweep:
    """Part the blocks: those whose index has a reason go."""
    return Sweep(
        kept=tuple(block for index, block in enumerate(blocks) if index not in reasons),
        removed=tuple(
            Removal(block.line, block.text, reasons[index])
            for index, block in enumerate(blocks)
            if index in reasons
        ),
    )
