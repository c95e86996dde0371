"""What of a careless page dump stands outside the article: menus, lists of links, footers.

A file of lines says nothing of where its article begins. Where a learnt model of lines is certain
that the article lies between furniture, the lines around it go, each on record with its doubt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise, takewhile
from math import exp

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines.one_line import ALONE, weigh
from readaloud.editing.findings import Finding
from readaloud.editing.foreign_sections import find_headed
from readaloud.editing.line_model.body import Body, find_body, is_sentence
from readaloud.editing.line_shape import size
from readaloud.editing.publication_lines import reads_as_metadata
from readaloud.editing.rulebook import house_rules, mark
from readaloud.editing.site_names import is_masthead
from readaloud.editing.title_lines import can_be_title
from readaloud.errors import msg
from readaloud.model import Block

MIN_TITLE = 6
MIN_SHORT_TITLE = 2
MIN_LIKENESS, PLACE, DAY_BELOW = 0.15, 0.05, 5
"""Below this share of words a title's place decides too: so much it adds; lines down to a day."""
MAX_WORDS = 0.5
"""A title may have a word of furniture, but is not made of them."""
MAX_CHANCE = 0.75
"""The same of one whose pieces speak for the article: 特展開展 has no 展開."""
MAX_BARS = 0.5
"""As ``features`` measures them: two strokes, or brackets around a word."""
MAX_HEADED = 3
"""An article in Markdown has headings with text below; more of them outside, and it is no dump."""
FACTS_BELOW = 6
"""Lines below the article among which its author or source may be named."""
SIGNATURE = 6
"""Lines in which a letter or a notice is signed: whom to ask, what is attached, an office or two, and the day."""
_OF_NOTICE = re.compile(
    "附件|附表|附[:：]|(?:咨询|联系|监督|举报|服务|业务)(?:电话|人|方式|热线)|联系地址|抄送"
)
ADDRESSED = -2.0
"""Odds from which a line with a colon right above the text says whom a notice is for."""
_DAY = re.compile(
    r"[\d〇零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}[日号]"
)
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十百\d]{1,5}[章节条]"
)
BELOW, FAR = 3, -3.0
"""Lines below a heading of which one is the article's, and the odds from which it heads that one."""
_VERSE = re.compile("[\u4e00-\u9fff]{3,8}(?:[，、；：][\u4e00-\u9fff]{3,8})?[，。；！？]")
"""A line of a poem, or two of them."""
MIN_AMOUNTS = 3
_AMOUNT = re.compile(
    r"[^\d，。]{0,10}(?:[\d.½¼/~～-]{1,9}|[一二三四五六七八九十半两几]{1,3})\s?"
    r"(?:千?克|公斤|斤|两|毫?升|[汤茶大小]?[匙勺]|个|只|片|根|块|瓣|颗|粒|把|条|枚|张|杯|碗|盒|袋|包|滴|g|kg|ml|mL|L)"
    r"(?:左右|以上|[（(，,].{0,20})?|[^\d，。]{0,10}(?:适量|少许|若干)"
)
"""How much of something a list asks for, with its name before or without."""
_CALLS = mark("calls on the reader")
_DASHES = ("—", "─", "--")
"""A subtitle begins with them."""
SUBTITLE = 4
"""Lines above the first sentence among which it may stand."""
_HELD = frozenset({"row", "note", "code"})
MIN_SIGNS = 3
_WORDS = re.compile(r"[^\W_]+")
_RULE = "outside the body"
_REASON = msg("page furniture around the article")


@dataclass(frozen=True, slots=True)
class Dump:
    """A document's blocks, each with its doubt, and those that stand outside its article."""

    blocks: tuple[Block, ...]
    outside: Mapping[int, Finding] = field(default_factory=dict)
    """By the identity of the block: those before it may be taken out first."""
    title: Block | None = None
    """The line that is likely the title, unless something else says which is."""

    def find(self, blocks: Sequence[Block]) -> dict[int, Finding]:
        """Those of the blocks that stand outside, by index."""
        outside = ((n, self.outside.get(id(block))) for n, block in enumerate(blocks))
        return {n: finding for n, finding in outside if finding is not None}


