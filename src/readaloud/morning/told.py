"""What became of articles and sources in one morning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from readaloud.errors import ReadaloudError
from readaloud.model import Outcome

Fate = Literal["spoken", "late", "waits", "left out", "failed"]
"""``late``: it should have been in, and goes into the next; ``waits``: there were too many;
``left out``: no bulletin will hold it; ``failed``: a source that could not be asked."""


@dataclass(frozen=True, slots=True)
class Told:
    """An article, or a source as a whole, and what became of it."""

    source: str
    """The source's name in the settings."""
    address: str
    title: str
    fate: Fate
    reason: str = ""
    same_as: str = ""
    """The article that tells the same story."""
    error: ReadaloudError | None = None
    """Of what failed: exit code and remedy."""

    @property
    def name(self) -> str:
        """What a person knows it by."""
        return self.title or self.address


@dataclass(frozen=True, slots=True)
class Made:
    """A bulletin that was made, or could not be."""

    day: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class NoBulletin:
    """Why there is none today."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many articles wait for the next bulletin."""

    waiting: int


@dataclass(frozen=True, slots=True)
class Announced:
    """What was done for listeners once the bulletin was whole, or what stood in the way."""

    day: str
    told: tuple[str, ...] = ()
    """A sentence for each thing done."""
    error: ReadaloudError | None = None


Event = Told | Made | NoBulletin | Gathered | Announced
