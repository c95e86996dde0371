"""Editions of a folder -> items of a feed, from their reports and the files beside them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from readaloud.errors import UnreadableSourceError, msg
from readaloud.formats import FORMATS, REPORT, FeedPlace, Format, find_format
from readaloud.formats.report import Report, read_report
from readaloud.formats.shared.show_notes import Note, corrections_of, notes_of
from readaloud.podcast.public_names import public_path, public_stem

_GUIDS = uuid.UUID("7f0c9a54-27f5-5b0e-8a43-6f9d53f4c1aa")
"""The name space of the program's own guids."""
_DESCRIPTION_CHARS = 300


@dataclass(frozen=True, slots=True)
class Link:
    """A published file: its path below the feed's address, and its media type."""

    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Item:
    """An episode. ``published`` has a time zone."""

    stem: str
    """What the edition's files are named after."""
    guid: str
    title: str
    author: str
    description: str
    language: str
    """``zh-tw`` or ``zh-cn``."""
    published: datetime
    dated: bool
    """Whether the article itself stated ``published``."""
    audio: Link
    page: Link | None
    """The text to read along."""
    origin: str
    """Who published the article, and where on the web it stands; empty where that is unknown."""
    address: str
    length_bytes: int
    duration_ms: int
    chapters: Link | None
    transcripts: tuple[Link, ...]
    notes: tuple[Note, ...]
    """Its articles, or the chapters of its one article."""
    corrections: tuple[str, ...] = ()
    """What is said of each, the latest first."""
    season: int = 0
    episode: int = 0
    is_trailer: bool = False
    aigc: dict[str, str] = field(default_factory=dict)
    """The fields of the label of synthetic speech, where the edition has it."""


def find_items(folder: Path) -> tuple[list[Item], list[str]]:
    """The items of all editions in a folder, and a sentence for each edition that can't be one.

    What is no report of readaloud is passed over, unless an MP3 says that it should be one. OSError
    as it comes.
    """
    items: list[Item] = []
    left_out: list[str] = []
    enclosure = next(each for each in FORMATS.all() if each.feed_place == "enclosure")
    for path in _report_paths(folder):
        files = _Files(folder, path.stem)
        audio = files.link(enclosure)
        try:
            report = read_report(path)
            if report.stem != path.stem:
                continue
            if audio is None:
                left_out.append(msg("{name}: there is no MP3 beside it.", name=path.name))
            elif not report.utterances:
                left_out.append(msg("{name}: it has no utterances.", name=path.name))
            else:
                items.append(_item(files, path, report, audio))
        except (UnreadableSourceError, ArithmeticError, ValueError) as error:
            if audio is not None:  # else it is somebody's JSON
                left_out.append(msg("{name}: {error}", name=path.name, error=error))
    return items, left_out


def _report_paths(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{find_format(REPORT).extension}"))


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of one edition, as they are published."""

    folder: Path
    stem: str

    def link(self, wanted: Format) -> Link | None:
        """The published file of a format, if it is there."""
        path = wanted.path(self.folder, self.stem)
        if not path.is_file():
            return None
        return Link(public_path(self.folder, path.name, self.stem), wanted.media_type)

    def links(self, place: FeedPlace) -> list[Link]:
        """Those that stand at a place of the item, in the order of the formats."""
        found = (self.link(each) for each in FORMATS.all() if each.feed_place == place)
        return [link for link in found if link is not None]


def edition_names(stem: str) -> set[str]:
    """The names of an edition's files, and those that they are published under."""
    stems = {stem, public_stem(stem)}
    return {f"{each}{known.extension}" for each in stems for known in FORMATS.all()}


def find_reports(folder: Path) -> Iterator[tuple[Path, Report]]:
    """The reports of all editions in a folder, each with its file, by name."""
    for path in _report_paths(folder):
        try:
            report = read_report(path)
        except UnreadableSourceError:
            continue
        if report.stem == path.stem:
            yield path, report


def _item(files: _Files, path: Path, report: Report, audio: Link) -> Item:
    published = day_of(report.date)
    return Item(
        stem=report.stem,
        guid=guid_of(report),
        title=report.title or report.stem,
        author=report.byline or "",
        description=_description(report),
        language="zh-tw" if report.language == "zh-Hant" else "zh-cn",
        published=published or datetime.fromtimestamp(int(path.stat().st_mtime), UTC),
        dated=published is not None,
        audio=audio,
        page=files.link(find_format("html")),
        origin=report.origin or "",
        address=report.address or "",
        length_bytes=(files.folder / audio.path).stat().st_size,
        duration_ms=report.duration_ms,
        chapters=next(iter(files.links("chapters")), None),
        transcripts=tuple(files.links("transcript")),
        notes=tuple(notes_of(report.items, report.chapters)),
        corrections=corrections_of(report.correction),
        aigc=report.label.aigc if report.label else {},
    )


def guid_of(report: Report) -> str:
    """What a feed that does not know the edition yet calls it; corrected, it is still the same."""
    if report.correction is not None:
        return report.correction.guid
    return uuid.uuid5(_GUIDS, f"{report.stem}\0{report.content_sha256}").urn


def day_of(stated: str | None) -> datetime | None:
    """Midnight in Greenwich is on the same day in China too."""
    try:
        date = datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _description(report: Report) -> str:
    """The first sentences, whole ones, without title and headings, and the label behind them."""
    label = report.label
    marks = label.utterances if label else ()
    headings = {report.title, *(mark.title for mark in report.chapters)}
    told = ""
    for said in report.utterances:
        if said.text in headings or said.id in marks:
            continue
        if told and len(told) + len(said.text) > _DESCRIPTION_CHARS:
            break
        told += said.text
    told = told or report.title or report.stem
    return f"{told}\n{label.notice}" if label else told
