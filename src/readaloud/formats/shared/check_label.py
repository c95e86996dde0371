"""The label of synthetic speech read back from pages and books."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from readaloud.errors import msg
from readaloud.files.outside import read_outside
from readaloud.formats.report import Report
from readaloud.formats.shared.label import PROPERTY, check_implicit, check_notice

_PACKAGE, _CONTROL = "EPUB/package.opf", "ncc.html"
"""Where EPUB and DAISY keep what they say of themselves."""
_EPUB_TEXT, _DAISY_TEXT = "EPUB/text/chapter-", "content.html"

ReadMember = Callable[[zipfile.ZipFile, str], bytes]
"""A part of a book, within limits."""


def check_page_label(path: Path, report: Report) -> Iterator[str]:
    """What the page says of itself, and what it shows."""
    if report.label is None:
        return
    parser = html.HTMLParser(encoding="utf-8")
    try:
        page = html.document_fromstring(read_outside(path), parser)
    except etree.ParserError as error:
        yield msg("It can't be read: {error}.", error=error)
        return
    yield from _check_one(page, report)
    yield from check_notice("".join(page.itertext()), report)


def check_book_label(book: zipfile.ZipFile, report: Report, read: ReadMember) -> Iterator[str]:
    """Likewise a book's package or control file, and its first and last page, where it can stand.

    Raises:
        KeyError, ValueError, etree.XMLSyntaxError: the book is broken.
    """
    if report.label is None:
        return
    names = book.namelist()
    yield from _check_one(_parsed(read(book, _own(names))), report)
    pages = sorted(name for name in names if name.startswith((_EPUB_TEXT, _DAISY_TEXT)))
    ends = dict.fromkeys((*pages[:1], *pages[-1:]))
    shown = "".join("".join(_parsed(read(book, name)).itertext()) for name in ends)
    yield from check_notice(shown, report)


def _own(names: list[str]) -> str:
    return _PACKAGE if _PACKAGE in names else _CONTROL


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _check_one(root: Any, report: Report) -> Iterator[str]:
    """The property: a name with its content in HTML and DAISY, with its text in EPUB."""
    for each in root.iter("{*}meta"):
        if PROPERTY in {each.get("name"), each.get("property")}:
            yield from check_implicit(each.get("content") or each.text, report)
            return
    yield from check_implicit(None, report)
