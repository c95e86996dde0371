"""What a run tells: editions, plans and failures, and the observer that hears of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from readaloud.errors import ReadaloudError
from readaloud.models import Loudness, Script


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition: its files, and the figures that its closing line shows."""

    source: str
    title: str
    files: tuple[Path, ...]
    voice: str
    duration_ms: int
    chapters: int
    utterances: int
    synthesized: int
    removed: int
    loudness: Loudness
    content_sha256: str
    """Of the text that is spoken, whatever file it came in."""
    fresh: bool = False
    """True where it was there already, and nothing had to be made."""

    @property
    def report(self) -> Path | None:
        """The report, where the formats include it."""
        return next((path for path in self.files if path.suffix == ".json"), None)


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be made of one source: a script, or the error that stands in the way."""

    source: str
    script: Script | None = None
    estimated_ms: int = 0
    error: ReadaloudError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: an edition, or the error that stopped it.

    The edition is another source's where that holds the same article and came first.
    """

    source: str
    edition: Edition | None = None
    error: ReadaloudError | None = None

    @property
    def same_as(self) -> str | None:
        """The source that the edition was made from, where it is not this one."""
        other = self.edition is not None and self.edition.source != self.source
        return self.edition.source if self.edition is not None and other else None


class Observer(Protocol):
    """Told how a run goes on; the command line draws its progress from it."""

    def planned(self, source: str, script: Script) -> None:
        """A script is ready to be spoken."""

    def spoke(self, duration_ms: int, cached: bool) -> None:
        """An utterance is there."""

    def stage(self, name: str) -> None:
        """Another stage of the current edition has begun."""

    def notice(self, text: str) -> None:
        """Something that the user has to know, but that is no error."""

    def ended(self, outcome: Outcome) -> None:
        """A source is done, or failed."""


class Quiet:
    """An observer that says nothing."""

    def planned(self, source: str, script: Script) -> None:
        """Say nothing."""

    def spoke(self, duration_ms: int, cached: bool) -> None:
        """Say nothing."""

    def stage(self, name: str) -> None:
        """Say nothing."""

    def notice(self, text: str) -> None:
        """Say nothing."""

    def ended(self, outcome: Outcome) -> None:
        """Say nothing."""
