"""Lines above and below an article that no rule knows as a whole: their words give them away.

Each piece of such a line weighs: 转载 and 扫码 speak for the page, 他 and 说 for the article. Lines at
the two edges of an article are weighed from the outside in, up to its first or last paragraph;
between its paragraphs only lines that don't end as a sentence does, and there more is asked of
them. The weights are made by ``tests/benchmarks/closing_lines.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines.signs import measure
from readaloud.editing.closing_lines.weights import log_odds
from readaloud.editing.echoes import echo, gather_words
from readaloud.editing.findings import Finding
from readaloud.editing.heading_numbers import read_number
from readaloud.editing.line_shape import (
    DECORATION,
    ends_open,
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

ALONE = 2.0
"""Log-odds from which a line at the very edge is the page's: a lost line is worse than a spoken one."""
VERSE, VERSE_SHARE = 1.0, 5
"""More in a poem, and of how many of its lines one ends in a full stop at most."""
BESIDE = 0.4
"""For a line right beside one that is taken out."""
ABOVE = 3.0
"""At the head, where a title stands that may speak of anything."""
STATED = 2.0
"""More for a line with a full stop: most of those are the article's."""
LONELY = 1.0
"""More for a sentence that no other line of the page's stands beside."""
LONG, LONG_CHARS = 2.0, 70
"""More for a long one with a stop in it: of sixty such lines one is the page's."""
INSIDE, NEARLY = 3.6, 1.6
"""For a sentence at the end of a paragraph, and for one behind such a sentence."""
MIN_RUN, RUN, DOUBTFUL, LISTED = 2, 1.5, -0.5, -4.0
"""Lines of such a run, their odds on average, and the least of any, and of one in a list."""
PAIR = 2.2
"""Odds on average of two lines: one of them may be a writer's last sentence, with a name below."""
NOTED = -1.5
"""Odds on average of a numbered list below the header of a notice."""
HEADER = 2.0
"""For a line that announces one that goes."""
BETWEEN = 3.5
"""For a line between paragraphs."""
TOLD_BETWEEN = 4.5
"""For one that ends in a stop, in a novel."""
CERTAIN = 9.0
"""For one that ends in a full stop, in any other text."""
NAMED = 1.5
"""Less for one that names a site: a story knows none."""
BETWEEN_CHARS = 60
SURE = 5.0
NO_TITLE = 8.0
"""For a line that would be the title, were it not the page's."""
MOST_CHARS = 120
PROSE_CHARS = 25
TOLD, MIN_TOLD_CHARS = -2.0, 15
"""Log-odds and length of a sentence that is clearly the article's."""
PIECES, PIECE_CHARS = 4, 12
CALL_CHARS = 20
SPARED = 2
"""Lines that are passed over before the edge ends: a name, a date."""
HEAD = 8
TAIL = 24
TITLE_ECHO = 0.35
LINK_CHARS = 8
"""Shorter lines above the text are a menu's, which is judged as a whole."""
_KINDS = frozenset({"paragraph", "item", "caption"})
_BRACKET_FIRST = re.compile(r"^[（(【\[][^）)】\]]{0,60}[）)】\]]")
_HEADER = re.compile(
    "[：:]$|^.{0,6}(?:[声申]明|[聲申]明|提示|须知|須知|说明|說明)[】\\]]?$"
    "|^.{0,6}(?:人员|人員|团队|團隊|班底|幕后|幕後|STAFF)[^\\w]{0,3}$"
)
_ASKS = re.compile(
    "点击?上|点一?下|点击|点这|关注|订阅|扫[码一描下上]|戳|[长轻]按|轻[触点]|星标|置顶|↑|👆"
)
_SITE = re.compile(
    r"www\.|[\w-]{2,}\.(?:com|net|org|cc|cn|la|me|xyz|top|app)|小[☆★]?说[☆★]?(?:网|吧|阁)|笔趣|书[城阁吧]|中文网|APP"
)
_LATIN = re.compile("(?:[^\u3400-\u9fff ©]{1,30} ){4,40}[^\u3400-\u9fff ©]{1,30}[.!?][\"'”’)]{0,2}")
"""A sentence in another language, of which the weights know nothing."""
_SAID = re.compile("[。！？!?…][”」』]")
_ORDINAL = r"第[\d零〇一二三四五六七八九十百千两]{1,7}"
_NUMBERED = re.compile(
    rf"[\[［(（]\d{{1,3}}[\]］)）]|[【〖\[（(☆、]{{0,2}}{_ORDINAL}[章回节卷话篇集]"
)
"""A note, or a heading of any part of a text."""
CHAPTER = re.compile(f"{_ORDINAL}[章回话]")
"""A heading of a novel's chapter."""
_HEADERS = tuple(map(mark, ("list header", "comments header", "references header")))
_UNNUMBERED = mark("unnumbered chapter")
_RULE_LINE = re.compile(r"[━─—=_~*·-]{4,60}")
_RULE = "closing line"
_REASON = msg("words of the page or the account around the article")


