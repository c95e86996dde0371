"""M4B: an audiobook of AAC in MP4."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.m4b.file import write_m4b

    write_m4b(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_audio import check_audio

    return check_audio(path, report)


FORMAT = Format(
    "m4b",
    ".m4b",
    "audio/mp4",
    msg("for audiobook players: AAC with chapters"),
    _write,
    _check,
    order=20,
    is_audio=True,
)
