"""The article's title: stated, marked up, or a first line that has the looks of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from readaloud.chinese.fold import fold
from readaloud.editing.bylines import is_credit
from readaloud.editing.echoes import echo, gather_words, is_prose, letters
from readaloud.editing.heading_numbers import read_number
from readaloud.editing.line_shape import (
    ends_open,
    ends_sentence,
    find_speakers,
    has_inner_stop,
    is_quoted,
    is_spoken,
    size,
    typical_size,
)
from readaloud.editing.rulebook import mark
from readaloud.editing.title_lines import (
    can_be_title,
    heads_section,
    is_above_headings,
    is_aside,
    is_dated,
)
from readaloud.errors import msg
from readaloud.model import Block

MAX_CRY = 40
"""A first line that ends in ! or ? is a title only below this length, or with other grounds."""
MIN_REPEATED = 6
LONG_PROSE = 40
"""A typical paragraph of prose has this many characters; a line of verse has not."""
MIN_ECHO = 0.4
"""A headline that cries out says what the text says; a story's first sentence does not."""
MIN_ASKED = 14
MAX_SUBJECT, MIN_SAID = 6, 2
"""Characters of a title that may be a menu's word, and how often the text has to say it."""
MIN_NAME, MIN_CRY_BELOW = 3, 25
"""A place, a person, a thing; a story tells more shortly."""
MIN_TOLD = 12
MIN_TOLD_ECHO = 0.1
MIN_BROKEN = 18
MIN_NEWS_LINES, MIN_NEWS_ECHO = 4, 0.03
MIN_OWN_LINES = 7
MOST_SAID = 1
"""Lines that somebody says below a headline of news."""
_BEFORE_TITLE = 4
_DOCUMENT = mark("official document")
_CALLS = mark("calls on the reader")
_ONCE = re.compile("那[年天晚日]|那一[年天晚]|有一[年天次回]|小时候|从前|很久以前|记得")
_BREAKS_OFF = re.compile("[不很太也就又才还都把被和与及或而且但将让使从向对于]$")
_LAST_WORD = re.compile("[^，。！？：、“”「」嗯哎啊哦唉对好是不来走喂嘿哈咦哇][，。]")
_SUBTITLE = re.compile(r"[—─-]{1,3}\s?[^—─\s-]")
_QUOTATION = re.compile("“[^“”。！？!?…]+[^“”。！？!?…，]”|「[^「」。！？!?…]+[^「」。！？!?…，]」")
_CLOSING = frozenset('”』」"')
_STORY_TELLERS = frozenset("我你您他她它咱俺那")
"""A story begins with somebody; a headline that cries out does not."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title's text, and the block that shows it (None: only stated)."""

    text: str
    block: Block | None
    rule: str = msg("stated")
    """How it was found: stated, marked up, first line."""

    def find(self, blocks: Sequence[Block]) -> int | None:
        """Where the block stands; equal blocks are not the same block."""
        return next((n for n, block in enumerate(blocks) if block is self.block), None)


def find_title(blocks: Sequence[Block], stated: str | None, above: int = 0) -> Title | None:
    """Find the title; where none is given, none is invented.

    ``above`` is how many lines at the top stand above a title and are none.
    """
    marked = _find_marked(blocks)
    if stated and not (marked and is_above_headings(stated) and not same_line(marked.text, stated)):
        lines = (block for block in blocks if not block.described)
        shown = (block for block in lines if same_line(block.text, stated))
        return Title(stated, next(shown, None))
    remark = marked is not None and is_aside(marked.text)
    rest = blocks[1 if remark and marked is blocks[0] else above :]
    first = rest[0] if rest and _looks_like_title(rest) else None
    if marked is not None and not (first and (remark or _says_more(first, marked, rest))):
        return None if remark and marked.text[0] in "（(" else _marked_up(marked)
    return Title(first.text, first, msg("first line")) if first else None


def _is_house(blocks: Sequence[Block], headings: Sequence[int]) -> bool:
    """Whether the first heading names the house or the part of it, and the title is the next one.

    The sections of a page about the house itself are several, and their names are short.
    """
    if len(headings) < 2 or headings[1] - headings[0] > 2:
        return False
    house, below = blocks[headings[0]], blocks[headings[1]]
    single = sum(blocks[n].level == below.level for n in headings[1:]) == 1
    alone = single and all(blocks[n].level > house.level for n in headings[2:])
    return is_above_headings(house.text) and (alone or size(below.text) >= 8)


def _marked_up(block: Block) -> Title:
    return Title(block.text, block, msg("marked up"))