def weigh(text: str) -> float:
    """The log-odds that a line is said by the page or the account, not by the article."""
    return log_odds(measure(text))


def find_closing(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Lines at the edges that are the page's own, by index; ``found`` is what is known already."""
    count, told = len(blocks), _told_above(blocks, found)
    inwards = range(count - 1, max(count - TAIL, told), -1)
    least = ALONE + (VERSE if _is_verse(blocks) else 0.0)
    edges = {**_find_head(blocks, found), **_find_edge(inwards, blocks, found, least)}
    if run := _find_run(blocks, {**found, **edges}, told):
        edges |= run
        edges |= _judge_edge(inwards, blocks, {**found, **edges}, least)
    taken = {**_find_between(blocks, {**found, **edges}), **edges}
    own = (n for n, b in enumerate(blocks) if n not in found and n not in taken)
    return taken if any(has_words(blocks[n].text) for n in own) else {}


def _is_verse(blocks: Sequence[Block]) -> bool:
    """Whether most lines end openly: a poem's last one may speak of anything."""
    return sum(has_full_stop(block.text) for block in blocks) * VERSE_SHARE < len(blocks)


def _told_above(blocks: Sequence[Block], found: Mapping[int, Finding]) -> int:
    """Where the article's first sentence stands: what is there is never judged to be its tail."""
    told = (n for n, b in enumerate(blocks) if n not in found and has_full_stop(b.text))
    return next(told, -1)


def _find_run(
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
    return any(_HEADER.search(text) for text in (blocks[first].text, above))


def _weigh_run(
    blocks: Sequence[Block], found: Mapping[int, Finding], told: int, listed: float
) -> dict[int, float]:
    """The odds of the last lines, up to one that can't be the page's; ``listed`` for numbered ones."""
    odds: dict[int, float] = {}
    for n in range(len(blocks) - 1, max(len(blocks) - TAIL, told), -1):
        text = blocks[n].text
        if n in found or not has_words(text):
            continue
        one = min(weigh(text), SURE) if _may_close(blocks[n]) else -math.inf
        least = 0.0 if has_full_stop(text) else DOUBTFUL
        if one < (min(least, listed) if read_number(fold(text[:20])) else least):
            break
        odds[n] = one
    while odds and odds[min(odds)] < BESIDE and not _is_notice(blocks, min(odds), found):
        del odds[min(odds)]
    return odds


def _find_between(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Lines between paragraphs that are no sentences; a novel's site puts sentences there, too."""
    is_novel = any(CHAPTER.match(block.text) for block in blocks)
    told = [n for n, b in enumerate(blocks) if n not in found and (is_novel or _is_prose(b))]
    taken: dict[int, Finding] = {}
    for n in range(told[0] + 1, told[-1]) if told else ():
        block = blocks[n]
        short = LINK_CHARS // 2 <= len(block.text) <= BETWEEN_CHARS and block.kind != "item"
        if n in found or not short or not _may_close(block):
            continue
        least = TOLD_BETWEEN if block.text[-1] in "。！!？?" else BETWEEN
        least -= NAMED if names_site(block.text) else 0.0
        if block.text.endswith("。") and not is_novel:
            least = CERTAIN
        if (odds := weigh(block.text)) >= least:
            taken[n] = as_finding(odds)
    return taken


def _find_head(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """The page's lines above the text; the one that stands alone there may be the title."""
    words = gather_words(blocks)
    called = 0 not in found and _is_call_above_title(blocks, words)
    above = takewhile(lambda n: not _begins(blocks[n]), range(called, min(HEAD, len(blocks))))
    lines = [n for n in above if n not in found and size(blocks[n].text) >= LINK_CHARS]
    odds = {n: weigh(blocks[n].text) for n in lines}
    own = {n for n in lines if odds[n] < NO_TITLE and _is_echoed(blocks[n].text, words)}
    others = [n for n in lines if n not in own]
    taken = _find_edge(others, blocks, found, ABOVE)
    if called:
        taken[0] = as_finding(weigh(blocks[0].text))
    pieces = _find_pieces(blocks, found)
    taken |= {n: each for n, each in pieces.items() if not _is_echoed(blocks[n].text, words)}
    if others and not own and taken.keys() == {*others}:
        least = min(others, key=lambda n: odds[n])
        if odds[least] < NO_TITLE:
            del taken[least]
    return taken


def _is_call_above_title(blocks: Sequence[Block], words: frozenset[str]) -> bool:
    """Whether the first line is a sentence of the page's, and the title stands below it."""
    if len(blocks) <= HEAD or not (_is_prose(blocks[0]) and _may_close(blocks[0])):
        return False
    title, below = blocks[1].text, blocks[2]
    titled = size(title) >= LINK_CHARS and ends_open(title) and _is_echoed(title, words)
    return titled and _is_prose(below) and weigh(blocks[0].text) >= ABOVE


def _find_pieces(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A call at the very top that is set in pieces: 点击上方, “某某医院”, 可以订阅哦."""
    worded = [n for n, block in enumerate(blocks[:HEAD]) if has_words(block.text)]
    if not worded or not _ASKS.search(fold(blocks[worded[0]].text)):
        return {}
    words = gather_words(blocks)
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


def _find_above_rule(
    blocks: Sequence[Block],
    worded: Sequence[int],
    found: Mapping[int, Finding],
    words: frozenset[str],
) -> list[int] | None:
    """The lines of a call that a rule of signs parts from the article below it."""
    rules = (n for n in range(worded[0] + 1, HEAD) if _RULE_LINE.fullmatch(blocks[n].text))
    rule = next(rules, None) if len(blocks) > HEAD else None
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


def as_finding(odds: float) -> Finding:
    """Why a line of these odds is taken out, with a doubt where it is not sure."""
    doubt = round(1 / (1 + math.exp(odds)), 2) if odds < SURE else 0.0
    return Finding(_RULE, _REASON, doubt=doubt)


def _find_edge(
    inwards: Sequence[int], blocks: Sequence[Block], found: Mapping[int, Finding], least: float
) -> dict[int, Finding]:
    """The lines from the outside in; once more, as what lies further in speaks for the others."""
    first = _judge_edge(inwards, blocks, found, least)
    return {**_judge_edge(inwards, blocks, {**found, **first}, least), **first}


def _judge_edge(
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
        if _HEADER.search(block.text) and (near or index == len(blocks) - 1):
            near, odds = True, odds + HEADER
        told = STATED if has_full_stop(block.text) else 0.0
        told += LONELY if told and not near else 0.0
        told += LONG if "。" in block.text and len(block.text) >= LONG_CHARS else 0.0
        if odds >= (BESIDE if near else least) + told:
            taken[index] = as_finding(odds)
            continue
        spared += 1
        if spared > SPARED or _is_prose(block):
            break
    return taken


def _begins(block: Block) -> bool:
    """Whether the text begins there: a sentence that is not surely a notice of the page's."""
    return _is_prose(block) and not (_may_close(block) and weigh(block.text) >= SURE)


def names_site(text: str) -> bool:
    """Whether a line of a novel names a novels' site or its address."""
    return _SITE.search(fold(text)) is not None


def _is_prose(block: Block) -> bool:
    return is_sentence(block.text, PROSE_CHARS)


def _is_told_first(text: str) -> bool:
    """Whether a paragraph with words of the page's begins with the article's, a bracket aside."""
    own = _BRACKET_FIRST.sub("", text)
    first, _, rest = own.partition("。")
    more = own != text or has_words(rest)
    return more and len(first) >= MIN_TOLD_CHARS and weigh(f"{first}。") <= TOLD


def _is_chapter(text: str) -> bool:
    """Whether a line is a chapter's heading in Latin letters: Chapter.01."""
    number = read_number(fold(text[:20]))
    return number is not None and number.style.startswith("word")


def _may_close(block: Block) -> bool:
    """Whether no other part judges the line: who wrote it and when, a list of others, speech."""
    short = len(block.text) <= MOST_CHARS and any(map(str.isalpha, block.text))
    if block.kind not in _KINDS or not short or _NUMBERED.match(block.text):
        return False
    if block.text in _UNNUMBERED or _is_chapter(block.text):
        return False
    if any(block.text.strip(DECORATION) in header for header in _HEADERS):
        return False
    if _is_told_first(block.text) or _LATIN.fullmatch(block.text):
        return False
    said = is_quoted(block.text) or _SAID.search(block.text) is not None
    return not said and not reads_as_metadata(block.text)
