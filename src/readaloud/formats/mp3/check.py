"""A finished MP3 held against the report: length, loudness, peak, and the chapters in its tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mutagen import MutagenError
from mutagen.id3 import ID3

from readaloud.audio.loudness import CEILING_DBTP, TARGET_LUFS, measure_file
from readaloud.errors import OutputError, msg
from readaloud.formats.report import Report
from readaloud.formats.shared.check_audio import LENGTH_SLACK_MS
from readaloud.formats.shared.credentials import check_credentials
from readaloud.formats.shared.label import KEY, check_implicit
from readaloud.model import ChapterMark

_LOUDNESS_SLACK_LU = 0.5
_FIGURE_SLACK_DB = 0.1
"""By how much loudness and peak, measured again by another build of FFmpeg, may differ."""


def check_mp3(path: Path, report: Report) -> Iterator[str]:
    """All that is wrong with the file, a sentence each."""
    yield from _check_sound(path, report)
    try:
        tags = ID3(path)
    except MutagenError as error:
        yield msg("The ID3 tags can't be read: {error}.", error=error)
        return
    yield from _check_chapters(tags, report)
    yield from check_implicit(_mark(tags), report)
    yield from check_credentials(path, "audio/mpeg", "mp3", report)


def _check_sound(path: Path, report: Report) -> Iterator[str]:
    """The file decodes whole, is as long as its report says, and as loud as a podcast should be."""
    try:
        loudness, decoded_ms = measure_file(path)
    except OutputError as error:
        yield error.message
        return
    if abs(decoded_ms - report.duration_ms) > LENGTH_SLACK_MS:
        yield msg(
            "The audio lasts {decoded_ms} ms, but the report says {duration_ms}.",
            decoded_ms=decoded_ms,
            duration_ms=report.duration_ms,
        )
    if report.loudness_lufs is None:
        return
    if abs(loudness.integrated_lufs - TARGET_LUFS) > _LOUDNESS_SLACK_LU:
        yield msg(
            "The loudness is {integrated_lufs:.1f} LUFS, not {target_lufs:g}.",
            integrated_lufs=loudness.integrated_lufs,
            target_lufs=TARGET_LUFS,
        )
    if loudness.true_peak_dbtp > CEILING_DBTP:
        yield msg(
            "The true peak is {true_peak_dbtp:.1f} dBTP, above {ceiling_dbtp:g}.",
            true_peak_dbtp=loudness.true_peak_dbtp,
            ceiling_dbtp=CEILING_DBTP,
        )
    figures = (
        (msg("loudness"), loudness.integrated_lufs, report.loudness_lufs),
        (msg("true peak"), loudness.true_peak_dbtp, report.true_peak_dbtp),
    )
    for name, here, there in figures:
        if there is None or abs(here - there) > _FIGURE_SLACK_DB:
            yield msg(
                "The {name} is {here:.2f}, but the report says {there}.",
                name=name,
                here=here,
                there=there,
            )


def _check_chapters(tags: ID3, report: Report) -> Iterator[str]:
    """The ID3 chapters are those of the report: ids, titles, times; they cover all of the audio."""
    tagged = {frame.element_id: _chapter(frame) for frame in tags.getall("CHAP")}
    for mark in report.chapters:
        if mark.id not in tagged:
            yield msg("Chapter {id} of the report is not in the tags.", id=mark.id)
        elif tagged[mark.id] != replace(mark, level=1, parent=None):
            yield msg(
                "Chapter {id} has another title or time in the tags than in the report.", id=mark.id
            )
    known = {mark.id for mark in report.chapters}
    yield from (
        msg("The tags have a chapter {name} too many.", name=name)
        for name in tagged
        if name not in known
    )
    yield from _gaps(report)


def _gaps(report: Report) -> Iterator[str]:
    """Places of the audio that no chapter, or more than one, covers."""
    ends_ms = [0, *(mark.end_ms for mark in report.chapters)]
    starts_ms = [*(mark.start_ms for mark in report.chapters), report.duration_ms]
    for end_ms, start_ms in zip(ends_ms, starts_ms, strict=True):
        if end_ms != start_ms:
            yield msg(
                "A chapter ends at {end_ms} ms, but what follows begins at {start_ms}.",
                end_ms=end_ms,
                start_ms=start_ms,
            )


def _mark(tags: ID3) -> str | None:
    """The value of the field AIGC; None where there is none."""
    found = tags.getall(f"TXXX:{KEY}")
    return str(found[0]) if found else None


def _chapter(frame: Any) -> ChapterMark:
    """A CHAP frame as a chapter mark."""
    title = str(frame.sub_frames.get("TIT2", ""))
    return ChapterMark(frame.element_id, title, frame.start_time, frame.end_time)
