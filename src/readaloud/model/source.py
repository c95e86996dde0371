"""Where an article comes from: its bytes, and what a user's settings say about reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Code = Literal["skip", "read"]
"""What becomes of program code: announced and left out, on record, or read out."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input as it was found: its bytes, and the name that messages and reports use."""

    name: str
    """Path or address as the user gave it."""
    stem: str
    """What output files are named after; holds no path separator."""
    suffix: str
    """Lower-case file name suffix with its dot, or an empty string."""
    data: bytes
    charset: str | None = None
    """The encoding that a server named, where the source came from one."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article that is no file; what is written for it is named after ``name``."""

    text: str
    name: str = "text"
    """What messages and reports call it, too."""
    suffix: str = ".txt"
    """How it is read: ``.txt``, ``.md`` or ``.html``."""
    address: str = ""
    """Where on the web it stands, http or https; messages and reports call it by that, then."""

    @property
    def stem(self) -> str:
        """What output files are named after, as a path has it."""
        return self.name

    def __str__(self) -> str:
        """Its address or its name, as messages show places."""
        return self.address or self.name


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Where a site keeps its articles, as its reader's user knows it.

    Selectors are CSS, or XPath where they begin with a slash, a dot and a slash or a bracket.
    """

    host: str
    """``example.com`` and all below it, or ``*`` for every page."""
    content: str = ""
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What a user's settings say about reading; the first rule of a page's host counts."""

    selectors: tuple[SiteRule, ...] = ()
    code: Code = "skip"
