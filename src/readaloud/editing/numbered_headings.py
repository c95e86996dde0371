"""Numbered headings: lines whose numbers count on, each with text of its own below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from readaloud.chinese.fold import fold
from readaloud.editing.heading_numbers import CHAPTER_RANK, Number, read_number
from readaloud.editing.line_shape import ends_open, ends_sentence, has_inner_stop, has_words, size
from readaloud.editing.rulebook import mark
from readaloud.model import Block

MAX_HEADING = 40
MAX_UNSET = 20
"""A chapter whose name follows its number without a gap (第一章断桥) may be a sentence."""
MAX_GLUED, MIN_GLUED = 14, 3
"""The same of one that could be a sentence, and how many others make it a name."""
MAX_SKIPPED = 2
MIN_EXCERPT = 3
MAX_OPEN = 3
"""Counts that one may go on with: a list within sections has its own."""
LEADING_SHARE = 0.8
"""Headings have text below them; of steps and lists most have not."""
LEADING_SHARE_NAMED = 0.5
MIN_TORN = 20
TORN_SHARE = 0.3
"""Pages end where they are full, most in the middle of a sentence."""
_STEPS = "figure in brackets"
"""（1）: what is numbered so is a list of steps as often as an outline; no heading lacks a text."""
_OUTLINE = ("figure", "decimal")
_BOOK_UNIT = re.compile(r"第[^章回话]{1,9}[章回话]")
_UNIT = re.compile("[章回话讲课集幕节季期折夜卷部编篇辑册]")
_UNNUMBERED = mark("unnumbered chapter")
_QUOTED = re.compile("[“「『][^”」』]{1,30}[”」』]$")
_OPEN_ENDS = "。；;，,、"
_SENTENCE_HEADS = frozenset("的是课里中内外上下前后以之和与及到就也都在有")
"""What may follow 第三节 in a sentence."""


def read_numbers(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, Number]:
    """The numbers that paragraphs of ``body`` begin with, by index."""
    return {
        n: number
        for n in body
        if blocks[n].kind == "paragraph" and (number := read_number(fold(blocks[n].text[:60])))
    }


def find_numbered(
    blocks: Sequence[Block], body: Sequence[int], numbers: Mapping[int, Number]
) -> dict[int, int]:
    """Where numbered headings stand, and the rank of each: what lies in what."""
    lines = {n for n, number in numbers.items() if _is_line(blocks[n].text, number)}
    found: dict[int, int] = {}
    for run in (*_runs(numbers), *_outlines(numbers)):
        own = [n for n in run if n in lines]
        if _are_headings(blocks, run, own, numbers):
            closed = (n for n in run if numbers[n].named and _is_closed(blocks[n].text))
            glued = (n for n in _counted(run, own, numbers) if _is_glued(blocks[n].text))
            found |= {n: numbers[n].rank for n in (*own, *closed, *glued)}
    return {**found, **_find_unnumbered(blocks, body, found)}


def _is_line(text: str, number: Number) -> bool:
    """A short line of one clause group that does not run on into the next."""
    if size(text) > MAX_HEADING or not has_words(text) or text.endswith(tuple(_OPEN_ENDS)):
        return False
    if number.named:
        return "。" not in _QUOTED.sub("", text)
    unset = number.free and not number.named and number.style.startswith(("unit", "volume"))
    if unset and (size(text) > MAX_UNSET or _goes_on(text)):
        return False
    # 03减肥有多难？这样做是有害的
    return not has_inner_stop(text.replace("？", "")) and not text.endswith("…")


def _is_closed(text: str) -> bool:
    """Whether a chapter's short name ends in a full stop; beside others it is a name as theirs."""
    return size(text) <= MAX_UNSET and text.endswith("。") and not has_inner_stop(text)


def _counted(
    run: Sequence[int], own: Sequence[int], numbers: Mapping[int, Number]
) -> Iterator[int]:
    """Lines that count on by one from a heading, where most of the run are headings."""
    if len(own) < MIN_GLUED:
        return
    for before, n in pairwise(run):
        next_one = numbers[n].values[-1] == numbers[before].values[-1] + 1
        if next_one and n not in own and before in own:
            yield n


def _is_glued(text: str) -> bool:
    """Whether a book's chapter has a short name that could go on: 第104章下山."""
    book = _BOOK_UNIT.match(fold(text)) is not None
    return book and size(text) <= MAX_GLUED and ends_open(text) and "，" not in text


def _goes_on(text: str) -> bool:
    """Whether a sentence begins with the number: 第三节课下课以后."""
    unit = _UNIT.search(fold(text))
    return unit is not None and text[unit.end() : unit.end() + 1] in _SENTENCE_HEADS


