"""Captions: WebVTT (W3C) and SubRip, the same cues in both.

An utterance that fills more than two lines gives several cues. Where the engine says when its words
sound, a cue begins with its first word; else its time follows from its share of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from readaloud.formats.shared.caption_lines import break_lines
from readaloud.model import Cue

_MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class Caption:
    """What is shown at once: one or two lines, from ``start_ms`` to ``end_ms``."""

    id: str
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def make_captions(cues: Sequence[Cue]) -> Iterator[Caption]:
    """Captions in rising order, none over another; their ids are the utterances', then id-2."""
    for cue in cues:
        text = one_line(cue.text)
        lines = break_lines(text)
        groups = [lines[i : i + _MOST_LINES] for i in range(0, len(lines), _MOST_LINES)]
        times_ms = _split_times(cue, text, [group[0][0] for group in groups[1:]])
        for number, (group, (start_ms, end_ms)) in enumerate(
            zip(groups, pairwise(times_ms), strict=True), 1
        ):
            shown = tuple(text[start:end].strip() for start, end in group)
            name = cue.utterance_id if number == 1 else f"{cue.utterance_id}-{number}"
            yield Caption(name, start_ms, end_ms, shown)


def _split_times(cue: Cue, text: str, splits: Sequence[int]) -> list[int]:
    """When the cue begins, when each position of ``splits`` is reached, and when it ends."""
    when = _clock(cue, text)
    times_ms = [cue.start_ms]
    for position in splits:
        times_ms.append(max(times_ms[-1] + 1, when(position)))
    return [*times_ms, cue.end_ms]


def _clock(cue: Cue, text: str) -> Callable[[int], int]:
    """Position in the text -> milliseconds: known where a word begins, between by proportion.

    Marks and spaces take no time of their own.
    """
    sounding = [0]
    for character in text:
        sounding.append(sounding[-1] + character.isalnum())
    anchors = [(0, cue.start_ms)]
    for position, start_ms in _word_starts(cue, text):
        if sounding[position] > anchors[-1][0] and anchors[-1][1] < start_ms < cue.end_ms:
            anchors.append((sounding[position], start_ms))
    anchors.append((max(sounding[-1], anchors[-1][0] + 1), cue.end_ms))

    def when(position: int) -> int:
        place = sounding[position]
        for (low, from_ms), (high, to_ms) in pairwise(anchors):
            if place < high:
                return from_ms + (to_ms - from_ms) * (place - low) // (high - low)
        return cue.end_ms

    return when


def _word_starts(cue: Cue, text: str) -> Iterator[tuple[int, int]]:
    """Position in the text and start in milliseconds of each word that stands in it."""
    reached = 0
    for word in cue.words:
        position = text.find(word.text, reached)
        if position >= 0:
            yield position, word.start_ms
            reached = position + len(word.text)


def times_of(caption: Caption, point: str) -> str:
    """Its times as captions have them; ``point`` parts seconds from milliseconds."""
    return f"{_time(caption.start_ms, point)} --> {_time(caption.end_ms, point)}"


def _time(time_ms: int, point: str) -> str:
    seconds, ms = divmod(time_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{ms:03}"


def one_line(text: str) -> str:
    """Line breaks as spaces."""
    return " ".join(text.split())
