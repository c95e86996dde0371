"""What one pass over an article finds, and the result of taking it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from readaloud.model import Block, Removal


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a line is not spoken: the rule's name, its reason; ``score`` of a near-duplicate."""

    rule: str
    reason: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    """Both in reading order; together they hold every block that came in."""

    kept: tuple[Block, ...]
    removed: tuple[Removal, ...]


def sweep(
    blocks: Sequence[Block],
    findings: Mapping[int, Finding],
    keeps: Callable[[Block], bool] = lambda _: False,
) -> Sweep:
    """Part the blocks: those whose index has a finding go, but for those that ``keeps`` holds."""
    gone = {index for index in findings if not keeps(blocks[index])}
    return Sweep(
        kept=tuple(block for index, block in enumerate(blocks) if index not in gone),
        removed=tuple(record(blocks[index], findings[index]) for index in sorted(gone)),
    )


def record(block: Block, finding: Finding) -> Removal:
    """The entry of the report."""
    return Removal(block.line, block.text, finding.reason, finding.score, finding.rule)
