"""Counts what is visible, so that the readers' tests can prove that none of it is lost."""

from __future__ import annotations

import unicodedata

from readaloud.model import Document
from readaloud.sources.readers.shared.code_blocks import SIMPLIFIED, TRADITIONAL
from readaloud.sources.readers.shared.repair import repair

ANNOUNCEMENTS = (SIMPLIFIED, TRADITIONAL)
"""The only words that a reader adds."""


def visible(text: str) -> str:
    """The characters of a text that leave ink, radicals as the characters they show, composed."""
    mended = unicodedata.normalize("NFC", "".join(map(repair, text)))
    return "".join(char for char in mended if unicodedata.category(char)[0] != "C")


def in_document(document: Document) -> str:
    """All that a document keeps or removes, in the order of lines."""
    blocks = [block for block in document.blocks if block.text not in ANNOUNCEMENTS]
    pieces = [(block.line, block.text) for block in blocks]
    pieces += [(removal.line, removal.text) for removal in document.removed]
    return visible("".join(text for _, text in sorted(pieces, key=lambda piece: piece[0])))
