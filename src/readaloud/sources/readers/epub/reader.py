"""EPUB 2 and 3 books: the text of the spine in order, notes behind their paragraphs.

The reading itself is the HTML reader's walk; the package around it is small enough to be read
straight from the archive. A block's line is its running number in the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from readaloud.errors import msg
from readaloud.model import Block, Document, Removal, Source
from readaloud.sources.readers.epub.notes import NOTE_MARK, Notes, cut_notes
from readaloud.sources.readers.epub.package import Entry, Package, Part, open_package
from readaloud.sources.readers.html.main_text import HIDDEN
from readaloud.sources.readers.shared.block_numbers import number
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.html_walk import Passage, parse, walk
from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.tags import INLINE
from readaloud.sources.readers.shared.xml_parts import attribute, decode_part, parse_strict
from readaloud.sources.readers.shared.zip_parts import Archive

CONTENTS = msg("table of contents")
COVER = msg("cover")
MISSING = msg("missing from the book")

_TOC_LINKS = 4
_TOC_SHARE = 0.8
_FRONT = {msg("cover"): COVER, "toc": CONTENTS, "landmarks": CONTENTS, "page-list": CONTENTS}


def read_epub(source: Source) -> Document:
    """Read the documents of the spine; what is not spoken goes to ``removed``.

    Raises:
        UnreadableSourceError: no EPUB, damaged, copy-protected, or built to do harm.
    """
    archive = Archive(source.data, source.name)
    package = open_package(archive, source.name)
    entries: list[Block | Removal] = []
    for part in package.parts:
        entries += _read_part(archive, package, part, source.name)
    blocks, removed = number(entries)
    return Document(source.name, blocks, package.title, package.byline, package.date, removed)


def _read_part(
    archive: Archive, package: Package, part: Part, name: str
) -> Iterator[Block | Removal]:
    data = archive.read(part.path)
    if data is None:
        yield Removal(0, part.path, MISSING)
        return
    if part.media_type.startswith(("image/", "audio/", "video/", "font/")) and (
        part.media_type != "image/svg+xml"
    ):
        return
    root = _parse(data, f"{name} ({part.path})")
    if root is None:
        return
    notes = cut_notes(root)
    passages = walk(root)
    reason = part.role or _front_matter(root, passages)
    if reason:
        yield from (cut(p.block, reason) for p in passages)
        yield from (Removal(0, mark, NOTE_MARK) for mark in notes.all_marks())
        yield from (cut(note, reason) for note in notes.all_notes())
        return
    yield from _place(_with_headings(root, passages, package.contents(part.path)), notes)


def _parse(data: bytes, name: str) -> etree._Element | None:
    """As XML; a book that is not well-formed as browsers would read it.

    Raises:
        UnreadableSourceError: neither way works.
    """
    text = decode_part(data, name)
    try:
        return parse_strict(text)
    except etree.XMLSyntaxError:
        return parse(_open_tags(text), name)


def _open_tags(text: str) -> str:
    """An empty ``<title/>`` is a start tag to HTML, and would swallow all the text behind it."""
    pieces = text.split("/>")
    for index, piece in enumerate(pieces[:-1]):
        tag = piece.rpartition("<")[2].split(maxsplit=1)
        empty = bool(tag) and tag[0].isalnum() and tag[0] not in {"br", "hr", "img", "link", "meta"}
        pieces[index] = f"{piece}></{tag[0]}>" if empty else f"{piece}/>"
    return "".join(pieces)


def _front_matter(root: etree._Element, passages: list[Passage]) -> str:
    """Why a whole document is no text of the book; an empty string where it is."""
    body = next(root.iter("body"), root)
    children = [child for child in body if isinstance(child.tag, str)]
    for element in [body, *(children if len(children) == 1 else [])]:
        for kind in attribute(element, "type").split():
            if kind in _FRONT:
                return _FRONT[kind]
    links = sum(1 for link in root.iter("a") if link.get("href"))
    chars = sum(len(p.block.text) for p in passages)
    linked = sum(len(p.block.text) * p.link_share for p in passages)
    return CONTENTS if links >= _TOC_LINKS and linked >= chars * _TOC_SHARE else ""


def _with_headings(
    root: etree._Element, passages: list[Passage], entries: tuple[Entry, ...]
) -> list[Passage]:
    """Headings from the book's contents, where the document itself marks none."""
    seen = [p for p in passages if not p.hidden]
    if not seen or not entries or any(p.block.kind == "heading" for p in seen):
        return passages
    order = {element: place for place, element in enumerate(root.iter())}
    named = {str(e.get("id")): e for e in root.iter(etree.Element) if e.get("id")}
    titles: dict[int, Block] = {}
    for entry in entries:
        target = named.get(entry.fragment)
        start = order[_block_parent(target)] if target is not None else 0
        owned = (n for n, p in enumerate(passages) if not p.hidden and order[p.owner] >= start)
        place = next(owned, None)
        if place is not None:
            if place and _key(passages[place - 1].block.text) == _key(entry.label):
                place -= 1  # the target stands behind its title
            titles.setdefault(place, Block(entry.label, 0, "heading", min(entry.depth, 6)))
    return list(_insert(root, passages, titles))


def _insert(
    root: etree._Element, passages: list[Passage], titles: dict[int, Block]
) -> Iterator[Passage]:
    """Headings before their passages; a passage that shows the title becomes the heading."""
    for place, passage in enumerate(passages):
        title = titles.get(place)
        if title is None:
            yield passage
            continue
        shown = [_key(p.block.text) for p in passages[place : place + 2]]
        if _key(title.text) in {shown[0], "".join(shown)}:
            heading = replace(passage.block, kind="heading", level=title.level)
            yield replace(passage, block=heading)
        else:
            yield Passage(title, root, False, 0.0)
            yield passage


def _block_parent(element: etree._Element) -> etree._Element:
    while element.tag in INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element


def _key(text: str) -> str:
    return "".join(char for char in repair(text).casefold() if char.isalnum())


def _place(passages: list[Passage], notes: Notes) -> Iterator[Block | Removal]:
    """Passages with the marks and notes that belong to them behind them."""
    last = {passage.owner: place for place, passage in enumerate(passages)}
    behind = notes.by_place(last)
    for place, passage in enumerate(passages):
        if passage.hidden:
            yield cut(passage.block, HIDDEN)
        elif next(_ancestors(passage.owner, "nav"), None) is not None:
            yield cut(passage.block, CONTENTS)
        else:
            yield passage.block
        yield from behind.pop(place, ())
    for rest in behind.values():
        yield from rest


def _ancestors(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    if element.tag == tag:
        yield element
    yield from element.iterancestors(tag)
