"""What an index of a folder tells: its editions, newest first, and whatever else lies there."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from readaloud.formats import FORMATS, REPORT, Format
from readaloud.formats.report import Report
from readaloud.podcast.episodes import day_of, edition_names, find_reports
from readaloud.podcast.feed_file import FEED_NAME, is_feed, parse_feed

_COVER_STEM = "feed-cover"
_NOT_FOR_LISTENERS = {REPORT, "chapters", "html", "script", "timeline"}
"""The page is a link of its own; the others are for programs."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A file: its name for people, its address in the folder, its media type and its size."""

    name: str
    address: str
    media_type: str
    size_bytes: int

    @property
    def size(self) -> str:
        """In megabytes, or in kilobytes where it is less than one."""
        if self.size_bytes >= 1_000_000:
            return f"{self.size_bytes / 1e6:.1f} MB"
        return f"{max(round(self.size_bytes / 1000), 1)} KB"


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition of the index; ``page`` is its text to read along."""

    title: str
    language: str
    published: datetime
    duration_ms: int
    chapters: tuple[str, ...]
    """Their titles, where there are several."""
    audio: tuple[Linked, ...]
    page: Linked | None
    downloads: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class EditionIndex:
    """All that an index shows; names of ``folders`` and ``others`` go with their addresses."""

    title: str
    language: str
    feed: str | None
    """Its address."""
    editions: tuple[Listed, ...]
    folders: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]

    @property
    def months(self) -> list[tuple[str, list[Listed]]]:
        """The editions by month, as ``2026-11``, newest first."""
        grouped = groupby(self.editions, key=lambda edition: f"{edition.published:%Y-%m}")
        return [(month, list(editions)) for month, editions in grouped]


def read_index(folder: Path, without: Collection[str] = ()) -> EditionIndex:
    """The index of a folder (OSError as it comes). Links that lead out of it are passed over.

    So are files of the names ``without``; an edition whose report is among them is not told of.
    """
    inside = [
        path
        for path in sorted(folder.iterdir())
        if path.name not in without and _is_inside(path, folder)
    ]
    names = {path.name for path in inside}
    reports = [(path, report) for path, report in find_reports(folder) if path.name in names]
    dated = [(_published(path, report), path, report) for path, report in reports]
    dated.sort(key=lambda one: (one[0], one[1].stat().st_mtime, one[1].name), reverse=True)
    editions = tuple(_listed(folder, names, when, report) for when, _, report in dated)
    known = {name for _, report in reports for name in edition_names(report.stem)}
    others = [path for path in inside if path.is_file() and not _is_known(path.name, known)]
    return EditionIndex(
        title=_feed_title(folder / FEED_NAME) or folder.resolve().name,
        language=_language([edition.language for edition in editions]),
        feed=FEED_NAME if FEED_NAME in names else None,
        editions=editions,
        folders=tuple((_shown(p.name), f"{_address(p.name)}/") for p in inside if p.is_dir()),
        others=tuple((_shown(path.name), _address(path.name)) for path in others),
    )


def _is_known(name: str, editions: set[str]) -> bool:
    """Whether it is an edition's, or the feed's, which is linked, or its image."""
    return name in editions or is_feed(name) or name.startswith(_COVER_STEM)


def _is_inside(path: Path, folder: Path) -> bool:
    if path.name.startswith("."):
        return False
    return not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())


def _published(path: Path, report: Report) -> datetime:
    return day_of(report.date) or datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def _listed(folder: Path, names: set[str], published: datetime, report: Report) -> Listed:
    there = [
        (each, _linked(folder, each, report.stem))
        for each in FORMATS.all()
        if each.path(folder, report.stem).name in names
    ]
    return Listed(
        title=report.title or report.stem,
        language=report.language,
        published=published,
        duration_ms=report.duration_ms,
        chapters=tuple(mark.title for mark in report.chapters) if report.chapters[1:] else (),
        audio=tuple(link for each, link in there if each.is_audio),
        page=next((link for each, link in there if each.name == "html"), None),
        downloads=tuple(link for each, link in there if each.name not in _NOT_FOR_LISTENERS),
    )


def _linked(folder: Path, wanted: Format, stem: str) -> Linked:
    path = wanted.path(folder, stem)
    size_bytes = path.stat().st_size
    return Linked(wanted.name.upper(), _address(path.name), wanted.media_type, size_bytes)


def _language(languages: Sequence[str]) -> str:
    """That of most editions; of as many of each, the newest one's."""
    return Counter(languages).most_common(1)[0][0] if languages else "zh-Hans"


def _feed_title(path: Path) -> str:
    """What the feed there is called; nothing where there is none that can be read."""
    try:
        return (parse_feed(path).findtext("channel/title") or "").strip()
    except (etree.XMLSyntaxError, OSError, ValueError):
        return ""


def _address(name: str) -> str:
    return quote(os.fsencode(name), safe="")


def _shown(name: str) -> str:
    """A file's name as text; names may be bytes that are none."""
    return os.fsencode(name).decode("utf-8", "replace")
