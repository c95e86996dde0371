"""What the head of a text says of its title, before any line is taken out.

A record's label, line 1 of a saved page, or the title that another house gave the text. The line
that shows the title is held against all rules; what is glued to it there goes on record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from readaloud.editing.findings import Finding, record
from readaloud.editing.page_titles import find_page_title
from readaloud.editing.publication_lines import reads_as_metadata
from readaloud.editing.rulebook import as_written, mark
from readaloud.editing.site_names import strip_site
from readaloud.editing.title_lines import find_above, find_mastheads
from readaloud.editing.titles import Title, find_title
from readaloud.errors import msg
from readaloud.model import Block, Removal

HEAD = 10
TAIL = 8
_LABEL = mark("title label")
_BODY = mark("body label")
_ORIGINAL = mark("original title")
_BEHIND = mark("original title in brackets")
_PLACES = ("inside", "title", "behind")
"""Where the original title stands in its line, by the groups of its mark."""
_SITE = Finding("site name", msg("site name attached to the title"))
_FIELD = Finding("label", msg("label of a field"))

_QUOTED = re.compile(r"[《“「\"]([^《》“”「」\"]{2,100})[》”」\"](?:[，,；;].{0,20})?$")

_FIELD_LINE = re.compile("[\u4e00-\u9fff]{1,2}\\s{0,4}[\u4e00-\u9fff]{1,2}\\s?[：:].{0,60}$")
"""A field of a record, between its title and its text."""

Keeps = Callable[[Block], bool]


@dataclass(frozen=True, slots=True)
class Head:
    """The blocks with the title free of what is glued to it, and what was taken off."""

    blocks: tuple[Block, ...]
    title: Title | None = None
    removed: tuple[Removal, ...] = ()

    def holds(self, block: Block) -> bool:
        """Whether a block shows the title, so that no rule of the house takes it."""
        return self.title is not None and block is self.title.block


def read_head(blocks: Sequence[Block], keeps: Keeps) -> Head:
    """The title by a label or by line 1 of a saved page, None where neither says."""
    return _read_label(blocks, keeps) or _read_page(blocks, keeps) or Head(tuple(blocks))


def find_original(blocks: Sequence[Block]) -> Title | None:
    """The title that another house gave the text: at its head, or in brackets behind it."""
    for block in (*blocks[:HEAD], *blocks[max(HEAD, len(blocks) - TAIL) :]):
        text = block.text if len(block.text) <= 200 else block.text[-120:]
        if title := _read_original(text):
            return Title(title, None, msg("original title"))
    return None


def _read_original(text: str) -> str:
    if match := _ORIGINAL.find(text):
        title = next(filter(None, (as_written(text, match, name) for name in _PLACES)), "")
    elif match := _BEHIND.find(text):
        title = as_written(text, match, "inside")
    else:
        return ""
    quoted = _QUOTED.match(title)
    return strip_site(quoted[1] if quoted else title)[0]


def find_head_title(
    blocks: Sequence[Block], stated: str | None, keeps: Keeps
) -> tuple[Head, Mapping[int, Finding]]:
    """The title of a text without furniture, and the lines above it that are not spoken."""
    count, above = (0, {}) if stated else find_above(blocks)
    freed, removed = _free(blocks, count, keeps)
    title = find_title(freed, stated, count)
    shown = title is not None and count > 0 and title.block is freed[count]
    if not shown:
        above = {n: finding for n, finding in above.items() if finding.rule != "column"}
    at = title.find(freed) if title is not None else None
    above = {**find_mastheads(freed[: at or 0]), **above}
    return Head(freed, title, removed), above


def _free(
    blocks: Sequence[Block], count: int, keeps: Keeps
) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """Take the site's name off the line that may be the title: the first, or a first heading."""
    first = next((n for n, block in enumerate(blocks) if block.kind == "heading"), 0)
    freed, removed = list(blocks), list[Removal]()
    for index in sorted({0, count, first}) if blocks else ():
        text, pieces = strip_site(blocks[index].text)
        if pieces and not keeps(blocks[index]):
            freed[index] = replace(blocks[index], text=text)
            removed += _record(blocks[index], pieces)
    return tuple(freed), tuple(removed)


def _record(block: Block, pieces: Sequence[str], finding: Finding = _SITE) -> list[Removal]:
    return [record(replace(block, text=piece), finding) for piece in pieces]


def _read_page(blocks: Sequence[Block], keeps: Keeps) -> Head | None:
    found = find_page_title(blocks)
    if found is None or keeps(blocks[found.index]):
        return None
    block = blocks[found.index]
    shown = replace(block, text=found.text)
    again = Finding("title repeat", msg("repeats the title (line {line})", line=block.line))
    before = {n for n in found.before if not keeps(blocks[n])}
    kept = (shown if b is block else b for n, b in enumerate(blocks) if n not in before)
    removed = [record(blocks[n], again) for n in sorted(before)]
    removed += _record(block, found.pieces)
    return Head(tuple(kept), Title(found.text, shown, msg("page title")), tuple(removed))


def _read_label(blocks: Sequence[Block], keeps: Keeps) -> Head | None:
    """A record: 标题：, 时间：, 来源：, 正文：, one a line."""
    for index, block in enumerate(blocks[:HEAD]):
        match = _LABEL.find(block.text) if len(block.text) <= 140 else None
        if match is None or block.kind not in {"paragraph", "heading"} or keeps(block):
            continue
        group = next(name for name in ("title", "bare", "named") if match[name])
        text, pieces = strip_site(as_written(block.text, match, group).strip())
        shown = replace(block, text=text)
        label = block.text[: match.start(group)].strip()
        rest, fields = _free_body(blocks[index + 1 :], keeps)
        removed = (*_record(block, [label], _FIELD), *_record(block, pieces), *fields)
        title = Title(text, shown, msg("labelled"))
        return Head((*blocks[:index], shown, *rest), title, removed)
    return None


def _free_body(blocks: Sequence[Block], keeps: Keeps) -> tuple[list[Block], list[Removal]]:
    """Take the label off the text, or out where it stands alone."""
    freed, removed = list[Block](), list[Removal]()
    bodies = (n for n, b in enumerate(blocks[:HEAD]) if _BODY.find(b.text[:20]))
    body = next(bodies, 0)
    for index, block in enumerate(blocks):
        if index < body and _is_field(block.text) and not keeps(block):
            removed += _record(block, [block.text], _FIELD)
            continue
        match = _BODY.find(block.text[:20]) if index < HEAD and not keeps(block) else None
        if match is None:
            freed.append(block)
            continue
        label = block.text[: match.end()].strip()
        removed += _record(block, [label], _FIELD)
        if text := block.text[match.end() :]:
            freed.append(replace(block, text=text))
    return freed, removed


def _is_field(text: str) -> bool:
    """Whether a line is a field of a record that nothing else reads: a source, a day."""
    return _FIELD_LINE.match(text) is not None and not reads_as_metadata(text)
