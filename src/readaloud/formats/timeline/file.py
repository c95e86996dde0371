"""The timeline's file: sentences with their times, by paragraph, in a form that is public.

Other people's programs read it; its JSON Schema is ``docs/timeline.schema.json``. The report has
the same times, but tells what was left out too, and is not for publishing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from readaloud.errors import msg
from readaloud.files.outside import read_outside
from readaloud.formats import find_format
from readaloud.formats.report import Report
from readaloud.formats.shared.check_audio import compare_chapters
from readaloud.formats.shared.read_along import PassageKind, Phrase, parts_of
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import ChapterMark, Narration

VERSION: Literal["1.0"] = "1.0"
"""The number before the dot is raised when a key changes its meaning or goes."""
_MOST_BYTES = 64_000_000


class SpokenSentence(msgspec.Struct, frozen=True):
    """What is shown of an utterance, and when it is heard."""

    id: str
    """That of the read-along page and the report."""
    text: str
    start_ms: int
    end_ms: int
    """Where its last sound ends; a pause may follow."""


class SpokenParagraph(msgspec.Struct, frozen=True):
    """The sentences of a paragraph, a heading, an item of a list."""

    kind: PassageKind
    """As the article has it."""
    chapter: str
    """The ``id`` of its chapter."""
    sentences: tuple[SpokenSentence, ...]


class AudioFile(msgspec.Struct, frozen=True):
    """A file to play; all hold the same sound."""

    src: str
    """Its address, relative to the timeline's."""
    type: str
    """Its media type."""


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """What is heard when; times are milliseconds from the start of the audio."""

    version: Literal["1.0"]
    """New keys may come without a new number."""
    title: str
    byline: str | None
    date: str | None
    """Of the article, ISO 8601."""
    language: Literal["zh-Hans", "zh-Hant"]
    address: str | None
    """Where on the web the article stands."""
    page: str | None
    """The read-along page, where there is one: its address, relative to the timeline's."""
    audio: tuple[AudioFile, ...]
    duration_ms: int
    chapters: tuple[ChapterMark, ...]
    paragraphs: tuple[SpokenParagraph, ...]

    @property
    def sentences(self) -> tuple[SpokenSentence, ...]:
        """Those of all paragraphs, in the order of speaking."""
        return tuple(one for paragraph in self.paragraphs for one in paragraph.sentences)


def write_timeline(narration: Narration, path: Path) -> None:
    """Write the timeline; see ``readaloud.formats.Format``.

    Raises:
        OutputError: the file can't be written.
    """
    told = msgspec.to_builtins(make_timeline(narration))
    with write_errors(path):
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def make_timeline(narration: Narration) -> Timeline:
    """The timeline of a narration whose audio, and page, are written."""
    article = narration.script.article
    files = [(find_format(kind), quote(name)) for kind, name, _ in narration.files]
    return Timeline(
        version=VERSION,
        title=narration.title,
        byline=article.byline,
        date=article.date,
        language=article.language,
        address=article.address or None,
        page=next((name for kind, name in files if kind.name == "html"), None),
        audio=tuple(AudioFile(name, kind.media_type) for kind, name in files if kind.is_audio),
        duration_ms=narration.duration_ms,
        chapters=narration.marks,
        paragraphs=tuple(
            SpokenParagraph(passage.kind, part.mark.id, tuple(map(_spoken, passage.phrases)))
            for part in parts_of(narration)
            for passage in part.passages
        ),
    )


def timeline_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a timeline."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(Timeline),
    }


def check_timeline(path: Path, report: Report) -> Iterator[str]:
    """What is wrong with a timeline: its form, its sentences and chapters, the audio it names."""
    try:
        told = msgspec.json.decode(read_outside(path, _MOST_BYTES), type=Timeline)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        yield msg("It is not a timeline.")
        return
    said = [SpokenSentence(u.id, u.text, u.start_ms, u.end_ms) for u in report.utterances]
    if list(told.sentences) != said:
        yield msg("Its sentences differ from those in the report.")
    yield from compare_chapters([(c.title, c.start_ms) for c in told.chapters], report.chapters)
    written = {quote(file.name) for file in report.files.values()}
    for audio in told.audio:
        if audio.src not in written:
            yield msg("It names {name}, which is no file of the edition.", name=audio.src)
    if not told.audio:
        yield msg("It names no audio.")


def _spoken(phrase: Phrase) -> SpokenSentence:
    return SpokenSentence(phrase.id, phrase.text, phrase.start_ms, phrase.cue.end_ms)
