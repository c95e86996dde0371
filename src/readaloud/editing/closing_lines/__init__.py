"""Lines above and below an article that no rule knows as a whole: their words give them away.

Each piece of such a line weighs: 转载 and 扫码 speak for the page, 他 and 说 for the article. Only
lines at the two edges of an article are weighed, from the outside in, up to its first or last
paragraph. The weights are made by ``tests/benchmarks/closing_lines.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines.signs import measure
from readaloud.editing.closing_lines.weights import log_odds
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import (
    DECORATION,
    has_full_stop,
    has_words,
    is_quoted,
    is_sentence,
    size,
)
from readaloud.editing.publication_lines import reads_as_metadata
from readaloud.editing.rulebook import mark
from readaloud.errors import msg
from readaloud.model import Block

ALONE = 1.3
"""Log-odds from which a line at the very edge is the page's: a lost line is worse than a spoken one."""
BESIDE = 0.0
"""For a line right beside one that is taken out."""
ABOVE = 2.0
"""At the head, where a title stands that may speak of anything."""
STATED = 1.5
"""More for a line with a full stop: most of those are the article's."""
INSIDE = 2.5
"""For a sentence at the end of a paragraph."""
SURE = 3.0
MOST_CHARS = 160
PROSE_CHARS = 25
PIECES, PIECE_CHARS = 4, 12
SPARED = 2
"""Lines that are passed over before the edge ends: a name, a date."""
HEAD = 8
TAIL = 24
LINK_CHARS = 8
"""Shorter lines above the text are a menu's, which is judged as a whole."""
_KINDS = frozenset({"paragraph", "item", "caption"})
_ASKS = re.compile("点击|关注|订阅|扫|戳|长按|星标|置顶")
_SAID = re.compile("[。！？!?…][”」』]")
_NOTE = re.compile(r"[\[［(（]\d{1,3}[\]］)）]")
_HEADERS = tuple(map(mark, ("list header", "comments header", "references header")))
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
    taken = _find_pieces(blocks, found) | _find_edge(lines, blocks, found, ABOVE)
    least = min(lines, key=lambda n: weigh(blocks[n].text), default=None)
    if least in taken and len(taken) == len(lines) and weigh(blocks[least].text) < SURE:
        del taken[least]
    return taken


def _find_pieces(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A call at the very top that is set in pieces: 点击上方, “某某医院”, 可以订阅哦."""
    worded = [n for n, block in enumerate(blocks[:HEAD]) if has_words(block.text)]
    calls: dict[int, float] = {}
    for count in range(2, min(PIECES, len(worded) - 1) + 1):
        texts = [blocks[n].text for n in worded[:count]]
        known = [n in found for n in worded[:count]]
        short = all(len(text) <= PIECE_CHARS and not text.endswith("。") for text in texts)
        joined = "".join(texts)
        if all(known) or not short or not _ASKS.search(fold(joined)):
            continue
        if (odds := weigh(joined)) >= (BESIDE if any(known) else ABOVE):
            calls[count] = odds
    # A title below makes the call less of one.
    best = max(calls, key=calls.__getitem__, default=0)
    return dict.fromkeys(worded[:best], as_finding(calls[best])) if best else {}


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
        told = STATED if has_full_stop(block.text) else 0.0
        if odds >= (BESIDE if near else least) + told:
            taken[index] = as_finding(odds)
            continue
        spared += 1
        if spared > SPARED or _is_prose(block):
            break
    return taken


def _is_prose(block: Block) -> bool:
    return is_sentence(block.text, PROSE_CHARS)


def _may_close(block: Block) -> bool:
    """Whether no other part judges the line: who wrote it and when, a list of others, speech."""
    short = len(block.text) <= MOST_CHARS
    if block.kind not in _KINDS or not short or _NOTE.match(block.text):
        return False
    if any(block.text.strip(DECORATION) in header for header in _HEADERS):
        return False
    said = is_quoted(block.text) or _SAID.search(block.text) is not None
    return not said and not reads_as_metadata(block.text)
