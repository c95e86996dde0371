"""Finished audio files held against the report: length, loudness, peak, chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import av

from readaloud.audio.filters import ffmpeg_name
from readaloud.audio.loudness import CEILING_DBTP, measure_file
from readaloud.errors import OutputError, msg
from readaloud.formats.report import Report
from readaloud.model import ChapterMark

LENGTH_SLACK_MS = 30
"""By how much a decoded file may differ from its timeline."""


def check_audio(path: Path, report: Report, marks: Sequence[ChapterMark]) -> Iterator[str]:
    """It decodes whole, is as long as reported, below the ceiling, and has these chapters."""
    try:
        loudness, decoded_ms = measure_file(path)
    except OutputError as error:
        yield error.message
        return
    if abs(decoded_ms - report.duration_ms) > LENGTH_SLACK_MS:
        yield msg(
            "It lasts {decoded_ms} ms, but the report says {duration_ms}.",
            decoded_ms=decoded_ms,
            duration_ms=report.duration_ms,
        )
    if loudness.true_peak_dbtp > CEILING_DBTP:
        yield msg(
            "Its true peak is {true_peak_dbtp:.1f} dBTP, above {ceiling_dbtp:g}.",
            true_peak_dbtp=loudness.true_peak_dbtp,
            ceiling_dbtp=CEILING_DBTP,
        )
    with av.open(ffmpeg_name(path)) as container:
        found = [
            (
                chapter["metadata"].get("title", ""),
                round(chapter["start"] * (chapter["time_base"] or 0) * 1000),
            )
            for chapter in container.chapters()
        ]
    yield from compare_chapters(found, marks)


def compare_chapters(
    found: Sequence[tuple[str, int]], marks: Sequence[ChapterMark]
) -> Iterator[str]:
    """Titles and starts in milliseconds, against the report's."""
    if [title for title, _ in found] != [mark.title for mark in marks]:
        yield msg("Its chapters differ from those in the report.")
        return
    for (title, start_ms), mark in zip(found, marks, strict=True):
        if abs(start_ms - mark.start_ms) > LENGTH_SLACK_MS:
            yield msg(
                "Chapter “{title}” begins at {start_ms} ms, not at {start_ms2}.",
                title=title[:20],
                start_ms=start_ms,
                start_ms2=mark.start_ms,
            )
