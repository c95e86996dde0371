"""Chapter headings: marked up, numbered, bold, or short bare lines between long paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from readaloud.chinese.fold import fold
from readaloud.editing.bare_headings import find_bare
from readaloud.editing.bylines import is_credit
from readaloud.editing.echoes import is_prose
from readaloud.editing.heading_numbers import CHAPTER_RANK, read_number
from readaloud.editing.line_shape import (
    ends_open,
    ends_sentence,
    find_speakers,
    has_inner_stop,
    is_spoken,
    size,
    typical_size,
)
from readaloud.editing.numbered_headings import find_numbered, read_numbers
from readaloud.editing.rulebook import mark
from readaloud.editing.titles import Title
from readaloud.errors import Message, msg
from readaloud.model import Block

MAX_HEADING = 40
MAX_MARKED = 80
MAX_CLAUSE, MAX_TWO_COMMAS = 44, 34
BOLD_SHARE = 0.8
MIN_CRY, MIN_ASKED = 8, 5
UNNUMBERED_RANK = 9
"""Below all numbered ones."""
MAX_LEVEL = 6

_COMMA = re.compile("[,，]")
_NO_HEADING = mark("no heading")


def mark_headings(
    blocks: Sequence[Block], title: Title | None, captions: frozenset[str] = frozenset()
) -> tuple[list[Block], dict[int, str]]:
    """Give every block its place: headings become kind "heading" with a level, the rest text.

    Markup is believed where there is any, and bold lines beside it. Otherwise numbered lines count, and lines that are
    bold, or bare and short among long paragraphs; never speech, verse or a story's short lines.
    Lines of ``captions`` were shown more than once and head nothing.

    The second value names the rule of each heading by its index.
    """
    shown = title.find(blocks) if title else None
    marked = [_check_markup(block) for block in blocks]
    for n in _find_teasers(marked):
        marked[n] = replace(blocks[n], kind="paragraph", level=0)
    if shown is not None:
        marked[shown] = replace(blocks[shown], kind="heading", level=1)
    how: dict[int, str] = {
        n: msg("marked up") for n, b in enumerate(marked) if n != shown and b.kind == "heading"
    }
    body = [n for n in range(len(marked)) if n != shown and marked[n].text not in captions]
    if how and any(map(is_prose, marked[min(how) + 1 :])):
        levels = _levels_below(marked, _find_bold(marked, body), min(how))
        named = dict.fromkeys(levels, msg("bold line"))
    else:  # what is marked up below all text heads none of it
        levels, named = _find_unmarked(marked, [n for n in body if n not in how])
    for index, level in levels.items():
        marked[index] = replace(marked[index], kind="heading", level=level)
    return marked, {**how, **named}


def _find_unmarked(
    blocks: Sequence[Block], body: Sequence[int]
) -> tuple[dict[int, int], dict[int, Message]]:
    """Levels of numbered, bold and bare lines where nothing is marked up, and their rules."""
    numbers = read_numbers(blocks, body)
    numbered = find_numbered(blocks, body, numbers)
    bold = _find_bold(blocks, body)
    # A book has its chapters, an article with bold headings has those.
    told = len(bold) > 1 or any(rank <= CHAPTER_RANK for rank in numbered.values())
    bare = [] if told else find_bare(blocks, [n for n in body if n not in numbers])
    shaped = dict.fromkeys([*bold, *bare], UNNUMBERED_RANK)
    how = {n: msg("numbered") if n in numbered else msg("bold or bare line") for n in shaped}
    return _levels({**shaped, **numbered}), {**how, **dict.fromkeys(numbered, msg("numbered"))}


def _levels_below(blocks: Sequence[Block], bold: Sequence[int], first: int) -> dict[int, int]:
    """Levels of bold lines beside headings that are marked up: one below the nearest above."""
    levels: dict[int, int] = {}
    for n in bold:
        above = next((m for m in range(n, -1, -1) if blocks[m].kind == "heading"), None)
        marked = blocks[first if above is None else above]
        levels[n] = min(max(marked.level + (n > first), 2), MAX_LEVEL)
    return levels


def _levels(ranks: Mapping[int, int]) -> dict[int, int]:
    """Levels from 2 on: a heading lies in the nearest one above it that has a lower rank."""
    above: list[int] = []
    levels: dict[int, int] = {}
    for index in sorted(ranks):
        while above and above[-1] >= ranks[index]:
            above.pop()
        above.append(ranks[index])
        levels[index] = min(1 + len(above), MAX_LEVEL)
    return levels


def _check_markup(block: Block) -> Block:
    """Some pages mark whole paragraphs as headings for the size of their letters."""
    if block.kind != "heading":
        return block
    text = block.text
    commas = len(_COMMA.findall(text))
    most = 0 if size(text) > MAX_CLAUSE else 1
    clauses = size(text) > (MAX_HEADING if commas < 2 else MAX_TWO_COMMAS) and commas > most
    prose = (
        size(text) > MAX_MARKED
        or (text.endswith("。") and size(text) > 20)
        or (clauses and read_number(fold(text)) is None)
    )
    return replace(block, kind="paragraph", level=0) if prose else block


def _find_teasers(blocks: Sequence[Block]) -> list[int]:
    """Headings that lead to other articles: links with no text of their own below."""
    return [
        n
        for n, block in enumerate(blocks)
        if block.kind == "heading"
        and block.linked
        and (n + 1 == len(blocks) or blocks[n + 1].linked or blocks[n + 1].kind == "heading")
    ]


def _is_line(block: Block) -> bool:
    """A short line of one clause group that does not run on into the next."""
    text = block.text
    return (
        block.kind == "paragraph"
        and size(text) <= MAX_HEADING
        and any(map(str.isalpha, text))
        and not has_inner_stop(text.replace("？", ""))
        and not text.endswith(tuple("。；;，,、…"))
    )


def _find_bold(blocks: Sequence[Block], body: Sequence[int]) -> list[int]:
    """Bold lines over text that is not bold and longer."""
    if not any(blocks[n].strong for n in body):
        return []
    texts = [blocks[n] for n in body]
    # 北斗星：憨厚 is no talk: who speaks says whole sentences.
    typical = _typical(texts)
    speakers = find_speakers([block for block in texts if ends_sentence(block.text)])
    return [
        n
        for n in body
        if blocks[n].strong
        and _may_head(blocks[n], speakers)
        and size(blocks[n].text) <= typical * BOLD_SHARE
        and n + 1 < len(blocks)
        and not blocks[n + 1].strong
        and blocks[n + 1].kind != "heading"
    ]


def _typical(texts: Sequence[Block]) -> float:
    """Many headings among few paragraphs must not make the paragraphs look short."""
    ended = [block for block in texts if ends_sentence(block.text)]
    return max(typical_size(texts), typical_size(ended))


def _may_head(block: Block, speakers: frozenset[str]) -> bool:
    text = block.text
    if not _is_line(block) or text in _NO_HEADING or is_credit(text):
        return False
    if text.endswith(tuple("：:")) or is_spoken(text, speakers):
        return False
    if ends_open(text):
        return True
    least = MIN_ASKED if text[-1] in "？?" else MIN_CRY
    return size(text) >= least and not set("，,：:") & set(text)
