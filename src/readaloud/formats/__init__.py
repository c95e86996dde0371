"""Formats: what an edition is written as, a module or folder each, found by its place.

This is the one list of them. To add a format, put a module here that holds ``FORMAT``; nothing else
changes (docs/extending.md). ``shared`` holds what several formats need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from readaloud.errors import Message, msg
from readaloud.model import Narration
from readaloud.plugins import Seam

if TYPE_CHECKING:
    from readaloud.formats.report import Report

FeedPlace = Literal["", "enclosure", "chapters", "transcript"]
Check = Callable[[Path, "Report"], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """One output format."""

    name: str
    """What ``--format`` calls it."""
    extension: str
    """Behind the edition's stem, with its dot."""
    media_type: str
    """As IANA registers it, or as players have it."""
    purpose: Message
    """What it is for, in a few words, for the help."""
    write: Callable[[Narration, Path], None]
    """Writes the narration to a path in a folder that is private to this build, from where it is
    published whole. Raises OutputError."""
    check: Check = lambda _, __: ()
    """Says what is wrong with a finished file, held against its report, a sentence each."""
    shortfall: Callable[[Narration], str] = lambda _: ""
    """What a file can't hold of a narration, a sentence for the user; empty where it holds all."""
    order: int = 80
    """The place in every list. Books take over the audio of an MP3 that is made before them."""
    is_audio: bool = False
    """Holds the whole narration: it is written first, decoded and measured."""
    needs_audio: bool = False
    """Of no use without an audio file beside it: one is made too where none is asked for."""
    needs_words: bool = False
    """Uses the times of single words; the narration may have none for the others."""
    holds_credentials: bool = False
    """Is signed where the label asks for it: content credentials, C2PA."""
    feed_place: FeedPlace = ""
    """What it is in an item of a podcast feed."""
    charset: str = ""
    """Of text that is served, where its readers have to be told."""

    def path(self, folder: Path, stem: str) -> Path:
        """Where the file of an edition lies."""
        return folder / f"{stem}{self.extension}"


FORMATS: Seam[Format] = Seam(__name__, "readaloud.formats", "FORMAT", msg("format"), Format)

REPORT = "json"
"""The name of the report, which tells of all other files and is written last."""


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        ConfigError: there is none.
    """
    return FORMATS.find(name)


def find_report(folder: Path, stem: str, formats: Iterable[str]) -> Path | None:
    """Where the report of an edition in these formats lies; None where they don't include it."""
    return find_format(REPORT).path(folder, stem) if REPORT in formats else None


def audio_formats() -> tuple[Format, ...]:
    """Those that hold the narration; the report tells the loudness of the first that is made."""
    return tuple(each for each in FORMATS.all() if each.is_audio)
