"""Whole lines that a reader leaves out: on record, with their places, for a user may keep them."""

from __future__ import annotations

from readaloud.model import Block, Removal


def cut(block: Block, reason: str, before: int = 0) -> Removal:
    """The record of a line that stands before the ``before``-th block of the document."""
    return Removal(block.line, with_readings(block), reason, cut=block, before=before)


def with_readings(block: Block) -> str:
    """What the page shows of a block, with the readings above its characters."""
    readings = " ".join(reading for _, reading in block.ruby)
    return f"{block.text} ({readings})" if readings else block.text
