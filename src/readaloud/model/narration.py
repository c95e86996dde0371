"""An edition ready to be written: mastered audio and one timeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from readaloud.model.clip import Word
from readaloud.model.label import Label
from readaloud.model.script import Script
from readaloud.model.voice import Voice


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
    """Names all that shaped the edition; see ``readaloud.editions.up_to_date``."""
    loudness: Loudness
    """Of the finished audio file once there is one, before that of ``audio``."""
    cover: Path | None = None
    album: str = ""
    """The series that the edition belongs to; empty where there is none."""
    label: Label = Label()
    """How it says that its speech is synthetic."""
    files: tuple[tuple[str, str, str], ...] = ()
    """Format, name and SHA-256 of the files that are written so far."""

    @property
    def duration_ms(self) -> int:
        """Length of the edition in milliseconds."""
        return self.frames * 1000 // self.sample_rate_hz

    @property
    def notice(self) -> str:
        """That the speech is synthetic, in words; empty where the edition is not labelled."""
        is_labelled = self.label.mode != "off"
        return self.label.notice(self.script.article.language) if is_labelled else ""

    @property
    def title(self) -> str:
        """The article's title, or the file's name where the article has none."""
        return self.script.article.title or self.stem
