"""DAISY 2.02: the talking book of libraries for the blind, in one zip file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.daisy.book import write_daisy

    write_daisy(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_book import check_book

    return check_book(path, report)


FORMAT = Format(
    "daisy",
    ".daisy.zip",
    "application/zip",
    msg("DAISY 2.02, for talking-book players"),
    _write,
    _check,
    order=78,
)
