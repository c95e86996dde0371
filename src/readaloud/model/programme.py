"""What an edition of several articles holds, for show notes, and what was corrected in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """An article of a bulletin; empty texts mean: not known."""

    chapter: str
    """The id of the chapter that it begins with."""
    title: str
    source: str
    """Path or address as it was given."""
    publisher: str = ""
    """Who published it, else who wrote it."""
    link: str = ""
    """Where on the web people find it, http or https."""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """That an edition was made again with another article in place of one."""

    version: int
    """2 for the first correction."""
    guid: str
    """What feeds know the edition by since its first version."""
    notes: tuple[str, ...]
    """What is said of it, the latest first."""
