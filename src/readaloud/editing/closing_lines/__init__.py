"""Lines above and below an article that no rule knows as a whole: their words give them away.

Each piece of such a line weighs: 转载 and 扫码 speak for the page, 他 and 说 for the article. Lines at
the two edges of an article are weighed from the outside in, up to its first or last paragraph;
between its paragraphs only lines that don't end as a sentence does, and there more is asked of
them. The weights are made by ``tests/benchmarks/closing_lines.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readaloud.editing.closing_lines.between import find_between
from readaloud.editing.closing_lines.edges import find_edge, judge_edge
from readaloud.editing.closing_lines.last_lines import TAIL, find_run
from readaloud.editing.closing_lines.one_line import ALONE
from readaloud.editing.closing_lines.page_top import find_head
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import (
    ends_sentence,
    find_speakers,
    has_full_stop,
    has_words,
    is_spoken,
)
from readaloud.editing.rulebook import mark
from readaloud.model import Block

_GREETING = mark("greeting")
_FAREWELL = mark("farewell of a letter")
VERSE, VERSE_SHARE = 1.0, 5
"""More in a poem, and of how many of its lines one ends in a full stop at most."""


def find_closing(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Lines at the edges that are the page's own, by index; ``found`` is what is known already."""
    count, told = len(blocks), _told_above(blocks, found)
    inwards = range(count - 1, max(count - TAIL, told), -1)
    least = ALONE + (VERSE if _is_verse(blocks) else 0.0)
    edges = {**find_head(blocks, found), **find_edge(inwards, blocks, found, least)}
    if run := find_run(blocks, {**found, **edges}, told):
        edges |= run
        edges |= judge_edge(inwards, blocks, {**found, **edges}, least)
    taken = {**find_between(blocks, {**found, **edges}), **edges}
    speakers = find_speakers(blocks)
    taken = {n: why for n, why in taken.items() if not _is_answer(blocks[n].text, speakers)}
    if blocks and blocks[0].text in _GREETING:
        taken = {n: why for n, why in taken.items() if blocks[n].text not in _FAREWELL}
    own = (n for n, b in enumerate(blocks) if n not in found and n not in taken)
    return taken if any(has_words(blocks[n].text) for n in own) else {}


def _is_answer(text: str, speakers: frozenset[str]) -> bool:
    """Whether somebody says a sentence in the line who speaks elsewhere, too."""
    return ends_sentence(text) and is_spoken(text, speakers)


def _is_verse(blocks: Sequence[Block]) -> bool:
    """Whether most lines end openly: a poem's last one may speak of anything."""
    return sum(has_full_stop(block.text) for block in blocks) * VERSE_SHARE < len(blocks)


def _told_above(blocks: Sequence[Block], found: Mapping[int, Finding]) -> int:
    """Where the article's first sentence stands: what is there is never judged to be its tail."""
    told = (n for n, b in enumerate(blocks) if n not in found and has_full_stop(b.text))
    return next(told, -1)
