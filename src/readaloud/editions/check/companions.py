"""The files beside an edition's MP3, each held against the report, where they are there.

Written from the formats' own specifications: WebVTT (W3C), SubRip and LRC as players read them,
podcast chapters JSON 1.2 (podcastindex.org), SMIL in EPUB 3.3 and DAISY 2.02.
"""

from __future__ import annotations

import html
import io
import json
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from lxml import etree

from readaloud.audio.loudness import CEILING_DBTP, measure_file
from readaloud.editions.check.edition import LENGTH_SLACK_MS, FinishedEdition
from readaloud.errors import OutputError
from readaloud.model import ChapterMark

_CLOCK = r"(?:(\d{1,4}):)?(\d{2}):(\d{2})[.,](\d{3})"
_TIMING = re.compile(rf"{_CLOCK} {{1,9}}--> {{1,9}}{_CLOCK}(?:[ \t].{{0,200}})?")
_LYRIC = re.compile(r"\[(\d{1,5}):(\d{2})\.(\d{2,3})\](.*)")
_TAG = re.compile(r"<[^<>]{0,200}>")
_NOT_TEXT = re.compile(r"\W+")
_CLOCK_VALUE = re.compile(r"(?:npt=)?(?:(?:(\d{1,6}):)?(\d{1,2}):)?(\d{1,9}(?:\.\d{1,9})?)(s|ms|)")
_MOST_MEMBER_BYTES = 1 << 30
"""A part of a book that would unpack to more is not one of readaloud's."""


@dataclass(frozen=True, slots=True)
class _Timed:
    """A piece of text and its time; ``end_ms`` is its start where the format has no ends."""

    start_ms: int
    end_ms: int
    text: str


def check_companions(edition: FinishedEdition) -> list[str]:
    """What is wrong with each file beside the MP3, its name before it."""
    problems = []
    for suffix, check in _CHECKS.items():
        path = edition.audio.with_name(edition.audio.stem + suffix)
        if path.is_file():
            problems += [f"{path.name}: {problem}" for problem in check(path, edition)]
    return problems


def _check_audio(path: Path, edition: FinishedEdition) -> Iterator[str]:
    """It decodes whole, is as long as the MP3, below the ceiling, and has the report's chapters."""
    try:
        loudness, decoded_ms = measure_file(path)
    except OutputError as error:
        yield error.message
        return
    if abs(decoded_ms - edition.duration_ms) > LENGTH_SLACK_MS:
        yield f"It lasts {decoded_ms} ms, the report says {edition.duration_ms}."
    if loudness.true_peak_dbtp > CEILING_DBTP:
        yield f"Its true peak is {loudness.true_peak_dbtp:.1f} dBTP, over {CEILING_DBTP:g}."
    with av.open(str(path)) as container:
        found = [
            (
                chapter["metadata"].get("title", ""),
                round(chapter["start"] * (chapter["time_base"] or 0) * 1000),
            )
            for chapter in container.chapters()
        ]
    yield from _compare_chapters(found, edition.chapters)


def _check_captions(path: Path, edition: FinishedEdition) -> Iterator[str]:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    is_vtt = path.suffix == ".vtt"
    if is_vtt and not re.match(r"WEBVTT(?:[ \t\r\n]|$)", text):
        yield "It does not begin with WEBVTT."
    yield from _compare_texts(list(_captions(text, marked_up=is_vtt)), edition)


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


