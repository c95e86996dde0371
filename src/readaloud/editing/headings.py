"""Chapter headings: marked up, numbered, bold, or short bare lines between long paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from readaloud.chinese.fold import fold
from readaloud.editing.bylines import is_credit
from readaloud.editing.line_shape import (
    ends_open,
    ends_sentence,
    find_speakers,
    has_inner_stop,
    has_words,
    is_spoken,
    size,
    typical_size,
)
from readaloud.editing.rulebook import mark
from readaloud.editing.titles import Title
from readaloud.errors import msg
from readaloud.model import Block

MAX_HEADING = 40
MAX_MARKED = 80
LONG_PROSE = 40
"""Where the typical paragraph is shorter, a bare short line says nothing."""
SHORT_SHARE = 0.35
LONG_SHARE = 0.5
BOLD_SHARE = 0.8
MIN_CRY = 8

_CN = "零〇一二三四五六七八九十百"
_FORMS = (
    (2, re.compile(rf"第[{_CN}\d]{{1,6}}[章节回卷部篇幕集讲课](?=$|[ :：、.．])")),
    (2, re.compile(rf"[{_CN}]{{1,3}}[、.．]")),
    (3, re.compile(rf"[（(][{_CN}]{{1,3}}[)）]")),
    (2, re.compile(r"(?:PART|Part|Chapter|CHAPTER|NO|No)\.?\s?\d{1,3}")),
    (2, re.compile(r"0?\d{1,2}(?:[、.．](?!\d)|$)|0\d ")),
    (2, re.compile(rf"[{_CN}ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{{1,3}}$")),
)
_NO_HEADING = mark("no heading")


def mark_headings(
    blocks: Sequence[Block], title: Title | None, captions: frozenset[str] = frozenset()
) -> tuple[list[Block], dict[int, str]]:
    """Give every block its place: headings become kind "heading" with a level, the rest text.

    Markup is believed where there is any. Otherwise numbered lines count, and lines that are
    bold, or bare and short among long paragraphs; never speech, verse or a story's short lines.
    Lines of ``captions`` were shown more than once and head nothing.

    The second value names the rule of each heading by its index.
    """
    shown = title.find(blocks) if title else None
    marked = [_check_markup(block) for block in blocks]
    if shown is not None:
        marked[shown] = replace(blocks[shown], kind="heading", level=1)
    how: dict[int, str] = {
        n: msg("marked up") for n, b in enumerate(marked) if n != shown and b.kind == "heading"
    }
    if how:
        return marked, how
    body = [n for n in range(len(marked)) if n != shown and marked[n].text not in captions]
    numbered, unmarked = _find_numbered(marked, body), _find_unmarked(marked, body)
    for index, level in {**unmarked, **numbered}.items():
        how[index] = msg("numbered") if index in numbered else msg("bold or bare line")
        marked[index] = replace(marked[index], kind="heading", level=level)
    return marked, how


def _check_markup(block: Block) -> Block:
    """Some pages mark whole paragraphs as headings for the size of their letters."""
    if block.kind != "heading":
        return block
    prose = size(block.text) > MAX_MARKED or (block.text.endswith("。") and size(block.text) > 20)
    return replace(block, kind="paragraph", level=0) if prose else block


def _is_line(block: Block) -> bool:
    """A short line of one clause group that does not run on into the next."""
    text = block.text
    return (
        block.kind == "paragraph"
        and size(text) <= MAX_HEADING
        and has_words(text)
        and not has_inner_stop(text)
        and not text.endswith(tuple("。；;，,、…"))
    )


def _find_numbered(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, int]:
    """Numbered lines of a form whose lines mostly have text below them: else they are a list."""
    found: dict[int, int] = {}
    short = {n: fold(blocks[n].text) for n in body if _is_line(blocks[n])}
    for level, form in _FORMS:
        lines = [n for n, text in short.items() if form.match(text)]
        same = set(lines)
        leading = [n for n in lines if n + 1 < len(blocks) and n + 1 not in same]
        named = form is _FORMS[0][1]
        if len(leading) * 2 > len(lines) and (named or len(leading) > 1):
            found |= {n: level for n in lines if n not in found}
    return found


def _find_unmarked(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, int]:
    """Bold lines, and bare lines that stand alone among long paragraphs."""
    texts = [blocks[n] for n in body]
    # Many headings among few paragraphs must not make the paragraphs look short.
    ended = [block for block in texts if ends_sentence(block.text)]
    typical, speakers = max(typical_size(texts), typical_size(ended)), find_speakers(texts)
    bold = [
        n
        for n in body
        if blocks[n].strong
        and _may_head(blocks[n], speakers)
        and size(blocks[n].text) <= typical * BOLD_SHARE
        and n + 1 < len(blocks)
        and not blocks[n + 1].strong
    ]
    bare = _find_bare(blocks, body, typical, speakers)
    return dict.fromkeys([*bold, *bare], 2)


def _find_bare(
    blocks: Sequence[Block], body: Sequence[int], typical: float, speakers: frozenset[str]
) -> list[int]:
    if typical < LONG_PROSE:
        return []
    short = [
        n
        for n in body
        if blocks[n].kind == "paragraph" and size(blocks[n].text) <= typical * SHORT_SHARE
    ]
    alone = [
        n
        for n in short
        if _may_head(blocks[n], speakers)
        and _is_border(blocks, n - 1, body, typical)
        and n + 1 < len(blocks)
        and _is_border(blocks, n + 1, body, typical)
    ]
    # A story has many short lines, most of them sentences: there none is a heading.
    if len(alone) * 2 < len(short):
        return []
    open_ended = [n for n in alone if ends_open(blocks[n].text)]
    # One line that ends in ! is a cry; several of a kind are headings.
    return alone if len(alone) > 1 else open_ended


def _may_head(block: Block, speakers: frozenset[str]) -> bool:
    text = block.text
    if not _is_line(block) or text in _NO_HEADING or is_credit(text):
        return False
    if text.endswith(tuple("：:")) or is_spoken(text, speakers):
        return False
    cry = not ends_open(text)
    return not cry or (size(text) >= MIN_CRY and not set("，,：:") & set(text))


def _is_border(blocks: Sequence[Block], index: int, body: Sequence[int], typical: float) -> bool:
    """Whether that neighbour sets a heading off: long prose, the title, a picture, a list."""
    if index < 0 or (body and index == 0 and body[0] == 1):
        return True
    block = blocks[index]
    return block.kind != "paragraph" or size(block.text) >= typical * LONG_SHARE
