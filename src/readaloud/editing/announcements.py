"""What a listener can't see is said: numbers of lists, that a picture is one, how long a table is.

Only here are words added to the article's own: every rule before has seen the lines as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from readaloud.chinese.fold import fold
from readaloud.chinese.numerals import from_words, ordinal
from readaloud.editing.findings import Finding, record
from readaloud.editing.pictures import RULE
from readaloud.errors import msg
from readaloud.model import Block, Removal

SHORT = 60
"""Characters of an alternative text that is said in short: two lines on a screen."""
_PICTURE = {"zh-Hans": "图片：", "zh-Hant": "圖片："}
_NAMES_ITSELF = re.compile(
    r"[▲△▼▽]|[（(【]?图(?:[片为注说源解中示上下左右：:]|\s?\d|[一二三四五六七八九十])"
)
"""图为…, 图1：, （图源 …）: a caption that says itself what it is of."""
LONG_TABLE = 12
"""From so many rows on a listener is told how long the table is."""
_TABLE = {"zh-Hans": "表格，共{count}行：", "zh-Hant": "表格，共{count}列："}
_REST = Finding(RULE, msg("rest of an alternative text"))
_SAID = Finding("list number", msg("number of a list, which stands in the text too"))
_NUMBER = r"(\d{1,4}|[一二三四五六七八九十百]{1,5})"
_STATED = tuple(
    map(
        re.compile,
        (
            rf"[（(]?\s{{0,3}}{_NUMBER}\s{{0,3}}[.．、)）:：，,](?!\d)",
            rf"第\s{{0,3}}{_NUMBER}\s{{0,3}}(?:[章节条步项点回集部篇课]|[，,、:：\s])",
            "([一二三四五六七八九十]{1,3})[是来则]",
            "([①-⑳⑴-⒛㈠-㈩㊀-㊉❶-❿])",
        ),
    )
)
"""Ways in which a text, folded, numbers itself: 1. (2) 三、 第四步 五是 ⑥."""
_ORDINAL = re.compile("第[零一二三四五六七八九十百千万亿]+")
_STOP = re.compile("[。！？!?]")
_CLAUSE = re.compile("[，、；：,;:]")


def announce(
    blocks: Sequence[Block], language: str, whole: Iterable[int]
) -> tuple[tuple[Block, ...], list[Removal]]:
    """The blocks with what is said before them, and what of their texts is left out.

    Args:
        blocks: those that are spoken, in order.
        language: ``zh-Hans`` or ``zh-Hant``.
        whole: indices of the alternative texts that are not to be shortened.
    """
    uncut, plain = frozenset(whole), _captions_of_described(blocks)
    tables = _find_long_tables(blocks)
    told: list[Block] = []
    removed: list[Removal] = []
    for index, block in enumerate(blocks):
        text, rest = (block.text, "") if index in uncut else _shorten(block)
        if block.picture and index not in plain and not _NAMES_ITSELF.match(fold(text)):
            text = _PICTURE[language] + text
        if index in tables:
            text = _TABLE[language].format(count=tables[index]) + text
        if rest:
            removed.append(record(replace(block, text=rest), _REST))
        if block.label and _states(block):
            removed.append(record(replace(block, text=block.label), _SAID))
        elif block.label:
            text = f"{block.label}，{text}"
        told.append(block if text == block.text else replace(block, text=text, label=""))
    return tuple(told), removed


def _shorten(block: Block) -> tuple[str, str]:
    """A long alternative text's first sentences, or clauses, and the rest."""
    text = block.text
    if not block.described or len(text) <= SHORT:
        return text, ""
    ends = [match.end() for match in _STOP.finditer(text[:SHORT])]
    ends = ends or [match.end() for match in _CLAUSE.finditer(text[:SHORT])] or [SHORT]
    return text[: ends[-1]], text[ends[-1] :].strip()


def _find_long_tables(blocks: Sequence[Block]) -> dict[int, int]:
    """How many rows each long table has, by the index of its first row."""
    found: dict[int, int] = {}
    for is_row, run in groupby(range(len(blocks)), lambda index: blocks[index].kind == "row"):
        first, *others = run
        if is_row and len(others) + 1 >= LONG_TABLE:
            found[first] = len(others) + 1
    return found


def _captions_of_described(blocks: Sequence[Block]) -> frozenset[int]:
    """The captions that stand beside the alternative text of their own picture, by index."""
    found: set[int] = set()
    for _, run in groupby(range(len(blocks)), lambda index: blocks[index].picture):
        indices = list(run)
        if any(blocks[index].described for index in indices):
            found |= {index for index in indices if not blocks[index].described}
    return frozenset(found)


def _states(block: Block) -> bool:
    """Whether the text begins with the number that the list gives it."""
    if not _ORDINAL.fullmatch(block.label):
        return block.text.startswith(block.label)
    found = (match for form in _STATED if (match := form.match(fold(block.text))))
    numbers = (from_words(match[1]) for match in found)
    return any(number is not None and ordinal(number) == block.label for number in numbers)