def _check_lyrics(path: Path, edition: FinishedEdition) -> Iterator[str]:
    timed = []
    for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines():
        if match := _LYRIC.fullmatch(line):
            minutes, seconds, fraction, text = match.groups()
            start = (int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
            timed.append(_Timed(start, start, text))
    yield from _compare_texts(timed, edition)


def _compare_texts(timed: Sequence[_Timed], edition: FinishedEdition) -> Iterator[str]:
    """Times rise and lie inside the audio; the texts hold every utterance, in order."""
    for one in timed:
        if not one.start_ms <= one.end_ms <= edition.duration_ms + LENGTH_SLACK_MS:
            yield f"“{one.text[:20]}” lies outside the audio, or ends before it begins."
    for before, after in pairwise(timed):
        if after.start_ms < before.end_ms:
            yield f"“{after.text[:20]}” begins before “{before.text[:20]}” ends."
    told, position = _NOT_TEXT.sub("", "".join(one.text for one in timed)), 0
    for cue in edition.cues:
        wanted = _NOT_TEXT.sub("", cue.text)
        found = told.find(wanted, position)
        if found < 0:
            yield f"Utterance {cue.utterance_id} is not in it, or not in its place."
        else:
            position = found + len(wanted)


def _check_chapters_json(path: Path, edition: FinishedEdition) -> Iterator[str]:
    try:
        told = json.loads(path.read_bytes())
        found = [
            (str(one.get("title", "")), round(one["startTime"] * 1000)) for one in told["chapters"]
        ]
        version = str(told["version"])
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "It is no chapters JSON."
        return
    if not version.startswith("1."):
        yield f"Its version is {version!r}."
    yield from _compare_chapters(found, edition.chapters)


def _compare_chapters(
    found: Sequence[tuple[str, int]], marks: Sequence[ChapterMark]
) -> Iterator[str]:
    """Titles and starts in milliseconds, against the report's."""
    if [title for title, _ in found] != [mark.title for mark in marks]:
        yield "Its chapters are not those of the report."
        return
    for (title, start_ms), mark in zip(found, marks, strict=True):
        if abs(start_ms - mark.start_ms) > LENGTH_SLACK_MS:
            yield f"Chapter “{title[:20]}” begins at {start_ms} ms, not at {mark.start_ms}."


def _check_book(path: Path, edition: FinishedEdition) -> Iterator[str]:
    """Every SMIL clip has a length and lies inside its audio; together they hold all utterances."""
    try:
        with zipfile.ZipFile(path) as book:
            lengths: dict[str, int] = {}
            clips = 0
            for name in book.namelist():
                if name.endswith(".smil"):
                    for problem in _clip_problems(book, name, lengths):
                        clips += problem is None
                        if problem is not None:
                            yield f"{name}: {problem}"
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        av.FFmpegError,
    ) as error:
        yield f"It can't be read: {error}."
        return
    if clips < len(edition.cues):
        yield f"It has {clips} sound clips for {len(edition.cues)} utterances."


def _clip_problems(
    book: zipfile.ZipFile, name: str, lengths: dict[str, int]
) -> Iterator[str | None]:
    """For each ``audio`` element of a SMIL file: None where it is sound, or what is wrong."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for element in etree.fromstring(_member(book, name), parser).iter("{*}audio"):
        begin = _clock_ms(element.get("clipBegin") or element.get("clip-begin") or "0s")
        stated = element.get("clipEnd") or element.get("clip-end")
        source = posixpath.normpath(posixpath.join(posixpath.dirname(name), element.get("src", "")))
        if source not in book.namelist():
            yield f"{source} is not in the book."
            continue
        length = _length_ms(book, source, lengths)
        end = _clock_ms(stated) if stated else length
        inside = 0 <= begin < end <= length + LENGTH_SLACK_MS
        yield None if inside else f"A clip from {begin} to {end} ms of {source}, of {length} ms."


def _length_ms(book: zipfile.ZipFile, name: str, lengths: dict[str, int]) -> int:
    if name not in lengths:
        with av.open(io.BytesIO(_member(book, name)), "r") as container:
            lengths[name] = round((container.duration or 0) / 1000)
    return lengths[name]


def _member(book: zipfile.ZipFile, name: str) -> bytes:
    if book.getinfo(name).file_size > _MOST_MEMBER_BYTES:
        raise ValueError(f"{name} is too large")
    return book.read(name)


def _clock_ms(value: str) -> int:
    """A SMIL clock value: ``0:00:01.5``, ``01.5``, ``1.5s``, ``1500ms``, ``npt=1.5s``.

    Raises:
        ValueError: it is none.
    """
    match = _CLOCK_VALUE.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"“{value[:40]}” is no time")
    hours, minutes, seconds, unit = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return round((whole + float(seconds)) * (1 if unit == "ms" else 1000))


_CHECKS: dict[str, Callable[[Path, FinishedEdition], Iterator[Any]]] = {
    ".m4b": _check_audio,
    ".opus": _check_audio,
    ".vtt": _check_captions,
    ".srt": _check_captions,
    ".lrc": _check_lyrics,
    ".chapters.json": _check_chapters_json,
    ".epub": _check_book,
    ".daisy.zip": _check_book,
}
