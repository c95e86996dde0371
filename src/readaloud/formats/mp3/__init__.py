"""MP3 with ID3v2.3 chapters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.mp3.file import write_mp3

    write_mp3(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.mp3.check import check_mp3

    return check_mp3(path, report)


FORMAT = Format(
    "mp3",
    ".mp3",
    "audio/mpeg",
    msg("for podcasts: with chapters, text and timed text in its tags"),
    _write,
    _check,
    order=10,
    is_audio=True,
    holds_credentials=True,
    feed_place="enclosure",
)
