"""What ``[programme]`` says of a bulletin: its own words, its sections, its music."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from readaloud.config.templates import find_fault
from readaloud.config.toml_tables import Table
from readaloud.errors import msg

OF_THE_DAY = ("name", "date", "weekday", "lunar", "lunar_year", "solar_term", "count", "sections")
"""Places that every template of a bulletin may have."""
_MORE = {
    "time_check": ("time",),
    "correction": ("number", "title"),
}
"""Places of single templates, beside those of the day."""
_TEMPLATES = ("title", "opening", "contents", "closing", "time_check", "correction")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a bulletin, and which articles belong to it."""

    name: str
    sources: tuple[str, ...] = ()
    """Patterns of paths and addresses, as in ``*/weather/*``; the first section that has one that
    fits takes the article."""


@dataclass(frozen=True, slots=True)
class Music:
    """The user's own sounds: any audio file that FFmpeg reads, at a level set by its loudness."""

    opening: Path | None = None
    """Played before the first word; of all but the bed, 60 seconds at most."""
    between: Path | None = None
    """Played between articles, in place of the chime."""
    closing: Path | None = None
    """Played behind the last word."""
    bed: Path | None = None
    """Laid under what is said, over and over; ten minutes of it at most are used."""
    bed_under: Literal["opening", "all"] = "opening"
    """What it lies under: opening and closing, or all."""
    under_lu: float = 18.0
    """How far below the speech it lies, in LU; where nobody speaks it comes up."""
    fade_ms: int = 600
    """How long it takes to come and go, in milliseconds."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Those that are named."""
        named = (self.opening, self.between, self.closing, self.bed)
        return tuple(path for path in named if path is not None)


@dataclass(frozen=True, slots=True)
class Programme:
    """A bulletin's own words; empty ones mean: as the program says it by itself."""

    title: str = ""
    """Title of the edition, said first: `{name} {date}`."""
    opening: str = ""
    """What is said behind the title. Each line is a paragraph."""
    contents: str = ""
    """What is said before the articles' titles."""
    headlines: int = 1000
    """How many of the articles' titles the opening tells; 0: none."""
    closing: str = ""
    """What is said at the end."""
    starts: str = ""
    """When it is broadcast, as in `07:00`: then it tells the time in between."""
    time_check: str = ""
    """How it tells the time."""
    time_check_minutes: int = 10
    """How often it does so at most; between articles, never within one."""
    correction: str = ""
    """What is said at the beginning of an edition that was corrected."""
    cover: bool = False
    """Draws a cover with name and date (extra `feed`), where no other is given."""
    music: Music = Music()
    """Its jingles and its bed, below `[programme.music]`."""
    sections: tuple[Section, ...] = ()
    """Parts of the bulletin, in their order, as `[[programme.section]]`."""

    def section_of(self, source: str) -> str:
        """The section of an article by its path or address; empty where it is in none."""
        for section in self.sections:
            if any(fnmatchcase(source, pattern) for pattern in section.sources):
                return section.name
        return ""


_RANGES = {
    "headlines": (0, 1000),
    "time_check_minutes": (1, 600),
    "under_lu": (3, 60),
    "fade_ms": (20, 10_000),
}
_SOUNDS = ("opening", "between", "closing", "bed")


def make_programme(table: Table) -> Programme:
    """The programme of a ``[programme]`` table.

    Raises:
        ConfigError: an unknown key or place, or a value of a wrong kind.
    """
    rest = {key: value for key, value in table.values.items() if key not in {"section", "music"}}
    made = replace(table, values=rest).make(
        Programme,
        _RANGES,
        music=_make_music(table.table("music")),
        sections=tuple(each.make(Section) for each in table.tables("section")),
    )
    for key in _TEMPLATES:
        places = (*OF_THE_DAY, *_MORE.get(key, ()))
        if fault := find_fault(getattr(made, key), places):
            raise table.error(msg("{key}: {fault}", key=key, fault=fault), key)
    if made.starts and not _CLOCK.fullmatch(made.starts):
        raise table.error(msg("starts is no time of day; write it like 07:00"), "starts")
    return made


def _make_music(table: Table) -> Music:
    """The sounds; their paths begin beside the file."""
    named = {key: table.text_at(key) for key in _SOUNDS}
    files = {key: table.beside(name) if name else None for key, name in named.items()}
    rest = {key: value for key, value in table.values.items() if key not in _SOUNDS}
    return replace(table, values=rest).make(Music, _RANGES, **files)
