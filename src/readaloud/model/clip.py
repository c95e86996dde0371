"""The audio of one utterance."""

from __future__ import annotations

from dataclasses import dataclass


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
