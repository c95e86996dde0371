"""The page's lines above the text: calls, whole or in pieces, and what is the title among them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines.edges import find_edge
from readaloud.editing.closing_lines.one_line import (
    BESIDE,
    SURE,
    as_finding,
    is_prose,
    may_close,
    weigh,
)
from readaloud.editing.echoes import echo, gather_words
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import ends_open, ends_sentence, has_words, size
from readaloud.model import Block

ABOVE = 3.0
"""At the head, where a title stands that may speak of anything."""
NO_TITLE = 8.0
"""For a line that would be the title, were it not the page's."""
PIECES, PIECE_CHARS = 4, 12
CALL_CHARS = 20
HEAD, LEAST = 8, 5
"""Lines that may stand above a text, and how many there are at least of a text that has some."""
TITLE_ECHO = 0.35
STANZA_ECHO = 0.2
"""For a title that an empty line parts from a call."""
LINK_CHARS = 8
"""Shorter lines above the text are a menu's, which is judged as a whole."""
_ASKS = re.compile(
    "点击?上|点一?下|点击|点这|关注|订阅|扫[码一描下上]|戳|[长轻]按|轻[触点]|星标|置顶|↑|👆"
)
_BEGINS_CALL = re.compile("识别|扫|长按|轻?点[击按一]|戳|关注|添加|订阅")
_RULE_LINE = re.compile(r"[━─—=_~*·-]{4,60}")


