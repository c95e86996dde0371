"""Headings that a file sets over several lines: 第三章 and its name, two or three bold lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from readaloud.chinese.fold import fold
from readaloud.chinese.numerals import value
from readaloud.editing.heading_numbers import read_number
from readaloud.editing.line_shape import ends_open, has_inner_stop, is_quoted, size
from readaloud.model import Block

MAX_NUMBER = 12
"""As in 第一千二百三十四章."""
MAX_NAME = 30
ZERO_PADDED = 2
MAX_BOLD = 40
MAX_BOLD_LINES = 3
_DASHES = ("-", "—", "–")
_DATE = re.compile(r"\D{0,8}\d{1,4}[-/.年月]\s?\d{1,2}[-/.月日]")


def join_headings(blocks: Sequence[Block]) -> list[Block]:
    """Join a bare number with the short line below it where text follows."""
    joined: list[Block] = []
    index = 0
    while index < len(blocks):
        if _is_split(blocks, index):
            first, second = blocks[index], blocks[index + 1]
            gap = "" if first.text[-1] in "、)）" else " "
            joined.append(replace(first, text=f"{first.text}{gap}{second.text}"))
            index += 2
        else:
            joined.append(blocks[index])
            index += 1
    return joined


def join_bold(blocks: Sequence[Block], after: int, gone: Sequence[int]) -> list[Block]:
    """Join two or three short bold lines behind block ``after``, where text follows them.

    ``gone`` are the numbers of what was taken out, in order: nothing is joined across it.
    """
    joined: list[Block] = list(blocks[: after + 1])
    index = after + 1
    while index < len(blocks):
        run = _find_bold_run(blocks, index, gone)
        if 1 < len(run) <= MAX_BOLD_LINES and _heads(blocks, index, run):
            joined.append(replace(run[0], text=" ".join(block.text for block in run)))
        else:
            joined += run
        index += len(run)
    return joined


def _find_bold_run(blocks: Sequence[Block], index: int, gone: Sequence[int]) -> Sequence[Block]:
    """The bold lines from there on, or the one block that is no such line."""
    end = index
    while end < len(blocks) and blocks[end].strong and blocks[end].kind == "paragraph":
        if end > index and _lies_between(gone, blocks[end - 1].named, blocks[end].named):
            break
        end += 1
    return blocks[index : max(end, index + 1)]


def _lies_between(gone: Sequence[int], first: int, second: int) -> bool:
    return bisect_right(gone, first) < bisect_left(gone, second)


def _heads(blocks: Sequence[Block], index: int, run: Sequence[Block]) -> bool:
    """Whether the lines are one heading: short, open, only the first numbered, text below."""
    below = index + len(run)
    if below >= len(blocks) or sum(size(block.text) for block in run) > MAX_BOLD:
        return False
    own = all(ends_open(block.text) and not block.ruby for block in run)
    return own and not any(read_number(fold(block.text)) for block in run[1:])


def _is_split(blocks: Sequence[Block], index: int) -> bool:
    """Whether a name belongs to the number: short, one clause, longer text below it."""
    if index + 2 >= len(blocks):
        return False
    number, name, below = blocks[index : index + 3]
    if number.kind != name.kind or number.level != name.level or number.ruby or name.ruby:
        return False
    if size(below.text) <= size(name.text):
        return False
    if number.kind not in {"paragraph", "heading"} or not _is_number(number.text):
        return False
    text = name.text
    short = size(text) <= MAX_NAME and not has_inner_stop(text) and text[-1] not in "。；;，,、…：:"
    said = is_quoted(text) and not (number.strong and name.strong)
    own = read_number(fold(text)) is None and not _DATE.match(text) and not said
    return short and own and not _is_number(below.text)


def _is_number(text: str) -> bool:
    """第三章, 一、 or 01 alone; a bare 1 may count pages, a bare 一 parts that have no name."""
    if text.endswith(_DASHES):
        return False  # - 3 - is a page's, or a part's that has no name
    if len(text) > MAX_NUMBER or value(text) is not None:
        return text[:1] == "0" and len(text) == ZERO_PADDED
    number = read_number(fold(text))
    return number is not None and number.alone and len(number.values) == 1
