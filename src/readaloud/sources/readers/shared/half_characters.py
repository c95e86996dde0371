"""Halves of a surrogate pair that stand alone: no text that can be written has them.

A PDF's table of characters and the JSON in a page can name them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from readaloud.model import Block, Document, Removal

_HALF = re.compile("[\ud800-\udfff]")
_LOST = "\ufffd"


def without_halves(document: Document) -> Document:
    """The document with the sign of a lost character for each of them."""
    return replace(
        document,
        blocks=tuple(map(_of_block, document.blocks)),
        removed=tuple(map(_of_removal, document.removed)),
        title=_of(document.title),
        byline=_of(document.byline),
        date=_of(document.date),
    )


def _of_block(block: Block) -> Block:
    return replace(block, text=_HALF.sub(_LOST, block.text)) if _HALF.search(block.text) else block


def _of_removal(removal: Removal) -> Removal:
    if _HALF.search(removal.text) is None:
        return removal
    return replace(removal, text=_HALF.sub(_LOST, removal.text))


def _of(text: str | None) -> str | None:
    return text and _HALF.sub(_LOST, text)
