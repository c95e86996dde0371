"""What stands inside of the article's own lines and is not its own: marks, adverts, a tail.

A piece is cut out of its line, and goes on record as a line does; the rest is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from readaloud.chinese.fold import fold
from readaloud.editing.closing_lines.between import NAMED
from readaloud.editing.closing_lines.one_line import (
    CHAPTER,
    PROSE_CHARS,
    SURE,
    as_finding,
    names_site,
    weigh,
)
from readaloud.editing.findings import Finding, record
from readaloud.editing.heading_numbers import read_number
from readaloud.editing.line_shape import has_words, is_sentence
from readaloud.editing.picture_captions import is_caption
from readaloud.editing.rulebook import NEAR, Rulebook
from readaloud.editing.user_rules import UserRules
from readaloud.model import Block, Removal

INSIDE, NEARLY = 3.6, 1.6
"""For a sentence at the end of a paragraph, and for one behind such a sentence."""

_KINDS = frozenset({"paragraph", "item", "caption", "heading", "quote", "row"})
_SENTENCE = re.compile(
    r"[^。！？!?\s][^。！？!?]{0,200}?[A-Za-z0-9]\.[A-Za-z]{2,4}\s?(?=[\u3400-\u9fff])(?!看|更|手|免|即|掌|阅读|閱讀)"
    r"|[^。！？!?\s][^。！？!?]{0,400}[。！？!?]{0,3}[”’』」）)】]{0,3}"
)
"""An address ends one, too: a novel's site puts its own into a sentence."""
_TAILS = frozenset(
    (
        *("editor", "source", "supplier", "notice", "contact", "hotline", "like", "original"),
        *("download", "counter", "machine made", "picture credit", "call to action", "pass on"),
        *("end mark", "page turn", "interface", "novel site", "address", "expert", "recruiting"),
        "account",
    )
)
"""Rules whose lines are glued to a text's last sentence too; a farewell there is a writer's."""
_SITE_SIGNS = frozenset("站网網阅閱章书書机機票载載记記")
"""Of these every advert of a novel's site has one."""
_CALL = re.compile(
    "(?:轻?点击?|长按|戳|扫[一描]?[扫描]?)[^，。！？]{0,3}(?:上方|下方|蓝字|标题下|二维码)"
    "|在?(?:阅读|看)[此本这]篇?文章?之?前[，,]"
)
CALLED = 2.5
"""For a first sentence that begins as a call does: 点击上方蓝字……"""
_ASCII_STOPS = "?!"
LEAD = 3
"""Blocks at the head that a call to the reader may begin."""
GOES_ON = 3.0
"""Log-odds more for a paragraph's last sentence, where more of the article is below."""
BEFORE = 0.6
"""Less for a sentence right before such ones."""
_ASKED = 14
"""Characters of a question that goes with the call behind it."""
_STOPS = tuple("。！!~～")
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"))


def cut_pieces(
    blocks: Sequence[Block], user: UserRules
) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """The blocks without pieces that rules know, and those pieces; both in reading order."""
    kept: list[Block] = []
    removed: list[Removal] = []
    is_novel = any(CHAPTER.match(block.text) for block in blocks)
    near = range(max(0, len(blocks) - NEAR), len(blocks))
    last_told = next((n for n in reversed(near) if _goes_on(blocks[n])), -1)
    for index, block in enumerate(blocks):
        free = block.kind in _KINDS and not user.keeps(block)
        spans = user.book.find_pieces(block.text) if free else {}
        if free and index in near and not is_caption(blocks, index):
            more = GOES_ON if index < last_told else 0.0
            spans |= _find_tail(block, user.book, spans, more)
        if free and is_novel and not spans:
            spans |= _find_adverts(block.text)
        if free and index < LEAD and not spans:
            spans = _find_lead(block.text)
        removed += [
            record(replace(block, text=block.text[start:end].strip()), finding)
            for (start, end), finding in sorted(spans.items(), key=lambda each: each[0])
        ]
        rest = _without(block, spans)
        if rest is not None:
            kept.append(rest)
    return tuple(kept), tuple(removed)


