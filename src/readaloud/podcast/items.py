"""Editions of a folder -> items of a feed, from their reports and the files beside them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from readaloud.podcast.public_names import public_path

_GUIDS = uuid.UUID("7f0c9a54-27f5-5b0e-8a43-6f9d53f4c1aa")
"""The name space of the program's own guids."""
_DESCRIPTION_CHARS = 300
TRANSCRIPTS = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".html": "text/html"}
CHAPTERS_TYPE = "application/json+chapters"
MP3_TYPE = "audio/mpeg"


@dataclass(frozen=True, slots=True)
class Link:
    """A published file: its path below the feed's address, and its media type."""

    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Item:
    """An episode. ``published`` has a time zone."""

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
    length_bytes: int
    duration_ms: int
    chapters: Link | None
    transcripts: tuple[Link, ...]


def find_items(folder: Path) -> tuple[list[Item], list[str]]:
    """The items of all editions in a folder, and a sentence for each edition that can't be one.

    What is no report of readaloud is passed over. OSError as it comes.
    """
    items, left_out = [], []
    for path, report in _reports(folder):
        audio = _beside(folder, report, ".mp3")
        if audio is None:
            left_out.append(f"{path.name}: there is no MP3 beside it.")
        elif not report["utterances"]:
            left_out.append(f"{path.name}: it has no utterance.")
        else:
            items.append(_item(folder, path, report, audio))
    return items, left_out


def _reports(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        try:
            report = json.loads(path.read_bytes())
        except ValueError:
            continue
        if isinstance(report, dict) and report.keys() >= _KEYS and report["stem"] == path.stem:
            yield path, report


_KEYS = {"stem", "files", "utterances", "duration_ms", "content_sha256", "language", "chapters"}


def _item(folder: Path, path: Path, report: dict[str, Any], audio: str) -> Item:
    stem = report["stem"]

    def link(name: str | None, media_type: str) -> Link | None:
        return Link(public_path(folder, name, stem), media_type) if name else None

    published = _date(report.get("date"))
    found = (link(_beside(folder, report, suffix), kind) for suffix, kind in TRANSCRIPTS.items())
    return Item(
        guid=uuid.uuid5(_GUIDS, f"{stem}\0{report['content_sha256']}").urn,
        title=report.get("title") or stem,
        author=report.get("byline") or "",
        description=_description(report),
        language="zh-tw" if report["language"] == "zh-Hant" else "zh-cn",
        published=published or datetime.fromtimestamp(int(path.stat().st_mtime), UTC),
        dated=published is not None,
        audio=Link(public_path(folder, audio, stem), MP3_TYPE),
        length_bytes=(folder / audio).stat().st_size,
        duration_ms=report["duration_ms"],
        chapters=link(_beside(folder, report, ".chapters.json"), CHAPTERS_TYPE),
        transcripts=tuple(one for one in found if one is not None),
    )


def _beside(folder: Path, report: dict[str, Any], suffix: str) -> str | None:
    """The name of the edition's file of that suffix, if it is there."""
    name = f"{report['stem']}{suffix}"
    return name if (folder / name).is_file() else None


def _date(stated: str | None) -> datetime | None:
    """Midnight in Greenwich is on the same day in China too."""
    try:
        date = datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _description(report: dict[str, Any]) -> str:
    """The first sentences, whole ones, without title and headings."""
    headings = {report.get("title"), *(mark["title"] for mark in report["chapters"])}
    told = ""
    for utterance in report["utterances"]:
        text = utterance["text"]
        if text in headings:
            continue
        if told and len(told) + len(text) > _DESCRIPTION_CHARS:
            break
        told += text
    return told or report.get("title") or report["stem"]
