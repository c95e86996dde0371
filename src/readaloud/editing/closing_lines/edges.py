"""Lines of a text's edge, judged from the outside in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from readaloud.editing.closing_lines.one_line import (
    BESIDE,
    as_finding,
    is_prose,
    may_close,
    unsigned,
    weigh,
)
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import has_full_stop, has_words
from readaloud.model import Block

STATED = 2.0
"""More for a line with a full stop: most of those are the article's."""
LONELY = 1.0
"""More for a sentence that no other line of the page's stands beside."""
LONG, LONG_CHARS = 2.0, 70
"""More for a long one with a stop in it: of sixty such lines one is the page's."""
HEADER = 2.0
"""For a line that announces one that goes."""
HEADED_STOPS = 2
SPARED = 2
"""Lines that are passed over before the edge ends: a name, a date."""
HEADER_LINE = re.compile(
    "[：:]$|^.{0,6}(?:[声申]明|[聲申]明|提示|须知|須知|说明|說明)[】\\]]?$"
    "|^.{0,6}(?:人员|人員|团队|團隊|班底|幕后|幕後|STAFF)[^\\w]{0,3}$"
)


def find_edge(
    inwards: Sequence[int], blocks: Sequence[Block], found: Mapping[int, Finding], least: float
) -> dict[int, Finding]:
    """The lines from the outside in; once more, as what lies further in speaks for the others."""
    first = judge_edge(inwards, blocks, found, least)
    return {**judge_edge(inwards, blocks, {**found, **first}, least), **first}


def judge_edge(
    inwards: Iterable[int], blocks: Sequence[Block], found: Mapping[int, Finding], least: float
) -> dict[int, Finding]:
    """The lines that go, up to the first sentence or the third line that stays."""
    taken: dict[int, Finding] = {}
    spared = 0
    for index in inwards:
        block = blocks[index]
        if index in found or not has_words(block.text):
            continue
        near = any(n in found or n in taken for n in (index - 1, index + 1))
        odds = weigh(block.text) if may_close(block) else -math.inf
        if HEADER_LINE.search(block.text) and (near or index == len(blocks) - 1):
            near, odds = True, odds + HEADER
        told = STATED if has_full_stop(unsigned(block.text)) else 0.0
        told += LONELY if told and not near else 0.0
        told += LONG if "。" in block.text and len(block.text) >= LONG_CHARS else 0.0
        if odds >= (BESIDE if near else least) + told and not _is_headed(blocks, index, found):
            taken[index] = as_finding(odds)
            continue
        spared += 1
        if spared > SPARED or is_prose(block):
            break
    return taken


def _is_headed(blocks: Sequence[Block], index: int, found: Mapping[int, Finding]) -> bool:
    """Whether a line of two sentences is all that stands below a heading of the article's."""
    if index == 0 or index - 1 in found or blocks[index].text.count("。") < HEADED_STOPS:
        return False
    above = blocks[index - 1]
    marked = above.kind == "heading" and above.level > 1 and not above.linked
    return marked and weigh(above.text) < 0
