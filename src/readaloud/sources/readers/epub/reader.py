"""EPUB 2 and 3 books: the text of the spine in order, notes behind their paragraphs.

The reading itself is the HTML reader's walk; the package around it is small enough to be read
straight from the archive. A block's line is its running number in the book.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from readaloud.errors import msg
from readaloud.model import Block, Document, ReadingRules, Removal, Source
from readaloud.sources.readers.epub.contents import with_headings, with_pages
from readaloud.sources.readers.epub.cover import read_cover
from readaloud.sources.readers.epub.front_matter import CONTENTS, front_matter
from readaloud.sources.readers.epub.notes import Notes, cut_notes
from readaloud.sources.readers.epub.package import Package, Part, open_package
from readaloud.sources.readers.html.main_text import HIDDEN
from readaloud.sources.readers.shared.block_numbers import number
from readaloud.sources.readers.shared.code_blocks import skip_code
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.formulas.in_text import is_traditional
from readaloud.sources.readers.shared.html_walk import parse, walk
from readaloud.sources.readers.shared.inline_marks import NOTE_MARK, settle
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.xml_parts import decode_part, parse_strict
from readaloud.sources.readers.shared.zip_parts import Archive

MISSING = msg("missing from the book")


def read_epub(source: Source, rules: ReadingRules = ReadingRules()) -> Document:
    """Read the documents of the spine; what is not spoken goes to ``removed``.

    Raises:
        UnreadableSourceError: no EPUB, damaged, copy-protected, or built to do harm.
    """
    archive = Archive(source.data, source.name)
    package = open_package(archive, source.name)
    entries: list[Block | Removal] = []
    for part in package.parts:
        entries += _read_part(archive, package, part, source.name, rules)
    blocks, removed = number(entries)
    return Document(
        source.name, blocks, package.title, package.byline, package.date, removed,
        notices=tuple(_missing(package, removed, source.name)),
        cover=read_cover(archive, package),
    )  # fmt: skip


def _missing(package: Package, removed: Sequence[Removal], name: str) -> Iterator[str]:
    """What to tell of each chapter that the file lacks, by its name."""
    for gone in removed:
        if gone.reason != MISSING:
            continue
        chapter, path = package.name_of(gone.text), gone.text
        if chapter:
            told = msg(
                "{name} is incomplete: the chapter “{chapter}” ({path}) is not in the file.",
                name=name, chapter=chapter, path=path,
            )  # fmt: skip
        else:
            told = msg("{name} is incomplete: {path} is not in the file.", name=name, path=path)
        yield told


def _read_part(
    archive: Archive, package: Package, part: Part, name: str, rules: ReadingRules
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
    notes.add_settled(settle(root, is_traditional("".join(map(str, root.itertext())))))
    passages = walk(root)
    reason = front_matter(root, part, passages, package.entries, package.title)
    if reason:
        yield from (cut(p.block, reason) for p in passages)
        yield from (Removal(0, mark, NOTE_MARK) for mark in notes.all_marks())
        yield from (cut(note, reason) for note in notes.all_notes())
        return
    passages = with_pages(root, passages, notes.pages)
    passages = with_headings(root, passages, package.contents(part.path))
    reasons = [""] * len(passages)
    if rules.code == "skip":
        passages, reasons = skip_code(passages, reasons)
    yield from _place(passages, reasons, notes)


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


def _place(passages: list[Passage], reasons: list[str], notes: Notes) -> Iterator[Block | Removal]:
    """Passages with the marks and notes that belong to them behind them."""
    last = {passage.owner: place for place, passage in enumerate(passages)}
    behind = notes.by_place(last)
    for place, (passage, reason) in enumerate(zip(passages, reasons, strict=True)):
        if passage.hidden or reason:
            yield cut(passage.block, HIDDEN if passage.hidden else reason)
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
