"""A document as a reader found it, and the article that editing makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from readaloud.model.programme import Correction, ProgrammeItem

BlockKind = Literal["heading", "paragraph", "item", "quote", "caption", "row", "code", "note"]
Verdict = Literal["spoken", "heading", "title", "byline", "removed"]

_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f]{1,2000}", re.IGNORECASE)
"""What may be shown as a link; nothing that could run."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of visible text that stands by itself in the source: a paragraph, a heading, an item.

    ``text`` holds no line break. ``line`` is the 1-based line of the source where it begins;
    where a format has no lines, its running number (EPUB, DOCX) or its page (PDF).
    """

    text: str
    line: int
    kind: BlockKind = "paragraph"
    level: int = 0
    """1 to 6 for a heading marked as one in the source, else 0."""
    strong: bool = False
    """True where the whole block is set in bold: a candidate for a heading."""
    linked: bool = False
    """Whether it is nothing but a link to another page."""
    ruby: tuple[tuple[str, str], ...] = ()
    """(base, reading) pairs that the source annotates, in order."""
    languages: tuple[tuple[str, str], ...] = ()
    """Passages that the source says are in another language, in order: text and language tag."""
    readings: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Places in the text, and how the characters from there on are read: pinyin, a tone number
    behind each syllable."""
    label: str = ""
    """What is shown before the text and written nowhere: the number of a list's item, 第一."""
    picture: int = 0
    """Of a picture's texts its running number from 1, else 0."""
    described: bool = False
    """Whether it is a picture's alternative text, which a page doesn't show."""
    pages: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """Numbers of the printed pages that begin in it, as the source states them."""
    doubt: float = field(default=0.0, repr=False, compare=False)
    """How likely it is, once edited, that speaking it is wrong: 0 where no doubt arose, up to 1."""
    number: int = field(default=0, repr=False, compare=False)
    """Its running number where several blocks may stand in one ``line``, else 0."""

    @property
    def named(self) -> int:
        """The number by which a person names it: its own, or its line."""
        return self.number or self.line


@dataclass(frozen=True, slots=True)
class Removal:
    """Text that is not spoken, and why; ``score`` (0 to 100) is a near-duplicate's likeness."""

    line: int
    text: str
    reason: str
    score: float | None = None
    rule: str = ""
    """Name of the rule that spoke, empty where a reader or the script left the text out."""
    source: str = ""
    """The article it was part of, where an edition holds several."""
    cut: Block | None = field(default=None, repr=False, compare=False)
    """Of a whole line that a reader left out: what it is once a user's rule keeps it."""
    doubt: float = field(default=0.0, repr=False, compare=False)
    """How likely it is that leaving it out is wrong: 0 where a rule is sure of it, up to 1."""
    before: int = field(default=0, repr=False, compare=False)
    """Before which of the document's blocks that line stands, from 0."""
    number: int = field(default=0, repr=False, compare=False)
    """As in ``Block``."""

    @property
    def named(self) -> int:
        """The number by which a person names it: its own, or its line."""
        return self.number or self.line


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of one line, and which rule decided it (empty: none spoke, it is text)."""

    line: int
    text: str
    verdict: Verdict
    rule: str = ""
    doubt: float = 0.0
    """How likely it is that the verdict is wrong, from 0 to 1; 0 where nothing spoke against it."""
    reason: str = ""
    """What the rule says, for a person."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture that stands for the whole: what a book holds of it, or where a page has it."""

    data: bytes = field(default=b"", repr=False)
    address: str = ""
    """Relative to the page, or whole."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader found: blocks in reading order, and what the format itself says about them."""

    source_name: str
    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    date: str | None = None
    """ISO 8601 date, where the source states one."""
    removed: tuple[Removal, ...] = ()
    address: str = field(default="", repr=False, compare=False)
    """Where on the web it stands, by its own statement."""
    cover: Cover | None = field(default=None, repr=False, compare=False)
    notices: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """What whoever asked for an edition has to be told: a chapter that the file lacks."""
    bare: bool = False
    """Whether the format can't tell an article from the page around it: lines, nothing more."""

    @property
    def link(self) -> str:
        """Where people find it: the address that it came from, or the one that it states."""
        return next(filter(_is_link, (self.source_name, self.address)), "")


def _is_link(address: str) -> bool:
    return _LINK.fullmatch(address) is not None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section: its heading (None where the source has none) and the blocks below it."""

    id: str
    title: Block | None
    blocks: tuple[Block, ...]
    level: int = 1
    """One more than that of the chapter above it, in an edition of several articles."""
    parent: str | None = None
    """The id of the chapter that it is below: a section of an article below the article, an article
    below the part of the bulletin that it belongs to."""


@dataclass(frozen=True, slots=True)
class Article:
    """What will be spoken, in order, and everything that will not be, on record."""

    source_name: str
    title: str | None
    byline: str | None
    date: str | None
    language: Literal["zh-Hans", "zh-Hant"]
    chapters: tuple[Chapter, ...]
    removed: tuple[Removal, ...]
    origin: str | None = None
    """Who published it, where a source line names them."""
    notices: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """As in ``Document``."""
    cover: Cover | None = field(default=None, repr=False, compare=False)
    address: str = field(default="", repr=False, compare=False)
    """Where on the web people find it, http or https."""
    items: tuple[ProgrammeItem, ...] = field(default=(), repr=False, compare=False)
    """Of a bulletin its articles, in their order."""
    correction: Correction | None = field(default=None, repr=False, compare=False)
