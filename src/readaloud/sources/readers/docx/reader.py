"""Word documents (DOCX): paragraphs, tables, notes and text boxes in reading order.

Read from the XML itself: python-docx 1.2 has no notes, ruby, text boxes or tracked changes, and
its ``paragraph.text`` skips what was inserted with changes tracked. A block's line is its running
number in the document.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from readaloud.chinese.dates import read_day
from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Block, Document, Source
from readaloud.sources.readers.docx.body import Body, Entry, join_wrapped
from readaloud.sources.readers.docx.numbering import Numbering
from readaloud.sources.readers.docx.styles import Styles
from readaloud.sources.readers.shared.block_numbers import number
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.formulas.in_text import is_traditional
from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.stated_metadata import stated_author, stated_title
from readaloud.sources.readers.shared.xml_parts import attribute, parse_xml, text_of
from readaloud.sources.readers.shared.zip_parts import Archive

PAGE_HEAD = msg("page header")
PAGE_FOOT = msg("page footer")
COMMENT = msg("comment")

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MAIN = "word/document.xml"


def read_docx(source: Source) -> Document:
    """Read the body; what is hidden, deleted or repeated on each page goes to ``removed``.

    Raises:
        UnreadableSourceError: no DOCX file, protected, damaged, or built to do harm.
    """
    if source.data.startswith(_OLD_OFFICE):
        raise UnreadableSourceError(
            msg("{name} is protected by a password, or is an old .doc file.", name=source.name),
            msg("Open it in Word or LibreOffice and save it as DOCX without a password."),
        )
    archive = Archive(source.data, source.name)
    main = _main_path(archive, source.name)
    root = _tree(archive, main, source.name)
    if root is None:
        raise UnreadableSourceError(
            msg("{name} is not a Word document: it has no {main}.", name=source.name, main=main),
            msg("Save it as DOCX again."),
        )
    folder = posixpath.dirname(main)
    styles = Styles(_tree(archive, f"{folder}/styles.xml", source.name))
    notes = {
        kind: _notes(_tree(archive, f"{folder}/{kind}s.xml", source.name), kind)
        for kind in ("footnote", "endnote")
    }
    numbering = Numbering(_tree(archive, f"{folder}/numbering.xml", source.name))
    text = "".join(text_of(each) for each in root.iter("t"))
    body = Body(styles, notes, numbering, traditional=is_traditional(text))
    entries = [*body.read(root), *body.unused_notes(), *_extras(archive, folder, source.name)]
    blocks, removed = number(join_wrapped(entries))
    core = _tree(archive, "docProps/core.xml", source.name)
    title = body.title or stated_title(_core(core, "title"))
    byline = stated_author(_core(core, "creator"))
    day = read_day(_core(core, "created"))
    return Document(source.name, blocks, title, byline, day, removed)


def _main_path(archive: Archive, name: str) -> str:
    """Where the package says its document is."""
    root = _tree(archive, "_rels/.rels", name)
    for relation in root.iter("Relationship") if root is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            return posixpath.normpath(attribute(relation, "Target").lstrip("/"))
    return _MAIN


def _tree(archive: Archive, path: str, name: str) -> etree._Element | None:
    data = archive.read(path)
    return parse_xml(data, f"{name} ({path})") if data is not None else None


def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    """Notes by their identifiers; separators are lines, no text."""
    found = root.iter(kind) if root is not None else ()
    return {attribute(n, "id"): n for n in found if attribute(n, "type") in {"", "normal"}}


def _extras(archive: Archive, folder: str, name: str) -> Iterator[Entry]:
    """Headers, footers and comments: each paragraph on record."""
    for path in archive.paths:
        file = path.removeprefix(f"{folder}/")
        reason = (
            PAGE_HEAD
            if file.startswith("header")
            else PAGE_FOOT
            if file.startswith("footer")
            else COMMENT
            if file == "comments.xml"
            else ""
        )
        if not reason or not file.endswith(".xml") or (root := _tree(archive, path, name)) is None:
            continue
        for paragraph in root.iter("p"):
            if text := repair("".join(text_of(run) for run in paragraph.iter("t"))):
                yield cut(Block(text, 0), reason)


def _core(root: etree._Element | None, tag: str) -> str:
    found = next(root.iter(tag), None) if root is not None else None
    return text_of(found).strip() if found is not None else ""
