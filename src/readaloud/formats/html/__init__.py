"""The read-along page."""

from __future__ import annotations

from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.html.page import write_page

    write_page(narration, path)


FORMAT = Format(
    "html",
    ".html",
    "text/html",
    msg("a read-along page that plays the audio beside it"),
    _write,
    order=70,
    needs_audio=True,
    needs_words=True,
    feed_place="transcript",
    charset="utf-8",
)
