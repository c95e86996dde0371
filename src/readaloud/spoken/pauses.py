"""How long a voice is silent after an utterance: by its mark, its paragraph, its chapter.

The lengths are those of the voice profile (``model.Pacing``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from readaloud.model import Block, Pacing, Utterance

_GOING_ON = frozenset("，、；：,;:")
_LISTED = frozenset({"item", "row"})


def with_pauses(
    spoken: Iterator[tuple[Block, list[Utterance]]], pacing: Pacing
) -> Iterator[Utterance]:
    """Clause, sentence, item, paragraph, heading, chapter: the longest that applies."""
    block, utterances = next(spoken, (None, []))
    while block is not None:
        for utterance in utterances[:-1]:
            ended = utterance.text[-1:] not in _GOING_ON
            pause = pacing.sentence_ms if ended else pacing.clause_ms
            yield replace(utterance, pause_after_ms=pause)
        last = utterances[-1]
        following, utterances = next(spoken, (None, []))
        yield replace(last, pause_after_ms=_pause_between(block, following, pacing))
        block = following


def _pause_between(block: Block, following: Block | None, pacing: Pacing) -> int:
    if following is None:
        return pacing.chapter_ms
    if block.kind == "heading":
        return pacing.heading_ms
    listed = block.kind in _LISTED and following.kind == block.kind
    return pacing.item_ms if listed else pacing.paragraph_ms
