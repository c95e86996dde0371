"""Cases of the corpus: a folder each, found by its place, of ``input.*`` and ``wanted.toml``.

White space never counts in what is compared, but in a title or heading its presence does.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

import readaloud
from readaloud.errors import ReadaloudError
from readaloud.model import Script
from readaloud.sources.readers import READERS

CORPUS = Path(__file__).parent
LABELS = "wanted.toml"
DRAFT = "draft"
"""The kind of labels that nobody has held against the input yet."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person wants of an input; what is absent, or empty, isn't asked for."""

    kind: str
    """What the case is about."""
    group: str = ""
    note: str = ""
    now: str = ""
    """``wrong`` or ``right`` when it was written."""
    title: str | None = None
    """Empty for none: nothing may be invented."""
    title_alternatives: tuple[str, ...] = ()
    headings: tuple[str, ...] | None = None
    """Titles of the chapters in order, without the opening (titled as the article, or untitled)."""
    headings_alternatives: tuple[str, ...] = ()
    """Other headings that are right as well, joined with ``|``."""
    must_speak: tuple[str, ...] = ()
    """In the text, as often as they stand here."""
    must_not_speak: tuple[str, ...] = ()
    """In the text no more often than ``title``, ``headings`` and ``must_speak`` ask for."""
    must_speak_spoken: tuple[str, ...] = ()
    """In the spoken form."""
    must_not_speak_spoken: tuple[str, ...] = ()
    spoken_matches: tuple[str, ...] = ()
    """Regular expressions that are found in the spoken form."""
    spoken_once: tuple[str, ...] = ()
    """In the text, once."""
    utterance_whole: tuple[str, ...] = ()
    """Said without an end of an utterance inside, but where a mark stands."""
    must_account: tuple[str, ...] = ()
    """In the text, or in what was removed."""
    said_or_recorded: tuple[str, ...] = ()
    """One of them is in the spoken form, or in what was removed."""
    exit: int = 0
    """The exit code of ``readaloud plan``."""


@dataclass(frozen=True, slots=True)
class Case:
    """An input with its labels, once it has some."""

    name: str
    path: Path

    @property
    def labels(self) -> Path:
        """Where its labels are, or will be."""
        return self.path.with_name(LABELS)

    @property
    def format(self) -> str:
        """The name of the reader that its suffix is for; where there is none, the suffix."""
        suffix = self.path.suffix
        return next((r.name for r in READERS.all() if suffix in r.suffixes), suffix)

    def wanted(self) -> Wanted:
        """Its labels; ``ValueError`` names the file and the key that is wrong."""
        try:
            return msgspec.convert(tomllib.loads(self.labels.read_text("utf-8")), Wanted)
        except (ValueError, msgspec.ValidationError) as error:
            raise ValueError(f"{self.labels}: {error}") from error

    def plan(self) -> Script | ReadaloudError:
        """What the default voice would speak of it, or why there is nothing."""
        try:
            return readaloud.plan(self.path)
        except ReadaloudError as error:
            return error


def find_cases(corpus: Path = CORPUS) -> list[Case]:
    """Every case of a folder, labelled or not, by name."""
    return [Case(path.parent.name, path) for path in sorted(corpus.glob("*/input.*"))]
