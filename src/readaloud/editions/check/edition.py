"""An edition held against its report: each check is a function, edition -> problems."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from mutagen import MutagenError
from mutagen.id3 import ID3

from readaloud.audio.loudness import CEILING_DBTP, TARGET_LUFS, measure_file
from readaloud.errors import OutputError, UnreadableSourceError
from readaloud.model import ChapterMark, Cue

_LOUDNESS_SLACK_LU = 0.5
LENGTH_SLACK_MS = 30
_FIGURE_SLACK_DB = 0.1
"""By how much loudness and peak, measured again by another build of FFmpeg, may differ."""


@dataclass(frozen=True, slots=True)
class FinishedEdition:
    """An audio file and what its report says of it; ``spoken`` has one text a cue."""

    audio: Path
    duration_ms: int
    loudness_lufs: float | None
    """None for silence and for less than 0.4 s, which have no loudness."""
    true_peak_dbtp: float | None
    chapters: tuple[ChapterMark, ...]
    cues: tuple[Cue, ...]
    cue_chapters: tuple[str, ...]
    """The id of each cue's chapter."""
    spoken: tuple[str, ...]


Check = Callable[[FinishedEdition], list[str]]


def read_edition(audio: Path) -> FinishedEdition:
    """An audio file with the report of the same name beside it.

    Raises:
        UnreadableSourceError: either is missing, or the report is not one of readaloud's.
    """
    if not audio.is_file():
        raise UnreadableSourceError("There is no such file.", "Check the name.")
    path = audio.with_suffix(".json")
    try:
        return _from_report(audio, json.loads(path.read_bytes()))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableSourceError(f"The report {path.name} can't be read: {reason}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableSourceError(f"{path.name} is not a report of readaloud.") from error


def find_problems(edition: FinishedEdition) -> tuple[str, ...]:
    """All that is wrong, a sentence each; nothing when the edition is sound."""
    return tuple(problem for check in CHECKS for problem in check(edition))


def check_audio(edition: FinishedEdition) -> list[str]:
    """The file decodes whole, is as long as its report says, and as loud as a podcast should be."""
    try:
        loudness, decoded_ms = measure_file(edition.audio)
    except OutputError as error:
        return [error.message]
    problems = []
    if abs(decoded_ms - edition.duration_ms) > LENGTH_SLACK_MS:
        problems.append(f"The audio lasts {decoded_ms} ms, the report says {edition.duration_ms}.")
    if edition.loudness_lufs is None:
        return problems
    if abs(loudness.integrated_lufs - TARGET_LUFS) > _LOUDNESS_SLACK_LU:
        problems.append(
            f"The loudness is {loudness.integrated_lufs:.1f} LUFS, not {TARGET_LUFS:g}."
        )
    if loudness.true_peak_dbtp > CEILING_DBTP:
        problems.append(
            f"The true peak is {loudness.true_peak_dbtp:.1f} dBTP, over {CEILING_DBTP:g}."
        )
    measured = (loudness.integrated_lufs, loudness.true_peak_dbtp)
    stated = (edition.loudness_lufs, edition.true_peak_dbtp)
    names = ("loudness", "true peak")
    return problems + [
        f"The {name} is {here:.2f}, the report says {there}."
        for name, here, there in zip(names, measured, stated, strict=True)
        if there is None or abs(here - there) > _FIGURE_SLACK_DB
    ]


def check_chapters(edition: FinishedEdition) -> list[str]:
    """The ID3 chapters are those of the report: ids, titles, times; they cover all of the audio."""
    try:
        frames = ID3(edition.audio).getall("CHAP")
    except MutagenError as error:
        return [f"The ID3 tags can't be read: {error}."]
    tagged = {frame.element_id: _mark(frame) for frame in frames}
    problems = [
        f"Chapter {mark.id} of the report is not in the tags."
        if mark.id not in tagged
        else f"Chapter {mark.id} has another title or time in the tags than in the report."
        for mark in edition.chapters
        if tagged.get(mark.id) != replace(mark, level=1, parent=None)
    ]
    known = {mark.id for mark in edition.chapters}
    problems += [f"The tags have a chapter {name} more." for name in tagged if name not in known]
    return problems + list(_gaps(edition))


def check_cues(edition: FinishedEdition) -> list[str]:
    """Cues have a length, rise without overlap, and lie inside the audio and their own chapter."""
    chapters = {mark.id: mark for mark in edition.chapters}
    problems = []
    for cue, name in zip(edition.cues, edition.cue_chapters, strict=True):
        chapter = chapters.get(name)
        if chapter is None:
            problems.append(f"Utterance {cue.utterance_id} is of an unknown chapter, {name}.")
        elif not chapter.start_ms <= cue.start_ms < cue.end_ms <= chapter.end_ms:
            problems.append(f"Utterance {cue.utterance_id} does not lie inside chapter {name}.")
    problems += [
        f"Utterance {after.utterance_id} begins before {before.utterance_id} ends."
        for before, after in pairwise(edition.cues)
        if after.start_ms < before.end_ms
    ]
    return problems if edition.cues else ["The report has no utterance."]


CHECKS: tuple[Check, ...] = (check_audio, check_chapters, check_cues)


def _gaps(edition: FinishedEdition) -> Iterator[str]:
    """Places of the audio that no chapter, or more than one, covers."""
    ends_ms = [0, *(mark.end_ms for mark in edition.chapters)]
    starts_ms = [*(mark.start_ms for mark in edition.chapters), edition.duration_ms]
    for end_ms, start_ms in zip(ends_ms, starts_ms, strict=True):
        if end_ms != start_ms:
            yield f"A chapter ends at {end_ms} ms, the next, or the audio's end, is at {start_ms}."


def _mark(frame: Any) -> ChapterMark:
    """A CHAP frame as a chapter mark."""
    title = str(frame.sub_frames.get("TIT2", ""))
    return ChapterMark(frame.element_id, title, frame.start_time, frame.end_time)


def _from_report(audio: Path, report: Any) -> FinishedEdition:
    """The report's values; KeyError, TypeError or ValueError where it is not what it should be."""
    utterances = report["utterances"]
    return FinishedEdition(
        audio=audio,
        duration_ms=int(report["duration_ms"]),
        loudness_lufs=_decibels(report["loudness_lufs"]),
        true_peak_dbtp=_decibels(report["true_peak_dbtp"]),
        chapters=tuple(
            ChapterMark(
                str(item["id"]), str(item["title"]), int(item["start_ms"]), int(item["end_ms"])
            )
            for item in report["chapters"]
        ),
        cues=tuple(
            Cue(str(item["id"]), int(item["start_ms"]), int(item["end_ms"]), str(item["text"]))
            for item in utterances
        ),
        cue_chapters=tuple(str(item["chapter"]) for item in utterances),
        spoken=tuple(str(item["spoken"]) for item in utterances),
    )


def _decibels(value: Any) -> float | None:
    return None if value is None else float(value)