def find_outside(blocks: Sequence[Block], names: Collection[str] = ()) -> Dump:
    """The lines around the article; none where the blocks are no dump of a page.

    Headings of these ``names`` are the article's.
    """
    texts = [block.text for block in blocks]
    linked = {n for n, block in enumerate(blocks) if block.linked}
    body = find_body(texts, linked)
    if body is None or _is_written(blocks, body, names):
        return Dump(tuple(blocks))
    start = next((n for n in range(*body.run) if is_sentence(texts[n])), body.run[0])
    title = _find_marked(blocks, start)
    title = _find_title(blocks, start, body) if title is None else title
    title = _find_short_title(blocks, start, body) if title is None else title
    kept = {*body.inside, *_find_facts(texts, title, start, body), *_find_signature(texts, body)}
    kept |= _find_opening(texts, body) | _find_amounts(texts, body)
    kept |= _find_verse(texts, 0 if title is None else title + 1, body)
    kept |= {n for n in range(max(0, start - SUBTITLE), start) if _is_subtitle(texts[n])}
    above = min(body.inside)  # rows there are a record of the page: 索引号, 发布机构
    kept |= {n for n, b in enumerate(blocks) if b.kind in _HELD and (n > above or b.kind != "row")}
    kept |= _find_headings(blocks, body, kept)
    kept |= {n for n, b in enumerate(blocks) if b.kind == "heading" and fold(b.text) in names}
    kept -= _find_alike(texts, body) | _find_below(blocks, body)
    marked = tuple(
        replace(block, doubt=_likely(-body.odds[n])) if n in kept and body.odds[n] < 0 else block
        for n, block in enumerate(blocks)
    )
    outside = {
        id(block): Finding(_RULE, _REASON, doubt=_likely(body.odds[n]))
        for n, block in enumerate(marked)
        if n not in kept
    }
    return Dump(marked, outside, marked[title] if title is not None else None)


def _likely(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 2)


def _is_written(blocks: Sequence[Block], body: Body, names: Collection[str]) -> bool:
    """Whether somebody gave the text headings: those the model would part from their sections.

    Those of other articles stand over few of the text's lines; those of comments tell the time.
    """
    parted = [
        n
        for n, block in enumerate(blocks)
        if block.kind == "heading"
        and n not in body.inside
        and n + 1 in body.inside
        and not body.measure(n, "clock")
        and fold(block.text) not in names
    ]
    below = (n for head in parted for n in takewhile(body.inside.__contains__, count(head + 1)))
    told = sum(size(blocks[n].text) for n in below)
    return len(parted) > MAX_HEADED and 2 * told >= sum(size(blocks[n].text) for n in body.inside)


def _find_marked(blocks: Sequence[Block], start: int) -> int | None:
    """The page's only heading of the first level, above the text."""
    marked = [n for n, b in enumerate(blocks) if b.kind == "heading" and b.level == 1]
    own = len(marked) == 1 and marked[0] < start and can_be_title(blocks[marked[0]].text)
    return marked[0] if own and not is_masthead(blocks[marked[0]].text) else None


def _find_title(blocks: Sequence[Block], start: int, body: Body) -> int | None:
    """The line above the first sentence that says most of what the article says too.

    Where several say hardly anything, the one above who published it, and when.
    """
    found: dict[int, float] = {}
    for n in range(start):
        likeness = body.measure(n, "shared with prose")
        if likeness < MIN_LIKENESS:
            likeness += _led_by(blocks, n, body)
        if _may_be_title(blocks[n].text, n, body) and house_rules().find(blocks[n]) is None:
            found[n] = likeness
    # Behind a label stands what a record says, but where its last field is empty.
    free = {n: x for n, x in found.items() if not blocks[n - 1].text.endswith((":", "：")) or not n}
    likely = free or found
    return max(likely, key=lambda n: (likely[n], n), default=None)


def _led_by(blocks: Sequence[Block], n: int, body: Body) -> float:
    """What the place of a line adds to its likeness: a day below it, no call right above it."""
    below = range(n + 1, min(n + 1 + DAY_BELOW, len(blocks)))
    dated = any(body.measure(m, "clock") or reads_as_metadata(blocks[m].text) for m in below)
    called = n > 0 and blocks[n - 1].text in _CALLS
    return PLACE * (dated - called)


def _find_short_title(blocks: Sequence[Block], start: int, body: Body) -> int | None:
    """Right above the text a title of few words, set off from the menu by a path or an empty line.

    Without these it may be the menu's last word.
    """
    above = (n for n in reversed(range(1, start)) if not reads_as_metadata(blocks[n].text))
    n = next(above, None)
    if n is None or not MIN_SHORT_TITLE <= size(blocks[n].text) < MIN_TITLE:
        return None
    plain = not body.measure(n, "words") and not body.measure(n, "bars")
    plain = plain and any(map(str.isalpha, blocks[n].text))
    led = blocks[n].line - blocks[n - 1].line > 1 or house_rules().find(blocks[n - 1]) is not None
    return n if plain and led and can_be_title(blocks[n].text) else None


def _may_be_title(text: str, n: int, body: Body) -> bool:
    open_ended = not text.endswith(tuple("：:，,、；;"))
    fits = size(text) >= MIN_TITLE and can_be_title(text) and not reads_as_metadata(text)
    fits = fits and not text.startswith(_DASHES)
    odds = weigh(text) if fits else 0.0
    worded = body.measure(n, "words") > (MAX_WORDS if odds > 0 else MAX_CHANCE)
    plain = not worded and odds < ALONE and body.measure(n, "bars") <= MAX_BARS
    return fits and open_ended and plain and not body.measure(n, "clock")


