"""Ogg Opus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration

MOST_CHAPTERS = 999
"""Their numbers have three digits."""


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.opus.file import write_opus

    write_opus(narration, path)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.opus.file import read_mark
    from readaloud.formats.shared.check_audio import check_audio
    from readaloud.formats.shared.label import check_implicit

    yield from check_audio(path, report, report.chapters[:MOST_CHAPTERS])
    yield from check_implicit(read_mark(path), report)


def _shortfall(narration: Narration) -> str:
    count = len(narration.marks)
    if narration.label.mode == "eu":
        return msg(
            "{stem}.opus is not signed: there are no content credentials for Opus.",
            stem=narration.stem,
        )
    if count <= MOST_CHAPTERS:
        return ""
    return msg(
        "{stem}.opus lists {most} of its {count} chapters: it can name no more.",
        stem=narration.stem,
        count=count,
        most=MOST_CHAPTERS,
    )


FORMAT = Format(
    "opus",
    ".opus",
    "audio/ogg",
    msg("small: Ogg Opus with chapters"),
    _write,
    _check,
    _shortfall,
    order=30,
    is_audio=True,
)