def same_line(one: str, other: str) -> bool:
    """Whether two lines say the same, spaces aside."""
    return one == other or one.replace(" ", "") == other.replace(" ", "")


def _find_marked(blocks: Sequence[Block]) -> Block | None:
    """The marked heading that opens the article; below an institute's name the next one."""
    headings = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    while _is_house(blocks, headings):
        headings = headings[1:]
    if not headings or not _opens(blocks, headings[0], headings):
        return None
    first = blocks[headings[0]]
    return None if heads_section(first.text) else first


def _says_more(first: Block, marked: Block, blocks: Sequence[Block]) -> bool:
    """Whether the text speaks of its first line, and not of the line that is set as a heading."""
    words = gather_words(blocks)
    return echo(first.text, words) > echo(marked.text, words) + MIN_ECHO / 2


def _opens(blocks: Sequence[Block], index: int, headings: Sequence[int]) -> bool:
    """Whether a marked heading opens the article: a motto, a menu, short lines may come before."""
    before = [block for block in blocks[:index] if block.kind != "heading"]
    if not before:
        return True
    if blocks[index].level != 1:
        return False
    short = all(size(block.text) <= MAX_CRY and not ends_sentence(block.text) for block in before)
    alone = sum(blocks[n].level == 1 for n in headings) == 1
    prose = sum(block.kind != "quote" and is_prose(block) for block in before)
    motto = prose == 0 or (prose == 1 and len(before) <= _BEFORE_TITLE)
    return (len(before) <= _BEFORE_TITLE and short) or (alone and motto)


def _looks_like_title(blocks: Sequence[Block]) -> bool:
    first, rest = blocks[0], blocks[1:]
    text = first.text
    if not rest or first.kind != "paragraph" or not can_be_title(text):
        return is_subject(blocks)
    named = _has_subtitle(blocks) or _is_quoted_title(blocks)
    said = is_spoken(text, find_speakers(blocks)) and not named
    if said or _runs_on(blocks) or _begins_story(blocks):
        return False
    others = [block for block in rest if not same_line(block.text, text)]
    typical = typical_size(others)
    if len(others) < len(rest):
        return _is_repeated_title(blocks, others, typical)
    if ends_open(text):
        below = rest[0]
        told = [b for b in rest if not _is_numbered(b.text)]
        prose = bool(told) and sum(ends_sentence(b.text) for b in told) * 2 >= len(told)
        opens = size(below.text) >= max(LONG_PROSE, size(text) * 2) and ends_sentence(below.text)
        document = text in _DOCUMENT
        said = size(text) >= 8 and echo(text, gather_words(rest)) >= MIN_ECHO
        return (
            document or prose or opens or said or size(text) * 2 <= typical or _stands_apart(blocks)
        )
    if not ends_sentence(text):
        return False
    return (size(text) <= MAX_CRY and _is_headline(blocks, typical)) or _announces(blocks)


def is_subject(blocks: Sequence[Block]) -> bool:
    """Whether a word of a page's, right above the text, is what the text speaks of: 会员."""
    if len(blocks) < 2 or blocks[0].kind != "paragraph" or not is_prose(blocks[1]):
        return False
    word = fold(blocks[0].text)
    plain = word.isalpha() and word not in _CALLS and 2 <= size(word) <= MAX_SUBJECT
    return plain and sum(fold(block.text).count(word) for block in blocks[1:]) >= MIN_SAID


def _is_repeated_title(blocks: Sequence[Block], others: Sequence[Block], typical: float) -> bool:
    """Whether a first line that is shown again is the title, no refrain and no structure.

    It is between paragraphs, or right below what said when the text appeared.
    """
    text = blocks[0].text
    again = same_line(blocks[1].text, text) and blocks[1].line > blocks[0].line + 1
    prose = typical >= LONG_PROSE or _in_prose(others, text)
    document = text in _DOCUMENT
    return size(text) >= MIN_REPEATED and (prose or document or (again and size(text) >= MIN_TOLD))


def _is_numbered(text: str) -> bool:
    """Whether a line is the name of a numbered section: it says nothing of what the text is."""
    return size(text) <= MAX_CRY and ends_open(text) and read_number(fold(text)) is not None


def _has_subtitle(blocks: Sequence[Block]) -> bool:
    """Whether a dash below a quoted line says what it is about: ——某某小记."""
    text, below = blocks[0].text, blocks[1].text
    dashed = _SUBTITLE.match(below) is not None and size(below) <= MAX_CRY and ends_open(below)
    return dashed and is_quoted(text) and text[-1] in _CLOSING and len(blocks) > 2


