"""The read-along page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.html.page import write_page

    write_page(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_label import check_page_label

    return check_page_label(path, report)


FORMAT = Format(
    "html",
    ".html",
    "text/html",
    msg("a read-along page that plays the audio beside it"),
    _write,
    _check,
    order=70,
    needs_audio=True,
    needs_words=True,
    feed_place="transcript",
    charset="utf-8",
)
