"""Headings that a file sets over two lines: 第三章 and its name, 一、 and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from readaloud.chinese.fold import fold
from readaloud.editing.line_shape import has_inner_stop, is_quoted, size
from readaloud.model import Block

MAX_NAME = 30
_CN = "零〇一二三四五六七八九十百千"
_NUMBER = re.compile(
    rf"第[{_CN}\d]{{1,6}}[章节回卷部篇幕集讲课]|[{_CN}]{{1,3}}[、.．]|[（(][{_CN}]{{1,3}}[)）]"
    r"|(?:PART|Part|Chapter|CHAPTER)\.?\s?\d{1,3}|0\d|\d{1,2}[、.．]"
)
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


def _is_split(blocks: Sequence[Block], index: int) -> bool:
    """Whether a name belongs to the number: short, one clause, longer text below it."""
    if index + 2 >= len(blocks) or len(blocks[index].text) > 12:
        return False
    number, name, below = blocks[index : index + 3]
    if number.kind != name.kind or number.level != name.level or number.ruby or name.ruby:
        return False
    if number.kind not in {"paragraph", "heading"} or not _NUMBER.fullmatch(fold(number.text)):
        return False
    text = name.text
    short = size(text) <= MAX_NAME and not has_inner_stop(text) and text[-1] not in "。；;，,、…：:"
    own = not _NUMBER.match(fold(text)) and not _DATE.match(text) and not is_quoted(text)
    return (
        short and own and size(below.text) > size(text) and not _NUMBER.fullmatch(fold(below.text))
    )
