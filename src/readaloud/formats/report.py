"""The report: what was spoken when, what was not and why, and the figures of the finished audio.

It writes and reads itself. Its JSON Schema is ``docs/report.schema.json``. New keys may come
without a new schema number; what an older report lacks has a default.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import msgspec

from readaloud.errors import UnreadableSourceError, msg, system_reason
from readaloud.files.outside import read_outside
from readaloud.formats import REPORT, Format, find_format
from readaloud.model import (
    ChapterMark,
    Correction,
    Narration,
    ProgrammeItem,
    Removal,
    Script,
    Voice,
    says_it,
)

SCHEMA = 1
"""Raised when a key changes its meaning or goes."""
_MOST_BYTES = 128_000_000
"""Of a book of three million characters it has about 30."""


class WrittenFile(msgspec.Struct, frozen=True):
    """A file of the edition: its name, and its SHA-256 in hexadecimal."""

    name: str
    sha256: str


class Said(msgspec.Struct, frozen=True):
    """An utterance and its time; ``text`` is shown, ``spoken`` was said."""

    id: str
    chapter: str
    text: str
    spoken: str
    start_ms: int
    end_ms: int
    line: int | None = None
    """Of the source, as ``model.Block`` counts; None for the program's own words."""
    voice: str | msgspec.UnsetType = msgspec.UNSET
    """Who says it, where that is not the edition's voice: an article of a bulletin may have one."""


