"""Chapters as the podcast namespace has them, version 1.2.0.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from readaloud.errors import msg
from readaloud.files.outside import read_outside
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.formats.shared.tag_values import tag_values, write_errors
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    text = json.dumps(_chapters_object(narration), ensure_ascii=False, indent=1)
    with write_errors(path):
        path.write_text(text + "\n", encoding="utf-8")


def _chapters_object(narration: Narration) -> dict[str, Any]:
    """Times are seconds from the start of the audio, to the millisecond."""
    return {
        "version": "1.2.0",
        "title": narration.title,
        "author": tag_values(narration).artist,
        "chapters": [
            {
                "startTime": mark.start_ms / 1000,
                "endTime": mark.end_ms / 1000,
                "title": mark.title,
                "toc": True,
            }
            for mark in narration.marks
        ],
    }


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_audio import compare_chapters

    try:
        told = json.loads(read_outside(path))
        found = [
            (str(one.get("title", "")), round(one["startTime"] * 1000)) for one in told["chapters"]
        ]
        version = str(told["version"])
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ):
        yield msg("It is not a chapters file.")
        return
    if not version.startswith("1."):
        yield msg("Its version is {version!r}, which is not known.", version=version)
    yield from compare_chapters(found, report.chapters)


FORMAT = Format(
    "chapters",
    ".chapters.json",
    "application/json+chapters",
    msg("chapters for podcast apps"),
    _write,
    _check,
    order=60,
    feed_place="chapters",
)