def find_head(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """The page's lines above the text; the one that stands alone there may be the title."""
    words = gather_words(blocks)
    call = _find_call(blocks, found, words)
    above = takewhile(lambda n: n in call or not _begins(blocks[n]), range(min(HEAD, len(blocks))))
    lines = [n for n in above if n not in found and n not in call]
    lines = [n for n in lines if size(blocks[n].text) >= LINK_CHARS]
    odds = {n: weigh(blocks[n].text) for n in lines}
    own = {n for n in lines if odds[n] < NO_TITLE and _is_echoed(blocks[n].text, words)}
    others = [n for n in lines if n not in own]
    taken = find_edge(others, blocks, found, ABOVE) | call
    pieces = _find_pieces(blocks, found, words)
    pieces |= _find_stanza(blocks, {**found, **pieces}, words)
    taken |= {n: each for n, each in pieces.items() if not _is_echoed(blocks[n].text, words)}
    if others and not own and taken.keys() == {*others}:
        least = min(others, key=lambda n: odds[n])
        if odds[least] < NO_TITLE:
            del taken[least]
    alone = [*taken] == [0] and odds.get(0, NO_TITLE) < NO_TITLE
    if alone and any(ends_sentence(block.text) for block in blocks[1:2]):
        return {}  # The only line above what somebody says is the title.
    return taken


def _find_call(
    blocks: Sequence[Block], found: Mapping[int, Finding], words: frozenset[str]
) -> dict[int, Finding]:
    """A sentence of the page's right above the title, or right below it in a call's words."""
    if len(blocks) < LEAST:
        return {}
    for n, title in ((0, 1), (1, 0)):
        text = blocks[title].text
        titled = size(text) >= LINK_CHARS and ends_open(text)
        titled = titled and (title == 0 or _is_echoed(text, words))
        stands = n not in found and is_prose(blocks[n]) and may_close(blocks[n])
        called = n == 0 or _BEGINS_CALL.match(fold(blocks[n].text))
        likely = titled and stands and called and is_prose(blocks[2])
        if likely and (odds := weigh(blocks[n].text)) >= ABOVE:
            return {n: as_finding(odds)}
    return {}


def _find_pieces(
    blocks: Sequence[Block], found: Mapping[int, Finding], words: frozenset[str]
) -> dict[int, Finding]:
    """A call at the very top that is set in pieces: 点击上方, “某某医院”, 可以订阅哦."""
    worded = [n for n, block in enumerate(blocks[:HEAD]) if has_words(block.text)]
    if not worded or not _ASKS.search(fold(blocks[worded[0]].text)):
        return {}
    calls: dict[int, float] = {}
    for count in range(2, min(PIECES, len(worded) - 1) + 1):
        texts = [blocks[n].text for n in worded[:count]]
        known = [n in found for n in worded[:count]]
        short = all(len(text) <= PIECE_CHARS and not text.endswith("。") for text in texts)
        asked = sum(_ASKS.search(fold(text)) is not None for text in texts) > 1
        if all(known) or not short or _is_echoed(texts[-1], words):
            continue
        if (odds := weigh("".join(texts))) >= (BESIDE if asked or any(known) else ABOVE):
            calls[count] = odds
    # What stands below a call that is whole is the title, but where it says more of the kind.
    best = min(calls, default=0)
    while best + 1 in calls and weigh(below := blocks[worded[best]].text) >= 0:
        if _is_echoed(below, words):
            break
        best += 1
    if (above := _find_above_rule(blocks, worded, found, words)) is not None:
        return dict.fromkeys(above, as_finding(SURE))
    taken = worded[: best + _slogan(blocks, worded[best:], words)] if best else []
    return dict.fromkeys(taken, as_finding(calls[best])) if best else {}


def _find_stanza(
    blocks: Sequence[Block], found: Mapping[int, Finding], words: frozenset[str]
) -> dict[int, Finding]:
    """Short lines right below a call that a rule knows, where an empty line parts them from the title."""
    if 0 not in found or not _ASKS.search(fold(blocks[0].text)):
        return {}
    end = next((n for n in range(1, HEAD) if _gap(blocks, n)), 0)
    lines = [n for n in range(1, end) if n not in found]
    short = all(len(blocks[n].text) <= PIECE_CHARS and ends_open(blocks[n].text) for n in lines)
    own = any(_is_echoed(blocks[n].text, words) for n in lines)
    title = blocks[end].text
    titled = end > 1 and size(title) >= LINK_CHARS and echo(title, words) >= STANZA_ECHO
    return dict.fromkeys(lines, as_finding(ABOVE)) if titled and short and not own else {}


def _gap(blocks: Sequence[Block], n: int) -> bool:
    """Whether an empty line stands above a line."""
    return n < len(blocks) and blocks[n].line > blocks[n - 1].line + 1


def _find_above_rule(
    blocks: Sequence[Block],
    worded: Sequence[int],
    found: Mapping[int, Finding],
    words: frozenset[str],
) -> list[int] | None:
    """The lines of a call that a rule of signs parts from the article below it."""
    if len(blocks) <= HEAD:
        return None
    lines = ((n, blocks[n].text) for n in range(worded[0] + 1, HEAD))
    rules = (n for n, text in lines if _RULE_LINE.fullmatch(text) or not has_words(text))
    rule = next(rules, None)
    if rule is None:
        return None
    above = [n for n in worded if n < rule]
    short = all(len(blocks[n].text) <= CALL_CHARS for n in above)
    texts = [blocks[n].text for n in above]
    own = any(t.endswith("。") or (size(t) >= LINK_CHARS and _is_echoed(t, words)) for t in texts)
    known = any(n in found for n in above)
    return above if len(above) > 1 and known and short and not own else None


def _is_echoed(text: str, words: frozenset[str]) -> bool:
    """Whether the article says again what a line above it says: that is its title."""
    return echo(text, words) >= TITLE_ECHO


def _slogan(blocks: Sequence[Block], below: Sequence[int], words: frozenset[str]) -> int:
    """How many lines below a call are parted from the article by a line of signs."""
    if len(below) < 2 or below[1] == below[0] + 1:
        return 0
    text = blocks[below[0]].text
    return int(len(text) <= PIECE_CHARS and not _is_echoed(text, words))


def _begins(block: Block) -> bool:
    """Whether the text begins there: a sentence that is not surely a notice of the page's."""
    return is_prose(block) and not (may_close(block) and weigh(block.text) >= SURE)
