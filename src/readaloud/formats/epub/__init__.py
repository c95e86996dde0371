"""EPUB 3 with media overlays: text and speech together, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.epub.book import write_epub

    write_epub(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_book import check_book

    return check_book(path, report)


FORMAT = Format(
    "epub",
    ".epub",
    "application/epub+zip",
    msg("EPUB 3 that reads itself aloud, sentence by sentence"),
    _write,
    _check,
    order=75,
)
