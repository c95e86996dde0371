"""Lines above and below an article that no rule knows as a whole: their words give them away.

Each piece of such a line weighs: 转载 and 扫码 speak for the page, 他 and 说 for the article. Only
lines at the two edges of an article are weighed, from the outside in, up to its first or last
paragraph. The weights are made by ``tests/benchmarks/closing_lines.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from readaloud.editing.closing_lines.signs import measure
from readaloud.editing.closing_lines.weights import log_odds
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import ends_sentence, has_words, is_quoted, size
from readaloud.errors import msg
from readaloud.model import Block

ALONE = 1.0
"""Log-odds from which a line at the very edge is the page's: a lost line is worse than a spoken one."""
BESIDE = 0.0
"""For a line right beside one that is taken out."""
ABOVE = 2.0
"""At the head, where a title stands that may speak of anything."""
INSIDE = 2.5
"""For a sentence at the end of a paragraph."""
SURE = 3.0
MOST_CHARS = 160
PROSE_CHARS = 25
SPARED = 2
"""Lines that are passed over before the edge ends: a name, a date."""
HEAD = 8
TAIL = 24
LINK_CHARS = 8
"""Shorter lines above the text are a menu's, which is judged as a whole."""
_KINDS = frozenset({"paragraph", "item", "caption", "quote"})
_RULE = "closing line"
_REASON = msg("words of the page or the account around the article")


def weigh(text: str) -> float:
    """The log-odds that a line is said by the page or the account, not by the article."""
    return log_odds(measure(text))


def find_closing(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Lines at the edges that are the page's own, by index; ``found`` is what is known already."""
    count = len(blocks)
    tail = _find_edge(range(count - 1, max(count - TAIL, -1), -1), blocks, found, ALONE)
    return {**_find_head(blocks, found), **tail}


def _find_head(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """The page's lines above the text; the one that stands alone there may be the title."""
    above = takewhile(lambda n: not _is_prose(blocks[n]), range(min(HEAD, len(blocks))))
    lines = [n for n in above if n not in found and size(blocks[n].text) >= LINK_CHARS]
    taken = _find_edge(lines, blocks, found, ABOVE)
    least = min(lines, key=lambda n: weigh(blocks[n].text), default=None)
    if least in taken and len(taken) == len(lines) and weigh(blocks[least].text) < SURE:
        del taken[least]
    return taken


def as_finding(odds: float) -> Finding:
    """Why a line of these odds is taken out, with a doubt where it is not sure."""
    doubt = round(1 / (1 + math.exp(odds)), 2) if odds < SURE else 0.0
    return Finding(_RULE, _REASON, doubt=doubt)


def _find_edge(
    inwards: Iterable[int], blocks: Sequence[Block], found: Mapping[int, Finding], least: float
) -> dict[int, Finding]:
    taken: dict[int, Finding] = {}
    spared = 0
    for index in inwards:
        block = blocks[index]
        if index in found or not has_words(block.text):
            continue
        near = any(n in found or n in taken for n in (index - 1, index + 1))
        odds = weigh(block.text) if _may_close(block) else -math.inf
        if odds >= (BESIDE if near else least):
            taken[index] = as_finding(odds)
            continue
        spared += 1
        if spared > SPARED or _is_prose(block):
            break
    return taken


def _is_prose(block: Block) -> bool:
    return ends_sentence(block.text) and size(block.text) >= PROSE_CHARS


def _may_close(block: Block) -> bool:
    short = len(block.text) <= MOST_CHARS
    return block.kind in _KINDS and short and not is_quoted(block.text)