def _is_quoted_title(blocks: Sequence[Block]) -> bool:
    """Whether a first line is words in quotation marks without a stop, above prose: speech has one."""
    text, below = blocks[0].text, blocks[1]
    whole = _QUOTATION.fullmatch(text) is not None and size(text) >= MIN_REPEATED
    return whole and size(below.text) >= LONG_PROSE and not is_quoted(below.text)


def _runs_on(blocks: Sequence[Block]) -> bool:
    """Whether a long first line breaks off, and the next one goes on with its last word."""
    text, below = blocks[0].text, blocks[1]
    if size(text) < MIN_BROKEN or below.line > blocks[0].line + 1 or not ends_open(text):
        return False
    return (
        "，" in text
        and (_BREAKS_OFF.search(fold(text)) or _LAST_WORD.match(fold(below.text[:2]))) is not None
    )


def _begins_story(blocks: Sequence[Block]) -> bool:
    """Whether somebody begins to tell, in a line that nothing sets off and no sentence repeats."""
    text = blocks[0].text
    if size(text) < MIN_TOLD or blocks[1].line > blocks[0].line + 1 or not ends_open(text):
        return False
    once = _ONCE.match(fold(text)) is not None
    # One that ends openly among whole sentences is none of them, but where it says when it was.
    apart = "，" not in text and all(ends_sentence(block.text) for block in blocks[1:])
    told = once or (text[0] in _STORY_TELLERS and not apart)
    return told and echo(text, gather_words(blocks[1:])) < MIN_TOLD_ECHO


def _announces(blocks: Sequence[Block]) -> bool:
    """Whether a first line that ends in ! or ? says what the text says, or calls on its readers."""
    text = blocks[0].text
    if size(text) < 8 or text[0] in _STORY_TELLERS or is_dated(text):
        return False
    said = echo(text, gather_words(blocks[1:])) >= (MIN_NEWS_ECHO if _is_news(blocks) else MIN_ECHO)
    asked = "？" in text[:-1] and size(text) >= MIN_ASKED and _is_calm(blocks)
    return said or asked or (has_inner_stop(text) and text in _CALLS) or _reports(blocks)


def _is_news(blocks: Sequence[Block]) -> bool:
    """Whether a first line tells much at once and cries, and all is calm below.

    Who tells of himself may begin so, but hardly goes on for long in calm.
    """
    text, prose = blocks[0].text, sum(map(is_prose, blocks[1:]))
    full = size(text) > MAX_CRY and "，" in text
    least = MIN_OWN_LINES if {*"我俺"} & {*text} else MIN_NEWS_LINES
    return full and prose >= least and _is_calm(blocks)


def _is_calm(blocks: Sequence[Block]) -> bool:
    """Whether nobody cries out, asks or speaks below the first line."""
    ends = [block.text[-1] for block in blocks[1:]]
    return not {*"！!？?"} & {*ends} and sum(end in "”」" for end in ends) <= MOST_SAID


def _reports(blocks: Sequence[Block]) -> bool:
    """Whether nobody cries out but the first line, and the next long one names what it names."""
    if len(blocks) < 2:
        return False
    text, below = (letters(block.text) for block in blocks[:2])
    named = {text[n : n + MIN_NAME] for n in range(len(text) - MIN_NAME + 1)}
    return _is_calm(blocks) and len(below) >= MIN_CRY_BELOW and any(name in below for name in named)


def _in_prose(others: Sequence[Block], text: str) -> bool:
    """Whether a line without a stop stands among sentences, as a line of a song does not."""
    stopped = sum(ends_sentence(block.text) for block in others)
    return ends_open(text) and stopped * 4 >= len(others) * 3


def _is_headline(blocks: Sequence[Block], typical: float) -> bool:
    """Whether a first line that ends in ! or ? is more than the first sentence of a story."""
    text = blocks[0].text
    over_prose = (
        size(text) >= 8
        and text[0] not in _STORY_TELLERS
        and size(text) * 2 <= typical
        and size(blocks[1].text) >= LONG_PROSE
        and ends_sentence(blocks[1].text)
    )
    short = size(text) >= 8 and size(text) * 5 <= typical * 2 and not set("，,：:") & set(text)
    credited = is_credit(blocks[1].text) or is_dated(blocks[1].text)
    return short or over_prose or credited or _stands_apart(blocks)


def _stands_apart(blocks: Sequence[Block]) -> bool:
    """Whether more empty lines follow the first line than the others."""
    gaps = [after.line - before.line for before, after in pairwise(blocks)]
    return len(gaps) > 2 and gaps[0] > median(gaps[1:])
