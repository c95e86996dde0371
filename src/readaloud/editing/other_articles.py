"""A second article pasted below the first, and teasers that are told in whole sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from readaloud.editing.closing_lines.one_line import BESIDE, weigh
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import (
    DECORATION,
    ends_open,
    ends_sentence,
    has_full_stop,
    has_inner_stop,
    is_sentence,
    size,
)
from readaloud.editing.publication_lines import read_line
from readaloud.editing.rulebook import mark
from readaloud.errors import msg
from readaloud.model import Block

_HEADER = mark("list header")
_TIME = mark("time of a teaser")
_TITLE_CHARS = 45
_TEASER_CHARS, _MOST_TOLD = 100, 60
_SERIES = 2
"""First characters that lines of one series share, as steps do."""
_PROSE_CHARS = 20
_GROUP = 3
"""Lines at most of one teaser: a headline and what is told of it."""
_DATED = re.compile(r"^[^，。！？]{0,16}(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}[^，。！？]*$")
_OF_ALL = re.compile(r"\W*\d{1,3}\s*[/／]\s*\d{1,3}\W*")
"""Which of the article's pictures, or of its pages: no day and no number of readers."""
_WORDS = re.compile(r"\w+")
_HEAD, _FORM = 4, 3
"""Lines at the head that may say when an article appeared, and signs that such a line has."""
MIN_SENTENCES = 2
MIN_TEASERS = 2
_TIME_SIGNS = frozenset("0123456789刚今昨前")
_COUNTS = frozenset({"counter", "reads"})
_ENDS = frozenset({"editor", "end mark", "farewell", "notice", "machine made", "supplier"})
"""Rules whose lines end an article."""


def find_others(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """What is another article's, by index; ``found`` is what is known already."""
    return _find_timed(blocks, found) | _find_told(blocks, found) | _find_second(blocks, found)


def _find_second(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """From a headline with a day and a source below it to the end, below the end of the first.

    Where more is told below than above it is a collection, and all of it stays.
    """
    starts = [n for n in range(1, len(blocks) - 2) if _begins(blocks, n, found)]
    if not starts or _told(blocks[: starts[0]]) < _told(blocks[starts[0] :]):
        return {}
    if sum(_is_sentence(block) for block in blocks[: starts[0]]) < MIN_SENTENCES:
        return {}
    finding = Finding("other article", msg("another article below this one"))
    return {n: finding for n in range(starts[0], len(blocks)) if n not in found}


def _begins(blocks: Sequence[Block], index: int, found: Mapping[int, Finding]) -> bool:
    """Whether an article begins there: its headline, when and where it appeared, its text."""
    line = blocks[index]
    if index in found or line.kind not in {"paragraph", "heading"}:
        return False
    ended = index - 1 in found and found[index - 1].rule in _ENDS
    title = size(line.text) <= _TITLE_CHARS and ends_open(line.text)
    return (
        title
        and not has_inner_stop(line.text)
        and _is_sentence(blocks[index + 2])
        and (ended or _dated_alike(blocks, index))
        and _is_dated(blocks[index + 1].text)
    )


def _dated_alike(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line below says when and where in the form in which one at the head says it."""
    form = _WORDS.sub("", blocks[index + 1].text)
    head = (block.text for block in blocks[1:_HEAD])
    return len(form) >= _FORM and any(_WORDS.sub("", t) == form and _is_dated(t) for t in head)


def _is_dated(text: str) -> bool:
    """Whether a line says when, and maybe where: 2025-10-20 08:30, 某某普法　2024-03-04."""
    read = read_line(text)
    if read is not None:
        return read.date is not None
    return size(text) <= _TITLE_CHARS and ends_open(text) and _DATED.search(text) is not None


def _is_sentence(block: Block) -> bool:
    return is_sentence(block.text, _PROSE_CHARS)


def _told(blocks: Sequence[Block]) -> int:
    return sum(size(block.text) for block in blocks if _is_sentence(block))


def _find_timed(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A header, and below it to the end teasers, each with its age in a line of its own."""
    if sum(_ends_teaser(blocks, n, found) for n in range(len(blocks))) < MIN_TEASERS:
        return {}
    finding = Finding("related", msg("list of other articles"))
    for index, block in enumerate(blocks):
        if _are_timed(blocks, index + 1, found) and _is_header(block.text):
            above = sum(_is_sentence(each) for each in blocks[:index])
            if above >= MIN_SENTENCES:
                return {n: finding for n in range(index, len(blocks)) if n not in found}
    return {}


def _find_told(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """A header, and below it to the end headlines, each with a sentence on what it is about."""
    finding = Finding("related", msg("list of other articles"))
    told: list[Block] = []
    for index in range(len(blocks) - 1, max(len(blocks) - _MOST_TOLD, 0), -1):
        block = blocks[index]
        if index in found or _is_time(block.text):
            continue
        header = _is_header(block.text)
        if not header:
            told.insert(0, block)
            continue
        paired = len(told) % 2 == 0 and all(map(_tells, told[::2], told[1::2]))
        if any(each.text[:_SERIES] == block.text[:_SERIES] for each in told[::2]):
            return {}  # 步骤3： heads no 步骤4：
        long = _told(blocks[:index]) > _told(told)
        if not (paired and long and len(told) >= 2 * MIN_TEASERS):
            return {}
        return {n: finding for n in range(index, len(blocks)) if n not in found}
    return {}


def _is_header(text: str) -> bool:
    """Whether a line stands over a list of others; in any words, as its shape has to say so, too."""
    if len(text) > _TITLE_CHARS or has_full_stop(text):
        return False
    return text.strip(DECORATION) in _HEADER or ("，" not in text and weigh(text) >= BESIDE)


def _tells(headline: Block, below: Block) -> bool:
    """Whether a headline stands above the one sentence that tells of another article."""
    title = size(headline.text) <= _TITLE_CHARS and ends_open(headline.text)
    short = size(headline.text) < size(below.text) <= _TEASER_CHARS and ends_sentence(below.text)
    return title and short and not any(has_inner_stop(b.text) for b in (headline, below))


def _are_timed(blocks: Sequence[Block], start: int, found: Mapping[int, Finding]) -> bool:
    """Whether the lines from there on fall into two short groups or more that end in a time."""
    groups = above = 0
    for index in range(start, len(blocks)):
        time = _ends_teaser(blocks, index, found)
        if index in found and not time:
            continue
        if not time:
            above += 1
            if above > _GROUP:
                return False
        elif not above:
            return False
        else:
            groups, above = groups + 1, 0
    # One line more may lead to all of them.
    return groups >= MIN_TEASERS and (not above or (above == 1 and _is_header(blocks[-1].text)))


def _ends_teaser(blocks: Sequence[Block], index: int, found: Mapping[int, Finding]) -> bool:
    """Whether a line says how old a teaser's article is, or how often it was read."""
    text = blocks[index].text
    counted = index in found and found[index].rule in _COUNTS
    return (counted or _is_time(text)) and not _OF_ALL.fullmatch(text)


def _is_time(text: str) -> bool:
    return len(text) <= _TITLE_CHARS and not _TIME_SIGNS.isdisjoint(text) and text in _TIME
