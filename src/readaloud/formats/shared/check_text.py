"""Finished timed text held against the report: WebVTT (W3C), SubRip, and LRC as players read it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from readaloud.errors import msg
from readaloud.files.outside import read_outside_text
from readaloud.formats.report import Report
from readaloud.formats.shared.check_audio import LENGTH_SLACK_MS

_CLOCK = r"(?:(\d{1,4}):)?(\d{2}):(\d{2})[.,](\d{3})"
_TIMING = re.compile(rf"{_CLOCK} {{1,9}}--> {{1,9}}{_CLOCK}(?:[ \t].{{0,200}})?")
_LYRIC = re.compile(r"\[(\d{1,5}):(\d{2})\.(\d{2,3})\](.*)")
_TAG = re.compile(r"<[^<>]{0,200}>")
_NOT_TEXT = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class _Timed:
    """A piece of text and its time; ``end_ms`` is its start where the format has no ends."""

    start_ms: int
    end_ms: int
    text: str


def check_captions(path: Path, report: Report) -> Iterator[str]:
    """What is wrong with WebVTT or SubRip."""
    text = read_outside_text(path, errors="replace")
    is_vtt = path.suffix == ".vtt"
    if is_vtt and not re.match(r"WEBVTT(?:[ \t\r\n]|$)", text):
        yield msg("It does not begin with WEBVTT.")
    yield from _compare_texts(list(_captions(text, marked_up=is_vtt)), report)


def _captions(text: str, *, marked_up: bool) -> Iterator[_Timed]:
    """The cues of a WebVTT or SubRip file: a line of times, and text up to an empty line."""
    lines = iter(text.splitlines())
    for line in lines:
        match = _TIMING.fullmatch(line.strip())
        if match is None:
            continue
        shown = []
        for below in lines:
            if not below.strip():
                break
            shown.append(below)
        joined = "".join(shown)
        plain = html.unescape(_TAG.sub("", joined)) if marked_up else joined
        times = match.groups()
        yield _Timed(_milliseconds(times[:4]), _milliseconds(times[4:]), plain)


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def check_lyrics(path: Path, report: Report) -> Iterator[str]:
    """What is wrong with LRC."""
    timed = []
    for line in read_outside_text(path, errors="replace").splitlines():
        if match := _LYRIC.fullmatch(line):
            minutes, seconds, fraction, text = match.groups()
            start = (int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
            timed.append(_Timed(start, start, text))
    yield from _compare_texts(timed, report)


def _compare_texts(timed: Sequence[_Timed], report: Report) -> Iterator[str]:
    """Times rise and lie inside the audio; the texts hold every utterance, in order."""
    for one in timed:
        if not one.start_ms <= one.end_ms <= report.duration_ms + LENGTH_SLACK_MS:
            yield msg(
                "“{text}” is outside the audio, or ends before it begins.", text=one.text[:20]
            )
    for before, after in pairwise(timed):
        if after.start_ms < before.end_ms:
            yield msg(
                "“{text}” begins before “{text2}” ends.",
                text=after.text[:20],
                text2=before.text[:20],
            )
    told, position = _NOT_TEXT.sub("", "".join(one.text for one in timed)), 0
    for cue in report.utterances:
        wanted = _NOT_TEXT.sub("", cue.text)
        found = told.find(wanted, position)
        if found < 0:
            yield msg("Utterance {id} is missing or out of place.", id=cue.id)
        else:
            position = found + len(wanted)
