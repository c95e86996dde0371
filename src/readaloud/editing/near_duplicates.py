"""Near-duplicates: a title or caption shown again with small changes.

Only lines without a stop that stand alone between paragraphs of prose are compared, never
ordinary sentences, and never two that differ in a number.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence

from readaloud.chinese.fold import fold
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import ends_open, find_speakers, is_spoken, size
from readaloud.editing.titles import Title
from readaloud.errors import msg
from readaloud.model import Block

MIN_CHARS = 10
MAX_CHARS = 60
ALIKE = 88.0
"""Of 100: one character in ten changed, or a mark in five."""
WINDOW = 40
"""A line is compared with this many candidates before it, so that the work stays linear."""
_NUMBERS = re.compile(r"[\d零〇一二三四五六七八九十百千上下左右前后]")
_MARKS = re.compile(r"[\W_]")


def find_alike(
    blocks: Sequence[Block],
    title: Title | None,
    neighbours: Sequence[tuple[bool, bool]],
    found: Mapping[int, Finding],
) -> dict[int, Finding]:
    """The near-duplicates by index, with their likeness in per cent."""
    speakers = find_speakers(blocks)
    shown = title.find(blocks) if title is not None else None
    before: deque[tuple[int, str, list[str]]] = deque(maxlen=WINDOW)
    alike: dict[int, Finding] = {}
    for index, block in enumerate(blocks):
        first = index == shown
        if index in found or not (first or _is_candidate(block, neighbours[index], speakers)):
            continue
        key = _MARKS.sub("", block.text)
        numbers = _NUMBERS.findall(fold(key))
        scored = [
            (likeness(key, other), n)
            for n, other, counted in before
            if key != other and numbers == counted
        ]
        score, like = max(scored, default=(0.0, -1))
        if score >= ALIKE and not first:
            name = "title repeat" if like == shown else "repeat"
            reason = msg("nearly repeats line {line}", line=blocks[like].line)
            alike[index] = Finding(name, reason, score)
        else:
            before.append((index, key, numbers))
    return alike


def _is_candidate(block: Block, neighbours: tuple[bool, bool], speakers: frozenset[str]) -> bool:
    if block.kind not in {"paragraph", "caption"} or not all(neighbours):
        return False
    short = MIN_CHARS <= size(block.text) <= MAX_CHARS
    return short and ends_open(block.text) and not is_spoken(block.text, speakers)


def likeness(one: str, other: str) -> float:
    """Of 100: twice the length of their longest common subsequence, of both lengths together."""
    both = len(one) + len(other)
    return 200 * _count_common(one, other) / both if both else 100.0


def _count_common(one: str, other: str) -> int:
    """The length of the longest common subsequence; a row of the usual table is bits of a number.

    H. Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): a 0 is a step of the row.
    """
    places: dict[str, int] = {}
    for place, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << place
    every = row = (1 << len(one)) - 1
    for character in other:
        found = row & places.get(character, 0)
        row = ((row + found) | (row - found)) & every
    return len(one) - row.bit_count()
