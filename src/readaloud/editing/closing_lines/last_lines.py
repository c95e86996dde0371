"""The last lines of a text, where each could be the page's and all together surely are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines.edges import HEADER_LINE
from readaloud.editing.closing_lines.one_line import BESIDE, SURE, as_finding, may_close, weigh
from readaloud.editing.findings import Finding
from readaloud.editing.heading_numbers import read_number
from readaloud.editing.line_shape import has_full_stop, has_words
from readaloud.model import Block

MIN_RUN, RUN, DOUBTFUL, LISTED = 2, 1.5, -0.5, -4.0
"""Lines of such a run, their odds on average, and the least of any, and of one in a list."""
PAIR = 2.2
"""Odds on average of two lines: one of them may be a writer's last sentence, with a name below."""
NOTED = -1.5
"""Odds on average of a numbered list below the header of a notice."""
TAIL = 24


def find_run(
    blocks: Sequence[Block], found: Mapping[int, Finding], told: int
) -> dict[int, Finding]:
    """The last lines below ``told``, where each could be the page's and all together surely are.

    Of numbered ones below a header any may be, as one of them may speak as an article does.
    """
    odds = _weigh_run(blocks, found, told, LISTED)
    if min(odds.values(), default=0.0) < DOUBTFUL and not _is_headed(blocks, min(odds), found):
        odds = _weigh_run(blocks, found, told, 0.0)
    listed = bool(odds) and _is_notice(blocks, min(odds), found)
    least = NOTED if listed else PAIR if len(odds) == MIN_RUN else RUN
    if len(odds) < MIN_RUN or sum(odds.values()) < least * len(odds):
        return {}
    return dict.fromkeys(odds, as_finding(max(min(odds.values()), 0.0)))


def _is_notice(blocks: Sequence[Block], first: int, found: Mapping[int, Finding]) -> bool:
    """Whether a numbered list follows a header that a rule knows as a notice's: 【特别声明】."""
    header = found.get(first - 1)
    numbered = all(read_number(fold(block.text[:20])) for block in blocks[first:])
    return header is not None and header.rule == "notice" and numbered


def _is_headed(blocks: Sequence[Block], first: int, found: Mapping[int, Finding]) -> bool:
    """Whether a run begins with a header, or below one that is gone already."""
    above = blocks[first - 1].text if first - 1 in found else ""
    return any(HEADER_LINE.search(text) for text in (blocks[first].text, above))


def _weigh_run(
    blocks: Sequence[Block], found: Mapping[int, Finding], told: int, listed: float
) -> dict[int, float]:
    """The odds of the last lines, up to one that can't be the page's; ``listed`` for numbered ones."""
    odds: dict[int, float] = {}
    for n in range(len(blocks) - 1, max(len(blocks) - TAIL, told), -1):
        text = blocks[n].text
        if n in found or not has_words(text):
            continue
        one = min(weigh(text), SURE) if may_close(blocks[n]) else -math.inf
        least = 0.0 if has_full_stop(text) else DOUBTFUL
        if one < (min(least, listed) if read_number(fold(text[:20])) else least):
            break
        odds[n] = one
    while odds and odds[min(odds)] < BESIDE and not _is_notice(blocks, min(odds), found):
        del odds[min(odds)]
    return odds