def _is_subtitle(text: str) -> bool:
    """Whether a dash says what a title is about: ——某某小记."""
    return text.startswith(_DASHES) and can_be_title(text.lstrip("—─- "))


def _find_alike(texts: Sequence[str], body: Body) -> set[int]:
    """The article's last lines where they have the marks of the furniture below: A_A_A-A."""
    end = body.run[1]
    if end + 1 >= len(texts) or body.inside & {end, end + 1}:
        return set()
    shapes = [_WORDS.sub("", texts[n]) for n in (end, end + 1)]
    if shapes[0] != shapes[1] or len(shapes[0]) < MIN_SIGNS or "。" in shapes[0]:
        return set()
    above = (n for n in reversed(range(end)))
    return set(takewhile(lambda n: _WORDS.sub("", texts[n]) == shapes[0], above))


def _find_below(blocks: Sequence[Block], body: Body) -> set[int]:
    """Comments, replies and lists of links; most of the article has to stand above each.

    A count of comments above the article, a line of its own, heads nothing.
    """
    told = {n: size(blocks[n].text) for n in range(*body.run) if is_sentence(blocks[n].text)}
    found: set[int] = set()
    for section in find_headed(blocks):
        above = sum(chars for n, chars in told.items() if n < min(section))
        found |= section if above * 2 >= sum(told.values()) else set()
    return found


def _find_opening(texts: Sequence[str], body: Body) -> set[int]:
    """Lines right above a part of the article that lead on to it: 各位：, 如下：, 一、.

    Several may stand above each other.
    """
    found: set[int] = set()
    for n in reversed(range(len(texts) - 1)):
        below = n + 1 in found or n + 1 in body.inside
        leads = texts[n].endswith((":", "：")) or _NUMBERED.match(fold(texts[n])) is not None
        addressed = texts[n].endswith("：") and body.odds[n] > ADDRESSED
        plain = addressed or not body.measure(n, "words")
        if below and leads and n not in body.inside and plain:
            found.add(n)
    return found


def _find_amounts(texts: Sequence[str], body: Body) -> set[int]:
    """Lists of the article's between two of its paragraphs, by their amounts: 牛腩 / 800克."""
    found: set[int] = set()
    for one, other in pairwise(sorted(body.inside)):
        between = range(one + 1, other)
        measured = sum(_AMOUNT.fullmatch(fold(texts[n])) is not None for n in between)
        if measured >= MIN_AMOUNTS and measured * 4 >= len(between):
            found |= {n for n in between if not body.measure(n, "words")}
    return found


def _find_verse(texts: Sequence[str], first: int, body: Body) -> set[int]:
    """Lines of a poem that is the article or stands in it: short ones in a row, each with its mark."""
    lines = {n for n in range(first, body.run[1]) if _VERSE.fullmatch(fold(texts[n]))}
    return {n for n in lines if lines & {n - 1, n + 1} and not body.measure(n, "words")}


def _find_headings(blocks: Sequence[Block], body: Body, kept: Collection[int]) -> set[int]:
    """Lines marked up as headings close above what is ``kept``: a credit may stand between.

    Those of other articles are links, those of a page's parts have a page's words.
    """
    found: set[int] = set()
    first = min(body.inside)
    for n, block in enumerate(blocks):
        if block.kind == "heading" and not block.linked and first < n + BELOW * (block.level > 1):
            near = range(n + 1, min(n + 1 + BELOW, len(blocks)))
            own = set(takewhile(lambda m: blocks[m].kind != "heading", near))
            if body.odds[n] > FAR and not body.measure(n, "words") and not own.isdisjoint(kept):
                found.add(n)
    return found


def _find_signature(texts: Sequence[str], body: Body) -> set[int]:
    """Below the article a day alone, and who signs above it."""
    end = body.run[1]
    days = (
        n for n in range(end, min(end + SIGNATURE, len(texts))) if _DAY.fullmatch(fold(texts[n]))
    )
    last = next(days, end - 1)
    signed = range(end, last + 1)
    own = (not body.measure(n, "words") or _OF_NOTICE.match(fold(texts[n])) for n in signed)
    return set(signed) if all(own) else set()


def _find_facts(texts: Sequence[str], title: int | None, start: int, body: Body) -> set[int]:
    """What says when and by whom, between title and text or right below: other rules read it."""
    last = min(body.run[1] + FACTS_BELOW, len(texts))
    near = (*range(title or 0, start), *range(body.run[1], last))
    return {n for n in near if reads_as_metadata(texts[n])}
