"""Headings from a book's table of contents: where a document has none, and above those it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import zip_longest

from lxml import etree

from readaloud.chinese.fold import fold
from readaloud.model import Block
from readaloud.sources.readers.epub.package import Entry
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.tags import INLINE

_DEEPEST = 6
_NO_CHAPTERS = frozenset({"封面", "封底", "扉页", "书名页", "版权页", "目录", "cover", "titlepage"})
"""What the contents call pages without text that no listener misses."""


_SPEECH = frozenset('“「『"')
"""“铃。” is somebody's word, though a chapter is called 铃."""


def with_headings(
    root: etree._Element, passages: list[Passage], entries: Sequence[Entry]
) -> list[Passage]:
    """The passages of a document with the headings that the contents have for it.

    A document that marks headings of its own gets only those that stand above several lines of
    the contents, such as the volumes of a novel; its own stand as deep as the contents say.
    """
    seen = [p for p in passages if not p.hidden]
    if not entries:
        return passages
    if not seen:
        named = [e for e in entries if text_key(fold(e.label)) not in _NO_CHAPTERS]
        return [*passages, *(Passage(_heading(entry), root, False, 0.0) for entry in named)]
    marked = [text_key(p.block.text) for p in seen if p.block.kind == "heading"]
    if marked:
        passages = list(_nest(passages, entries))
        entries = [e for e in _above(entries, marked[0]) if text_key(e.label) not in marked]
    titles: dict[int, list[Entry]] = {}
    for entry, place in _places(root, passages, entries):
        there = titles.setdefault(place, [])
        # Lines side by side that lead to one place are chapters whose places nobody marked.
        if not there or entry.depth > there[-1].depth:
            there.append(entry)
    return list(_insert(root, passages, titles))


def with_pages(
    root: etree._Element, passages: list[Passage], pages: Sequence[tuple[etree._Element, str]]
) -> list[Passage]:
    """The passages with the printed pages that begin in them, or before them."""
    if not pages:
        return passages
    order = {element: place for place, element in enumerate(root.iter())}
    owners = {passage.owner for passage in passages if not passage.hidden}
    found: dict[int, tuple[str, ...]] = {}
    for mark, label in pages:
        if mark not in order:  # taken out with what it stood in
            continue
        start = _start(mark, order, owners)
        owned = (n for n, p in enumerate(passages) if not p.hidden and order[p.owner] >= start)
        place = next(owned, None)
        if place is not None and label:
            found[place] = (*found.get(place, ()), label)
    return [
        replace(p, block=replace(p.block, pages=found[n])) if n in found else p
        for n, p in enumerate(passages)
    ]


def text_key(text: str) -> str:
    """Letters and characters alone: marks, case and spaces differ between what shows a text."""
    return "".join(char for char in repair(text).casefold() if char.isalnum())


def _above(entries: Sequence[Entry], first: str) -> Iterator[Entry]:
    """The lines that stand above others alone, or above the one that the first heading shows."""
    for entry, below in zip_longest(entries, entries[1:]):
        deeper = below is not None and below.depth > entry.depth
        shown = below is not None and text_key(below.label) == first
        if entry.group or (deeper and shown and not entry.fragment):
            yield entry


def _heading(entry: Entry) -> Block:
    return Block(entry.label, 0, "heading", min(entry.depth, _DEEPEST))


def _nest(passages: Sequence[Passage], entries: Sequence[Entry]) -> Iterator[Passage]:
    """The document's own headings as deep as the contents have them, those below them deeper."""
    depths = {text_key(entry.label): entry.depth for entry in entries}
    lower = 0
    for passage in passages:
        block = passage.block
        if passage.hidden or block.kind != "heading":
            yield passage
            continue
        known = depths.get(text_key(block.text))
        lower = known - block.level if known else lower
        level = min(max(block.level + lower, 1), _DEEPEST)
        yield replace(passage, block=replace(block, level=level))


def _places(
    root: etree._Element, passages: Sequence[Passage], entries: Sequence[Entry]
) -> Iterator[tuple[Entry, int]]:
    """Before which passage the heading of each line of the contents stands."""
    order = {element: place for place, element in enumerate(root.iter())}
    named = {str(e.get("id")): e for e in root.iter(etree.Element) if e.get("id")}
    lines = [(n, p.block.text) for n, p in enumerate(passages) if p.block.text[:1] not in _SPEECH]
    shown = {text_key(text): n for n, text in reversed(lines)}
    owners = {passage.owner for passage in passages}
    for entry in entries:
        target = named.get(entry.fragment)
        if target is None and not entry.group and (place := shown.get(text_key(entry.label), 0)):
            yield entry, place
            continue
        start = _start(target, order, owners)
        owned = (n for n, p in enumerate(passages) if not p.hidden and order[p.owner] >= start)
        place = next(owned, -1)
        if place > 0 and text_key(passages[place - 1].block.text) == text_key(entry.label):
            place -= 1  # the target stands behind its title
        if place >= 0:
            yield entry, place


def _insert(
    root: etree._Element, passages: list[Passage], titles: dict[int, list[Entry]]
) -> Iterator[Passage]:
    """Headings before their passages; a passage that shows the title becomes the heading."""
    for place, passage in enumerate(passages):
        shown = [text_key(p.block.text) for p in passages[place : place + 2]]
        own = passage
        for entry in titles.get(place, ()):
            heading = _heading(entry)
            if text_key(entry.label) in {shown[0], "".join(shown)}:
                block = replace(passage.block, kind="heading", level=heading.level)
                own = replace(passage, block=block)
            else:
                yield Passage(heading, root, False, 0.0)
        yield own


def _start(
    target: etree._Element | None,
    order: Mapping[etree._Element, int],
    owners: Set[etree._Element],
) -> int:
    """Where in the document the text of a target begins: with its paragraph, if it is in one."""
    if target is None:
        return 0
    parent = _block_parent(target)
    return order[parent if parent in owners else target]


def _block_parent(element: etree._Element) -> etree._Element:
    while element.tag in INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element
