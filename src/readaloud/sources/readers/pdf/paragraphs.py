"""Joins the lines of a PDF into paragraphs, headings, rows and notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from readaloud.chinese.names import is_name
from readaloud.errors import msg
from readaloud.model import Block, BlockKind, Removal
from readaloud.sources.readers.pdf.layout import TextLine
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.hard_wraps import is_stopped
from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.table_rows import join_cells, name_table

NOTE_MARK = msg("note mark")
_GAPS = re.compile("[\\s、,，]{1,9}")
_LABELLED = re.compile(
    "(?:本[报報刊台]|特[约約])?(?:[记記]者|通[讯訊][员員]|撰文|作者|[编編]者)|[文图圖][/／]"
)
_HAN_ONLY = re.compile("[\u3400-\u9fff·]{2,12}")
"""In a name there is nothing else."""
CONTENTS = msg("table of contents")

_LARGER = 1.15
_SMALLER = 0.9
_MAX_HEADING = 80
_PAGE_LINES = 8
"""A page with fewer lines has no size of its own: it may be a cover."""
_INDENT = 0.8
"""Of the size; Chinese paragraphs begin two characters in."""
_WIDER = 1.35
"""A gap between lines this much over the usual parts paragraphs."""
_WORD = re.compile(r"[!-~\u00c0-\u024f]{1,60}")
_NO_START = "，。、；：？！”’）》」』】〉…—,.;:?!)]}"
_LEADER = re.compile(r"(?:[.·․…．]\s?){4}\s?\d{1,4}$")
_ITEM = re.compile(r"[•●○■□▪◆◇·]\s{0,3}\S|[-–]\s\S")


@dataclass(frozen=True, slots=True)
class _Norm:
    """What the body text of the file looks like."""

    size: float
    leading: float
    bold: bool


def build_blocks(pages: Sequence[Sequence[TextLine]]) -> tuple[list[Block], list[Removal]]:
    """Blocks in reading order, and the marks of notes that were in their lines.

    The notes at the foot of a page come behind the paragraph that its last line belongs to.
    """
    norms = _measure(pages)
    pages, contents = _without_contents([_named(lines) for lines in pages])
    starts: dict[int, int] = {}
    body: list[TextLine] = []
    notes: dict[int, list[TextLine]] = defaultdict(list)
    for lines in pages:
        kept = _above_notes(lines, norms)
        body += lines[:kept]
        if kept < len(lines):
            notes[lines[0].page] = list(lines[kept:])
    levels = _levels(body, norms)
    blocks: list[Block] = []
    for group in _groups(body, norms):
        starts |= dict.fromkeys(map(id, group), len(blocks))
        blocks += _signed(group, blocks, body) or _block(group, norms, levels)
        for page in [number for number in notes if number <= group[-1].page]:
            if page < group[-1].page or group[-1] is _last_of(body, page):
                for note in _groups(notes.pop(page), norms):
                    blocks += _block(note, norms, levels, kind="note")
    for lines in notes.values():
        for note in _groups(lines, norms):
            blocks += _block(note, norms, levels, kind="note")
    every = (line for lines in pages for line in lines if line.marks)
    marks = [Removal(line.page, line.marks, NOTE_MARK) for line in every]
    listed = [
        cut(Block(repair(line.text), line.page), CONTENTS, starts.get(id(below), len(blocks)))
        for line, below in contents
    ]
    return blocks, listed + marks


def _signed(
    group: Sequence[TextLine], above: Sequence[Block], body: Sequence[TextLine]
) -> list[Block]:
    """The line of authors right below the title, however large it is set; empty for any other.

    Nothing else is set in its size: what heads a section has others like it.
    """
    first = group[0]
    if len(above) != 1 or above[0].kind != "heading" or len(group) != 1:
        return []
    if sum(round(line.size, 1) == round(first.size, 1) for line in body) != 1:
        return []
    if _LABELLED.match(first.text):
        return [Block(repair(first.text), first.page)]
    parts = first.cells or tuple(filter(None, _GAPS.split(first.text)))
    names = [name for part in parts for name in _names(part)]
    return [Block("、".join(names), first.page)] if names and all(names) else []


def _names(text: str) -> Sequence[str]:
    """A name, or the two that a lost space has joined; an empty one where it is neither."""
    if not _HAN_ONLY.fullmatch(text):
        return [""]
    if is_name(text):
        return [text]
    cuts = ((text[:n], text[n:]) for n in (3, 2) if len(text) - n in {2, 3})
    return next((both for both in cuts if all(map(is_name, both))), [""])


def _named(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, the rows of each table with the names of their columns before their cells."""
    named: list[TextLine] = []
    for count, group in groupby(lines, lambda line: len(line.cells)):
        rows = list(group)
        if count:
            cells = name_table([row.cells for row in rows])
            rows = [
                row if own is row.cells else replace(row, cells=tuple(own))
                for row, own in zip(rows, cells, strict=True)
            ]
        named += rows
    return named


def _without_contents(
    pages: Sequence[Sequence[TextLine]],
) -> tuple[list[list[TextLine]], list[tuple[TextLine, TextLine | None]]]:
    """Lines without those of a table of contents, which lead to a page number by dots.

    These come with the next line below that is none of them.
    """
    listed: list[tuple[TextLine, TextLine | None]] = []
    below: TextLine | None = None
    for line in reversed([line for lines in pages for line in lines]):
        if _LEADER.search(line.text[-300:]):
            listed.append((line, below))
        else:
            below = line
    gone = {id(line) for line, _ in listed}
    return [[n for n in lines if id(n) not in gone] for lines in pages], listed[::-1]