def _goes_on(block: Block) -> bool:
    """Whether a block is likely a paragraph of the article's."""
    return is_sentence(block.text, PROSE_CHARS) and weigh(block.text) < 0


def _find_tail(
    block: Block, book: Rulebook, spans: dict[tuple[int, int], Finding], more: float
) -> dict[tuple[int, int], Finding]:
    """Whole sentences at a paragraph's end that would be furniture in lines of their own.

    ``more`` is asked of one that no rule knows, where the article goes on below.
    """
    sentences = list(_SENTENCE.finditer(block.text)) if block.kind == "paragraph" else []
    if sentences and _asks(sentences[0][0]) and weigh(block.text) >= INSIDE:
        return {}  # 有疑问？扫码… is judged as a line, beside its neighbours
    found: dict[tuple[int, int], Finding] = {}
    last: dict[tuple[int, int], Finding] = {}
    for match in reversed(sentences[1:]):
        if any(start <= match.start() < end for start, end in spans):
            continue
        if _is_open(block.text[: match.start()]):
            break
        if block.text[match.start() - 1] in _ASCII_STOPS:
            break  # within an address: apply.jsp?type=2
        surely = INSIDE + more - (BEFORE if found else 0.0)
        if (finding := _judge(match[0].strip(), block, book, surely)) is not None:
            found |= {**last, match.span(): finding}
            last = {}
        elif (finding := _judge(match[0].strip(), block, book, NEARLY + more)) is not None:
            last[match.span()] = finding  # where a surer one stands before it
        elif found and not last and _asks(match[0]):
            last[match.span()] = next(iter(found.values()))
        else:
            break
    return found


def _asks(sentence: str) -> bool:
    """Whether it is a question so short that it may lead to a call, as 觉得排版有误？ does."""
    return sentence[-1] in "？?" and len(sentence) <= _ASKED


def _find_lead(text: str) -> dict[tuple[int, int], Finding]:
    """Calls to the reader or a notice in front of the first paragraph's own sentences."""
    found: dict[tuple[int, int], Finding] = {}
    for match in _SENTENCE.finditer(text) if "。" in text else ():
        odds = weigh(match[0])
        whole = match.end() == len(text) and not found
        least = NEARLY if found else CALLED if _CALL.match(fold(match[0])) else SURE
        if whole or match[0][-1] in _ASCII_STOPS or odds < least:
            break
        found[match.span()] = as_finding(odds)
    return found


def _find_adverts(text: str) -> dict[tuple[int, int], Finding]:
    """Sentences that a novel's site has put among those of a paragraph."""
    sentences = [] if _SITE_SIGNS.isdisjoint(text) else list(_SENTENCE.finditer(text))
    told = {match.span(): weigh(match[0].strip()) for match in sentences} if sentences[1:] else {}
    return {
        (start, end): as_finding(odds)
        for (start, end), odds in told.items()
        if odds >= SURE - (NAMED if names_site(text[start:end]) else 0.0)
    }


def _judge(sentence: str, block: Block, book: Rulebook, least: float) -> Finding | None:
    """Why a sentence, with its stop or without, is not the article's; None where it is.

    ``least`` is for a sentence that no rule knows: its log-odds.
    """
    forms = dict.fromkeys((sentence, sentence.rstrip("。")))
    found = (book.find(replace(block, text=form)) for form in forms)
    rule = next((each for each in found if each), None)
    if rule is not None and rule.entry.name in _TAILS:
        return rule.finding
    is_step = read_number(fold(block.text)) is not None
    told = sentence.endswith(_STOPS) and "。" in block.text and not is_step
    odds = weigh(sentence) if told else 0.0
    return as_finding(odds) if odds >= least else None


def _is_open(text: str) -> bool:
    """Whether a quotation or a title has begun and not ended."""
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS)


def _without(block: Block, spans: dict[tuple[int, int], Finding]) -> Block | None:
    """The block without the pieces; None where nothing but them could be said."""
    if not spans:
        return block
    text = "".join(_outside(block.text, sorted(spans))).strip()
    return replace(block, text=text) if has_words(text) else None


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    position = 0
    for start, end in spans:
        yield text[position:start]
        position = end
    yield text[position:]
