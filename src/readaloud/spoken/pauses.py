"""How long a voice is silent after an utterance: by its mark, its paragraph, its chapter.

The lengths are those of the voice profile (``model.Pacing``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from readaloud.model import Block, Pacing, Utterance
from readaloud.spoken.stops import CLOSERS, DOTS, STOPS

_OF_A_CLAUSE = {
    **dict.fromkeys("、､﹑", 0.7), **dict.fromkeys("，,﹐", 1.0), **dict.fromkeys("；：;:︰﹕﹔—", 1.5),
}  # fmt: skip
"""Marks behind which a sentence goes on, and their share of the pause of a clause."""
_LISTED = frozenset({"item", "row"})
_SIGNS = str.maketrans("⋯‥︙︰﹕﹔﹐﹑､﹖﹗｡‧〜⸺︱", "………：：；，、、？！。·～——")
_DRAWN = re.compile(r"(?<=[^\W_]|[，。！？；：、”’」』）》…])[─━┄┅]{1,2}(?=[^\W_]|[“‘「『（《…])")


def say_pauses(text: str) -> str:
    """Signs that stand for a pause, as the marks that voices know; of the same length.

    A dash drawn with lines of a table is one inside a sentence (他說──好), else an ornament.
    """
    return _DRAWN.sub(lambda drawn: "—" * len(drawn[0]), text.translate(_SIGNS))


def with_pauses(
    spoken: Iterator[tuple[Block, list[Utterance]]], pacing: Pacing
) -> Iterator[Utterance]:
    """Breath, clause, sentence, item, paragraph, heading, chapter: the longest that applies."""
    block, utterances = next(spoken, (None, []))
    while block is not None:
        for utterance, following in pairwise(utterances):
            pause = _pause_within(block, utterance, following, pacing)
            yield replace(utterance, pause_after_ms=pause)
        last = utterances[-1]
        behind, utterances = next(spoken, (None, []))
        yield replace(last, pause_after_ms=_pause_between(block, behind, pacing))
        block = behind


def _pause_within(block: Block, said: Utterance, following: Utterance, pacing: Pacing) -> int:
    """By the mark; a sentence without one ends with its line, else it was broken for breath."""
    mark = say_pauses(said.text).rstrip(CLOSERS + '"')[-1:]
    if mark in _OF_A_CLAUSE:
        return round(pacing.clause_ms * _OF_A_CLAUSE[mark])
    gap = block.text[said.offset + len(said.text) : following.offset]
    broken = not gap.strip(" \u3000") and mark not in STOPS and mark not in DOTS
    return pacing.breath_ms if broken else pacing.sentence_ms


def _pause_between(block: Block, following: Block | None, pacing: Pacing) -> int:
    if following is None:
        return pacing.chapter_ms
    if block.kind == "heading":
        return pacing.heading_ms
    listed = block.kind in _LISTED and following.kind == block.kind
    return pacing.item_ms if listed else pacing.paragraph_ms
