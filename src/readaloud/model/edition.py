"""What becomes of a source: a plan, a finished edition, or the error that stopped it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from readaloud.errors import ReadaloudError
from readaloud.model.narration import Loudness
from readaloud.model.script import Script

State = Literal["made", "fresh", "same", "failed"]


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
    """Lines."""
    unspoken: int
    """Characters that the voice can't say."""
    loudness: Loudness
    content_sha256: str
    """Of the text that is spoken, whatever file it came in."""
    report: Path | None = None
    """One of the files, where the formats include it."""
    fresh: bool = False
    """True where it was there already, and nothing had to be made."""
    notices: tuple[str, ...] = ()
    """What its source lacks; see ``Document``."""


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
    seconds: float = 0.0
    """From the first look at the source to the end; other editions are made beside it."""

    @property
    def same_as(self) -> str | None:
        """The source that the edition was made from, where it is not this one."""
        other = self.edition is not None and self.edition.source != self.source
        return self.edition.source if self.edition is not None and other else None

    @property
    def state(self) -> State:
        """Made now, there already (fresh), the same article as another's, or failed."""
        if self.edition is None:
            return "failed"
        if self.same_as:
            return "same"
        return "fresh" if self.edition.fresh else "made"
