"""Ogg Opus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.opus.file import write_opus

    write_opus(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_audio import check_audio

    return check_audio(path, report)


FORMAT = Format(
    "opus",
    ".opus",
    "audio/ogg",
    msg("small: Ogg Opus with chapters"),
    _write,
    _check,
    order=30,
    is_audio=True,
)
