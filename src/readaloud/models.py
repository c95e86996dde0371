"""What flows through readaloud: frozen values, each made once and never changed.

    bytes -> Source -> Document -> Article -> Script -> Clips -> Narration -> files

This module imports nothing of ours. Units are suffixes: ``_ms`` milliseconds, ``_hz``
hertz, ``_lufs`` and ``_dbtp`` as in ITU-R BS.1770-4 and EBU R 128.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "quote", "caption", "row", "code", "note"]
UtteranceKind = Literal["title", "heading", "sentence"]
Verdict = Literal["spoken", "heading", "title", "byline", "removed"]
TextScript = Literal["simplified", "traditional", "taiwan", "hongkong"]


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
    ruby: tuple[tuple[str, str], ...] = ()
    """(base, reading) pairs that the source annotates, in order."""


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


@dataclass(frozen=True, slots=True)
class EditingRules:
    """The user's own rules: regular expressions, searched in every whole line.

    ``keep`` wins over every rule of readaloud's, ``drop`` over ``keep``.
    """

    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of one line, and which rule decided it (empty: none spoke, it is text)."""

    line: int
    text: str
    verdict: Verdict
    rule: str = ""


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


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section: its heading (None where the source has none) and the blocks below it."""

    id: str
    title: Block | None
    blocks: tuple[Block, ...]
    level: int = 1
    """1, or 2 for a section of an article in an edition of several."""
    parent: str | None = None
    """The id of the chapter that a section is below."""


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


@dataclass(frozen=True, slots=True)
class Utterance:
    """One request to a voice.

    ``text`` is shown, ``spoken`` is said. ``readings`` has one entry a character of ``spoken``:
    pinyin with its tone number (``zhong1``, ``lv4``, neutral tone 5) for a Chinese character, an
    empty string for anything else; ``word_starts`` are the positions in ``spoken`` where a word
    begins. Both are empty where the engine does its own readings.
    """

    id: str
    chapter_id: str
    kind: UtteranceKind
    text: str
    spoken: str
    readings: tuple[str, ...] = ()
    word_starts: tuple[int, ...] = ()
    pause_after_ms: int = 0
    chime_after: bool = False
    """Whether a chime sounds after the pause: another article begins."""


def count_unspoken(skipped: Iterable[str]) -> int:
    """Letters, digits and signs in what is skipped; marks and spaces are missed by nobody."""
    return sum(unicodedata.category(sign)[0] in "LNS" for text in skipped for sign in text)


@dataclass(frozen=True, slots=True)
class Script:
    """An article as it will be spoken.

    ``skipped`` is what its voice can't say: emoji, bare marks, other scripts. A character that is
    left out of a sentence stands in its utterance's ``text`` too.
    """

    article: Article
    utterances: tuple[Utterance, ...]
    skipped: tuple[Removal, ...] = ()

    @property
    def content_sha256(self) -> str:
        """In hexadecimal, of the text of all utterances: the same article has the same."""
        text = "\n".join(utterance.text for utterance in self.utterances)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def unspoken(self) -> int:
        """How many characters are skipped; see ``count_unspoken``."""
        return count_unspoken(gone.text for gone in self.skipped)


@dataclass(frozen=True, slots=True)
class Prosody:
    """Relative to the voice's own way: rate 1.0 as is, pitch in hertz, volume in per cent."""

    rate: float = 1.0
    pitch_hz: int = 0
    volume_percent: int = 0


@dataclass(frozen=True, slots=True)
class Pacing:
    """Silence after a clause broken off, a sentence, an item of a list, a paragraph and so on."""

    clause_ms: int = 180
    sentence_ms: int = 350
    item_ms: int = 500
    paragraph_ms: int = 700
    heading_ms: int = 900
    chapter_ms: int = 1500


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice profile: who speaks, with which engine, in which script, how fast."""

    name: str
    engine: str
    engine_voice: str
    locale: str
    gender: Literal["female", "male", ""]
    """Empty where it is not known."""
    script: TextScript
    description: str = ""
    spoken_form: bool = True
    """Whether numbers, units and signs are sent in words, or left to an online voice."""
    prosody: Prosody = Prosody()
    pacing: Pacing = Pacing()


@dataclass(frozen=True, slots=True)
class Word:
    """A word or character of a clip's text and the time it sounds, relative to the clip."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Clip:
    """The audio of one utterance: mono, 16-bit little-endian PCM."""

    utterance_id: str
    pcm: bytes
    sample_rate_hz: int
    words: tuple[Word, ...] = ()
    """Parts of what was said (``Utterance.spoken``), in order."""

    @property
    def frames(self) -> int:
        """Length in samples."""
        return len(self.pcm) // 2

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds, rounded down."""
        return self.frames * 1000 // self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class Cue:
    """An utterance on the edition's timeline."""

    utterance_id: str
    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...] = ()
    """Parts of ``text`` with their times on the edition's timeline, where the engine gives them and
    a format that is made needs them."""


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter on the edition's timeline."""

    id: str
    title: str
    start_ms: int
    end_ms: int
    level: int = 1
    parent: str | None = None
    """As in ``Chapter``; a chapter with sections ends where the first of them begins."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness and true peak, ITU-R BS.1770-4."""

    integrated_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class Narration:
    """An edition ready to be written: mastered audio, and one timeline that all formats share.

    ``audio`` is a file of raw mono 16-bit little-endian PCM at ``sample_rate_hz``, present while
    the edition is written. ``source_sha256`` is the hash of the source's bytes.
    """

    script: Script
    voice: Voice
    audio: Path
    sample_rate_hz: int
    frames: int
    cues: tuple[Cue, ...]
    marks: tuple[ChapterMark, ...]
    source_sha256: str
    stem: str
    key: str
    """Names all that shaped the edition; see ``readaloud.freshness``."""
    loudness: Loudness
    """Of the finished audio file once there is one, before that of ``audio``."""
    cover: Path | None = None
    files: tuple[tuple[str, str, str], ...] = ()
    """Format, name and SHA-256 of the files that are written so far."""

    @property
    def duration_ms(self) -> int:
        """Length of the edition in milliseconds."""
        return self.frames * 1000 // self.sample_rate_hz

    @property
    def title(self) -> str:
        """The article's title, or the file's name where the article has none."""
        return self.script.article.title or self.stem