def _runs(numbers: Mapping[int, Number]) -> list[list[int]]:
    """Lines of one style whose numbers count on; a count of its own may lie between them."""
    runs: dict[str, list[list[int]]] = defaultdict(list)
    for n, number in numbers.items():
        styled = runs[number.style]
        fitting = [run for run in styled[-MAX_OPEN:] if _counts_on(run, n, numbers)]
        run = max(fitting, key=itemgetter(-1), default=[])
        if not fitting:
            styled.append(run)
        run.append(n)
    return [run for styled in runs.values() for run in styled]


def _outlines(numbers: Mapping[int, Number]) -> list[list[int]]:
    """Lines whose numbers count on from depth to depth: 1, 1.1, 1.2, 2, 2.1."""
    runs: list[list[int]] = []
    for n, number in numbers.items():
        if not number.style.startswith(_OUTLINE) or "brackets" in number.style:
            continue
        fitting = [run for run in runs[-MAX_OPEN:] if _follows(numbers[run[-1]], number)]
        run = max(fitting, key=itemgetter(-1), default=[])
        if not fitting:
            runs.append(run)
        run.append(n)
    return [run for run in runs if len({len(numbers[n].values) for n in run}) > 1]


def _follows(before: Number, number: Number) -> bool:
    """Whether a number is the next one: as deep, the first one deeper, or back to a higher one."""
    *higher, last = number.values
    depth = len(higher)
    if depth == len(before.values):
        return last <= 1 and tuple(higher) == before.values
    if depth > len(before.values):
        return False
    step = last - before.values[depth]
    most = MAX_SKIPPED if depth + 1 == len(before.values) else 1
    return tuple(higher) == before.values[:depth] and 1 <= step <= most


def _counts_on(run: Sequence[int], n: int, numbers: Mapping[int, Number]) -> bool:
    before, number = numbers[run[-1]], numbers[n]
    if before.values[:-1] != number.values[:-1]:
        return False
    step = number.values[-1] - before.values[-1]
    return step >= 0 if number.free else 1 <= step <= MAX_SKIPPED


def _are_headings(
    blocks: Sequence[Block], run: Sequence[int], own: Sequence[int], numbers: Mapping[int, Number]
) -> bool:
    first = numbers[run[0]]
    if not own or len(own) * 2 < len(run):
        return False
    # A number of several parts, from which others of other depths go on, begins an excerpt.
    excerpt = len(first.values) > 1 and len({len(numbers[n].values) for n in run}) > 1
    if not (first.free or first.values[-1] <= 1 or excerpt or _count_closely(run, own, numbers)):
        return False
    named = any(numbers[n].named for n in own)
    if len(own) < 2 and not named:
        return False
    torn = sum(_is_torn(blocks, n) for n in own)
    if first.alone and not first.named and torn > len(own) * TORN_SHARE:
        return False
    leading = sum(_leads(blocks, n, set(own), numbers) for n in own)
    if named:
        return leading > len(own) * LEADING_SHARE_NAMED
    share = 1.0 if numbers[own[0]].style == _STEPS else LEADING_SHARE
    return leading >= len(own) * share


def _count_closely(run: Sequence[int], own: Sequence[int], numbers: Mapping[int, Number]) -> bool:
    """Whether three headings or more count on by one each: an excerpt may begin with any."""
    counts = [numbers[n].values[-1] for n in run]
    steps = {after - before for before, after in pairwise(counts)}
    named = not any(numbers[n].alone for n in run)
    return named and len(run) >= MIN_EXCERPT and len(own) == len(run) and steps == {1}


def _leads(
    blocks: Sequence[Block], index: int, same: set[int], numbers: Mapping[int, Number]
) -> bool:
    """Whether text, or a heading that lies deeper, stands below."""
    below = index + 1
    other = numbers.get(below)
    deeper = other is not None and other.rank > numbers[index].rank
    if below >= len(blocks) or (below in same and not deeper):
        return False
    return other is None or deeper or ends_sentence(blocks[below].text)


def _is_torn(blocks: Sequence[Block], index: int) -> bool:
    """Whether a number alone, as of a page, stands in the middle of a sentence."""
    above = blocks[index - 1].text if index else ""
    return size(above) >= MIN_TORN and not ends_sentence(above)


def _find_unnumbered(
    blocks: Sequence[Block], body: Sequence[int], numbered: Mapping[int, int]
) -> dict[int, int]:
    """楔子, 尾声 and 结语 beside numbered ones, on their level."""
    if not numbered:
        return {}
    top = min(numbered.values())
    rank = CHAPTER_RANK if top <= CHAPTER_RANK else top
    return {
        n: rank
        for n in body
        if blocks[n].kind == "paragraph"
        and size(blocks[n].text) <= MAX_HEADING
        and blocks[n].text in _UNNUMBERED
        and n + 1 < len(blocks)
        and n + 1 not in numbered
    }