def _last_of(body: Sequence[TextLine], page: int) -> TextLine | None:
    return next((line for line in reversed(body) if line.page == page), None)


def _measure(pages: Sequence[Sequence[TextLine]]) -> dict[int, _Norm]:
    """The body text of each page: the file's, but where a page has a size of its own."""
    whole = _norm_of(pages)
    norms: dict[int, _Norm] = {}
    for lines in pages:
        own = _norm_of([lines])
        chars = sum(len(line.text) for line in lines)
        alike = sum(len(n.text) for n in lines if abs(n.size - own.size) < 0.2)
        other = len(lines) >= _PAGE_LINES and alike * 3 >= chars * 2
        norms |= {line.page: own if other else whole for line in lines}
    return norms


def _norm_of(pages: Sequence[Sequence[TextLine]]) -> _Norm:
    """Size and weight by characters, leading by pairs of lines of that size."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
            bold += len(line.text) * line.bold
            total += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    gaps = Counter(
        round((one.y - two.y) * 2) / 2
        for lines in pages
        for one, two in pairwise(lines)
        if one.y > two.y and abs(one.size - size) < 0.2 and abs(two.size - size) < 0.2
    )
    leading = gaps.most_common(1)[0][0] if gaps else size * 1.5
    return _Norm(size, leading, bold * 2 > total)


def _above_notes(lines: Sequence[TextLine], norms: Mapping[int, _Norm]) -> int:
    """How many lines stand above the smaller ones at the foot of the page."""
    kept = len(lines)
    while kept and lines[kept - 1].size <= _SMALLER * norms[lines[kept - 1].page].size:
        kept -= 1
    return (
        kept
        if kept and lines[kept - 1].y > max(n.y for n in [*lines[kept:], lines[-1]]) - 1
        else (len(lines))
    )


def _levels(lines: Sequence[TextLine], norms: Mapping[int, _Norm]) -> dict[float, int]:
    """Heading levels by size: the largest is 1."""
    sizes = sorted(
        {round(n.size, 1) for n in lines if n.size >= _LARGER * norms[n.page].size}, reverse=True
    )
    return {size: min(place, 6) for place, size in enumerate(sizes, 1)}


def _groups(lines: Sequence[TextLine], norms: Mapping[int, _Norm]) -> Iterator[list[TextLine]]:
    group: list[TextLine] = []
    for line in lines:
        if group and _parts(group, line, norms):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(group: Sequence[TextLine], line: TextLine, norms: Mapping[int, _Norm]) -> bool:
    """Whether a line begins a new paragraph behind those of the group."""
    last = group[-1]
    other = last.bold != line.bold or abs(last.size - line.size) > 0.08 * last.size
    if last.cells or line.cells or other or _ITEM.match(line.text):
        return True
    follows = line.page == last.page and line.y < last.y
    if _is_large(line, norms):
        long = sum(len(n.text) for n in group) + len(line.text) > _MAX_HEADING
        # A title may ask, cry or announce in its first line; a whole sentence is no part of one.
        ended = is_stopped(last.text) and last.text[-1] not in "：:？！?!，、"
        return long or not follows or last.y - line.y > 1.9 * line.size or ended
    norm = norms[line.page]
    leading = max(norm.leading, 1.0) * line.size / norm.size
    if follows and last.y - line.y > _WIDER * leading:
        return True
    indent, before = line.x0 - line.left, last.x0 - last.left
    if _ITEM.match(group[0].text) and line.x0 > group[0].x0:
        hanging = len(group) == 1 or abs(indent - before) < 0.3 * line.size
        return not hanging or _room(last, line)
    if indent > _INDENT * line.size and indent - before > -0.5 * line.size:
        # Lines that are all set in, but not the first of them, are one quotation.
        return len(group) < 2 or abs(indent - before) > 0.3 * line.size or _room(last, line)
    return _room(last, line)


def _room(last: TextLine, line: TextLine) -> bool:
    """Whether the next line's first word would have fitted: then the break was meant."""
    word = _WORD.match(line.text)
    count = len(word[0]) * 0.55 if word else 1.0
    if not word:
        count += sum(1 for char in line.text[1:3] if char in _NO_START)
    slack = 1.0 + 0.5 * is_stopped(last.text)
    free = last.right - last.x1
    return free > (count + (2.5 - slack)) * line.size


def _is_large(line: TextLine, norms: Mapping[int, _Norm]) -> bool:
    return line.size >= _LARGER * norms[line.page].size


def _block(
    group: Sequence[TextLine],
    norms: Mapping[int, _Norm],
    levels: dict[float, int],
    kind: BlockKind = "paragraph",
) -> Iterator[Block]:
    first = group[0]
    text = join_cells(first.cells) if first.cells else repair(_join([n.text for n in group]))
    if not text:
        return
    level = 0
    if first.cells:
        kind = "row"
    elif kind == "paragraph" and _is_large(first, norms) and len(text) <= _MAX_HEADING:
        kind, level = "heading", levels[round(first.size, 1)]
    elif kind == "paragraph" and _ITEM.match(text):
        kind = "item"
    strong = not level and not norms[first.page].bold and all(line.bold for line in group)
    yield Block(text, first.page, kind, level, strong=strong)


def _join(texts: Sequence[str]) -> str:
    """Lines as one: no space between Chinese, a word parted by a hyphen whole again."""
    joined = texts[0]
    for text in texts[1:]:
        if joined[-1:] == "-" and joined[-2:-1].isalpha() and text[:1].islower():
            joined = joined[:-1] + text
        elif joined[-1:] < "\u2e80" and text[:1] < "\u2e80" and joined[-1:] not in "-/“‘":
            joined = f"{joined} {text}"
        else:
            joined += text
    return joined
