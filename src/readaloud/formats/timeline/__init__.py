"""The timeline: what is heard when, for programs; and the player that other pages embed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.timeline.file import write_timeline

    write_timeline(narration, path)


def _check(path: Path, report: Report) -> Iterable[str]:
    from readaloud.formats.timeline.file import check_timeline

    return check_timeline(path, report)


FORMAT = Format(
    "timeline",
    ".timeline.json",
    "application/json",
    msg("what is heard when, for the player on a page of your own"),
    _write,
    _check,
    order=72,
    needs_audio=True,
)
