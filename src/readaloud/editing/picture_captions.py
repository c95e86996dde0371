"""Captions in plain text, known by their mark: without its picture a caption says nothing.

▲ in front of several lines in a row marks a list instead; a label or a price behind it, a fact. A longer sentence with a credit behind it is
the article's own: newspapers put the photographer's name there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from readaloud.editing.findings import Finding
from readaloud.editing.rulebook import mark
from readaloud.errors import msg
from readaloud.model import Block

MAX_CHARS = 110
ALIKE_CHARS = 70

_ARROW = re.compile(r"[▲△▼▽↑↓]\s?[^\s▲△▼▽↑↓].{0,109}")
_BRACKET = re.compile("[（(][^（）()]{2,20}[）)]。?$")
_MARKED = mark("caption")
_FACT = mark("fact behind an arrow")


def find_captions(blocks: Sequence[Block]) -> dict[int, Finding]:
    """The marked captions by index."""
    captions = {n for n in range(len(blocks)) if is_caption(blocks, n)}
    makers = {credit for n in captions if (credit := _read_credit(blocks[n].text))}
    captions |= {n for n, block in enumerate(blocks) if _bears(block, makers)}
    return dict.fromkeys(sorted(captions), Finding("caption", msg("picture caption")))


def _read_credit(text: str) -> str:
    """The bracket at a line's end."""
    match = _BRACKET.search(text)
    return match[0] if match else ""


def _bears(block: Block, makers: Collection[str]) -> bool:
    """Whether a line has the very credit that another picture's caption has."""
    short = block.kind == "paragraph" and len(block.text) <= ALIKE_CHARS
    return short and _read_credit(block.text) in makers


def is_caption(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is a caption, its credit with it."""
    block = blocks[index]
    if block.kind != "paragraph" or len(block.text) > MAX_CHARS:
        return False
    if block.text in _MARKED:
        return True
    if _ARROW.fullmatch(block.text) is None or block.text[1:].strip() in _FACT:
        return False
    return not _in_list(blocks, index)


def _in_list(blocks: Sequence[Block], index: int) -> bool:
    """Whether a neighbour bears such an arrow in front of another text."""
    text = blocks[index].text
    beside = blocks[max(index - 1, 0) : index + 2]
    return any(_ARROW.match(b.text) and b.text != text for b in beside)
