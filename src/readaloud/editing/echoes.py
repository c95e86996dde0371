"""How much of a line the article's sentences say again: a title's words come back, a menu's don't."""

from __future__ import annotations

from collections.abc import Sequence

from readaloud.chinese.fold import fold
from readaloud.editing.line_shape import is_sentence
from readaloud.model import Block

SENTENCE_CHARS = 25
"""A line of this length that ends like a sentence is prose; those of menus and refrains are not."""
MOST_LINES = 120
"""Sentences that are looked at: what a title says, the first pages say."""


def letters(text: str) -> str:
    """Letters and characters alone, in one script and case: marks differ between two showings."""
    return "".join(filter(str.isalnum, fold(text))).casefold()


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence or more, not a line of a menu."""
    return is_sentence(block.text, SENTENCE_CHARS)


def gather_words(blocks: Sequence[Block]) -> frozenset[str]:
    """The pairs of neighbouring letters in the first sentences of the article."""
    prose = [block.text for block in blocks if is_prose(block)][:MOST_LINES]
    return frozenset(pair for text in prose for pair in _pairs(text[:2000]))


def echo(text: str, words: frozenset[str]) -> float:
    """The share (0 to 1) of a line's pairs that the sentences have too."""
    pairs = _pairs(text)
    return sum(pair in words for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> list[str]:
    plain = letters(text)
    return [plain[n : n + 2] for n in range(len(plain) - 1)]