class Unsaid(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line or sign that was not spoken, and why; see ``model.Removal``."""

    line: int
    text: str
    reason: str
    rule: str = ""
    source: str = ""
    score: float | None = None


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """How the edition says that its speech is synthetic."""

    mode: Literal["cn", "eu"]
    """By whose rules."""
    notice: str
    """In words."""
    utterances: tuple[str, ...] = ()
    """The ids of those that are the mark."""
    aigc: dict[str, str] = {}
    """The fields of the implicit mark, as the files have them."""
    signed: tuple[str, ...] = ()
    """The formats whose files hold content credentials (C2PA)."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of an edition; times are milliseconds from the start of the audio."""

    schema: int
    program: str
    source: str
    """Path or address as the user gave it."""
    source_sha256: str
    content_sha256: str
    """Of the text that is spoken, whatever file it came in."""
    stem: str
    """What the files are named after."""
    edition: str
    """Names all that shaped the edition: the same key, the same edition."""
    files: dict[str, WrittenFile]
    """By format; the report itself is not among them."""
    voice: Voice
    title: str | None
    byline: str | None = None
    origin: str | None = None
    """Who published the article."""
    address: str | None = None
    """Where on the web the article stands."""
    date: str | None = None
    """Of the article, ISO 8601."""
    language: str
    """``zh-Hans`` or ``zh-Hant``."""
    duration_ms: int
    loudness_lufs: float | None
    """None for silence and for less than 0.4 s, which have no loudness."""
    true_peak_dbtp: float | None
    chapters: tuple[ChapterMark, ...]
    utterances: tuple[Said, ...]
    removed: tuple[Unsaid, ...] = ()
    skipped: tuple[Unsaid, ...] = ()
    items: tuple[ProgrammeItem, ...] = ()
    """Of a bulletin its articles."""
    correction: Correction | None = None
    """Of a bulletin in which an article was replaced."""
    label: Labelled | None = None
    """How the edition says that its speech is synthetic; None where it doesn't."""

    def to_json(self) -> str:
        """The report as its file has it."""
        told = msgspec.to_builtins(self)
        for private in ("secrets", "style_file"):
            del told["voice"][private]
        return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def make_report(narration: Narration) -> Report:
    """The report of a narration whose other files are written."""
    from readaloud.formats.shared.label import labelled
    from readaloud.model.version import __version__

    made = (name for name, _, _ in narration.files)
    signed = tuple(name for name in made if find_format(name).holds_credentials)
    script, article = narration.script, narration.script.article
    return Report(
        schema=SCHEMA,
        program=f"readaloud {__version__}",
        source=article.source_name,
        source_sha256=narration.source_sha256,
        content_sha256=script.content_sha256,
        stem=narration.stem,
        edition=narration.key,
        files={name: WrittenFile(file, digest) for name, file, digest in narration.files},
        voice=narration.voice,
        title=article.title,
        byline=article.byline,
        origin=article.origin,
        address=article.address or None,
        date=article.date,
        language=article.language,
        duration_ms=narration.duration_ms,
        loudness_lufs=_finite(narration.loudness.integrated_lufs),
        true_peak_dbtp=_finite(narration.loudness.true_peak_dbtp),
        chapters=narration.marks,
        utterances=tuple(_said(script, narration)),
        removed=tuple(map(_unsaid, article.removed)),
        skipped=tuple(map(_unsaid, script.skipped)),
        items=article.items,
        correction=article.correction,
        label=labelled(narration, signed),
    )


def read_report(path: Path) -> Report:
    """The report of a file.

    Raises:
        UnreadableSourceError: it can't be read, or is not a report of readaloud.
    """
    try:
        return msgspec.json.decode(read_outside(path, _MOST_BYTES), type=Report)
    except OSError as error:
        raise UnreadableSourceError(
            msg(
                "The report {name} can't be read: {reason}.",
                name=path.name,
                reason=system_reason(error),
            )
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableSourceError(
            msg("{name} is not a readaloud report.", name=path.name)
        ) from error


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(Report),
    }


def _said(script: Script, narration: Narration) -> Iterator[Said]:
    for each, cue in zip(script.utterances, narration.cues, strict=True):
        yield Said(
            id=each.id,
            chapter=each.chapter_id,
            text=each.text,
            spoken=each.spoken,
            start_ms=cue.start_ms,
            end_ms=cue.end_ms,
            line=each.line or None,
            voice=each.voice.name if each.voice else msgspec.UNSET,
        )


def _unsaid(gone: Removal) -> Unsaid:
    score = None if gone.score is None else round(gone.score, 1)
    return Unsaid(gone.line, gone.text, str(gone.reason), str(gone.rule), gone.source, score)


def _finite(decibels: float) -> float | None:
    """JSON has no infinity: silence has no figure."""
    return round(decibels, 2) if math.isfinite(decibels) else None


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.shared.tag_values import write_errors

    with write_errors(path):
        path.write_text(make_report(narration).to_json(), encoding="utf-8")


def _check(_: Path, report: Report) -> Iterable[str]:
    """Utterances have a length, rise without overlap, and lie inside audio and chapter."""
    chapters = {mark.id: mark for mark in report.chapters}
    for each in report.utterances:
        chapter = chapters.get(each.chapter)
        if chapter is None:
            yield msg(
                "Utterance {id} belongs to a chapter that does not exist, {chapter}.",
                id=each.id,
                chapter=each.chapter,
            )
        elif not chapter.start_ms <= each.start_ms < each.end_ms <= chapter.end_ms:
            yield msg(
                "Utterance {id} is not inside chapter {chapter}.",
                id=each.id,
                chapter=each.chapter,
            )
    for before, after in pairwise(report.utterances):
        if after.start_ms < before.end_ms:
            yield msg("Utterance {id} begins before {id2} ends.", id=after.id, id2=before.id)
    if not report.utterances:
        yield msg("The report has no utterances.")
    yield from _check_label(report)


def _check_label(report: Report) -> Iterator[str]:
    """A mark that is heard stands among the utterances, in words that are one."""
    if report.label is None or report.label.mode != "cn":
        return
    said = "".join(each.text for each in report.utterances if each.id in report.label.utterances)
    if not says_it(said):
        yield msg("No utterance labels the speech as synthetic.")


FORMAT = Format(
    REPORT,
    ".json",
    "application/json",
    msg("the report: what was spoken when, and what was left out and why"),
    _write,
    _check,
    order=100,
)
