"""An encyclopedia's entry in plain text: buttons beside a line say that it is a section's heading.

沿革 above 播报 and 编辑, 形象[編輯]: without them the headings are lines like the menu's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from readaloud.chinese.fold import fold
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import ends_open, has_words, size
from readaloud.editing.rulebook import mark
from readaloud.errors import msg
from readaloud.model import Block

MIN_SECTIONS = 2
HEADING_CHARS = 20
SENTENCE_CHARS = 12
_STOPS = frozenset("。！？")
_ROW = mark("buttons of an entry")
_BEHIND = mark("buttons behind a heading")
_CONTENTS = mark("contents header")
_OTHERS = mark("section of other entries")
_NOTES = mark("section of notes")
_NOTE = re.compile(r"[\^↑\[［\d①-⑳*•・]")
_BUTTONS = Finding("inline mark", msg("mark of the page inside the text"))
_LISTED = Finding("contents", msg("table of contents"))
_RELATED = Finding("related", msg("list of other articles"))


@dataclass(frozen=True, slots=True)
class Entry:
    """The blocks with their headings marked, the names of those, and what is no text."""

    blocks: tuple[Block, ...]
    names: frozenset[str] = frozenset()
    gone: Mapping[int, Finding] = field(default_factory=dict)
    """By the number of the line: pieces are cut out of a block before it goes."""

    def find(self, blocks: Sequence[Block]) -> dict[int, Finding]:
        """Those of the blocks that are no text, by index."""
        return {n: self.gone[b.line] for n, b in enumerate(blocks) if b.line in self.gone}


def read_entry(blocks: Sequence[Block]) -> Entry:
    """The entry's parts, as its buttons show them; without several sections it is none."""
    rows = {n for n, b in enumerate(blocks) if b.kind == "paragraph" and b.text in _ROW}
    heads = [n for n, b in enumerate(blocks) if n not in rows and _is_head(blocks, n, rows)]
    told = [n for n in heads if _tells(blocks, n, rows)]
    if len(told) < MIN_SECTIONS:
        return Entry(tuple(blocks))
    gone = dict.fromkeys((n for n in rows if n - 1 in {*heads, *rows}), _BUTTONS)
    gone |= dict.fromkeys(_find_contents(blocks, heads), _LISTED)
    gone |= dict.fromkeys(_find_others(blocks, heads), _RELATED)
    first = next(n for n, b in enumerate(blocks) if _has_sentence(b.text))
    marked = [
        replace(b, kind="heading", level=1 if n < first else 2) if n in heads else b
        for n, b in enumerate(blocks)
    ]
    names = frozenset(_name(blocks[n].text) for n in heads)
    return Entry(tuple(marked), names, {marked[n].line: each for n, each in gone.items()})


def _is_head(blocks: Sequence[Block], index: int, rows: set[int]) -> bool:
    block = blocks[index]
    if (
        block.kind != "paragraph"
        or not has_words(block.text)
        or len(block.text) > 3 * HEADING_CHARS
    ):
        return False
    name = _name(block.text)
    short = 0 < size(name) <= HEADING_CHARS and ends_open(name)
    return short and (index + 1 in rows or name != fold(block.text))


def _name(text: str) -> str:
    """A heading without the buttons behind it."""
    return _BEHIND.cut_from(fold(text)).strip()


def _tells(blocks: Sequence[Block], index: int, rows: set[int]) -> bool:
    """Whether a sentence stands below a heading and its buttons."""
    below = (n for n in range(index + 1, len(blocks)) if n not in rows)
    return _has_sentence(blocks[next(below, index)].text)


def _has_sentence(text: str) -> bool:
    """Whether a line is a sentence; the number of a note may stand behind it."""
    return size(text) >= SENTENCE_CHARS and not _STOPS.isdisjoint(text)


def _find_contents(blocks: Sequence[Block], heads: Sequence[int]) -> set[int]:
    """The list of the sections below its header, numbers and bullets aside."""
    names = {_name(blocks[n].text) for n in heads}
    above = range(heads[-1])
    header = next(
        (n for n in above if len(blocks[n].text) <= 10 and blocks[n].text in _CONTENTS), None
    )
    if header is None:
        return set()
    end = header + 1
    listed = {header}
    while end < len(blocks) and end not in heads and size(blocks[end].text) <= HEADING_CHARS:
        listed.add(end)
        end += 1
    named = sum(any(blocks[n].text.endswith(name) for name in names) for n in listed)
    return listed if named >= MIN_SECTIONS else set()


def _find_others(blocks: Sequence[Block], heads: Sequence[int]) -> set[int]:
    """A section that only names other entries or sources, its heading with it."""
    found: set[int] = set()
    for index, end in zip(heads, [*heads[1:], len(blocks)], strict=True):
        names = range(index + 1, end)
        listed = all(ends_open(blocks[n].text) for n in names)
        noted = all(_NOTE.match(blocks[n].text) for n in names)
        name = _name(blocks[index].text)
        if names and ((listed and name in _OTHERS) or (noted and name in _NOTES)):
            found |= {index, *names}
    return found
