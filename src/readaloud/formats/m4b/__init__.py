"""M4B: an audiobook of AAC in MP4."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration

_MOST_IN_LIST = 255
"""Nero's ``chpl`` counts its chapters in a byte."""


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.m4b.file import write_m4b

    write_m4b(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.m4b.file import fitting, read_mark
    from readaloud.formats.shared.check_audio import check_audio
    from readaloud.formats.shared.credentials import check_credentials
    from readaloud.formats.shared.label import check_implicit

    yield from check_audio(path, report, tuple(map(fitting, report.chapters)))
    yield from check_implicit(read_mark(path), report)
    yield from check_credentials(path, FORMAT.media_type, FORMAT.name, report)


def _shortfall(narration: Narration) -> str:
    count = len(narration.marks)
    if count <= _MOST_IN_LIST:
        return ""
    return msg(
        "{stem}.m4b has {count} chapters, and {most} of them in the list that older players read.",
        stem=narration.stem,
        count=count,
        most=_MOST_IN_LIST,
    )


FORMAT = Format(
    "m4b",
    ".m4b",
    "audio/mp4",
    msg("for audiobook players: AAC with chapters"),
    _write,
    _check,
    _shortfall,
    order=20,
    is_audio=True,
    holds_credentials=True,
)
