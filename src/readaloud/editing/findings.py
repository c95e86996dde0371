"""What one pass over an article finds, and the result of taking it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from readaloud.model import Block, Document, Removal


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a line is not spoken: the rule's name, its reason; ``score`` of a near-duplicate.

    ``doubt`` is how likely it is, from 0 to 1, that the line is the article's own after all.
    """

    rule: str
    reason: str
    score: float | None = None
    doubt: float = 0.0


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


def restore(
    document: Document, keeps: Callable[[Block], bool]
) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """The document's blocks, with those of the lines that its reader cut which ``keeps`` holds.

    Returns:
        The blocks in reading order, and what remains removed.
    """
    back: dict[int, list[Block]] = {}
    removed: list[Removal] = []
    for gone in document.removed:
        if gone.cut is not None and keeps(gone.cut):
            back.setdefault(gone.before, []).append(gone.cut)
        else:
            removed.append(gone)
    blocks: list[Block] = []
    for place, block in enumerate(document.blocks):
        blocks += [*back.pop(place, ()), block]
    for rest in back.values():
        blocks += rest
    return tuple(blocks), tuple(removed)


def record(block: Block, finding: Finding) -> Removal:
    """The entry of the report."""
    score, doubt = finding.score, finding.doubt
    return Removal(
        block.line, block.text, finding.reason, score, finding.rule, doubt=doubt,
        number=block.number,
    )  # fmt: skip
