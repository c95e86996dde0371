"""A voice profile: who speaks, in which script, how fast, with which pauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

TextScript = Literal["simplified", "traditional", "taiwan", "hongkong"]
OptionValue = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Prosody:
    """Relative to the voice's own way: rate 1.0 as is, pitch in hertz, volume in per cent."""

    rate: float = 1.0
    pitch_hz: int = 0
    volume_percent: int = 0


@dataclass(frozen=True, slots=True)
class Pacing:
    """Silence after a piece of a sentence, a sentence, an item of a list, a paragraph and so on."""

    breath_ms: int = 90
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
    options: tuple[tuple[str, OptionValue], ...] = ()
    """Options of the engine's own, by name; see ``speech.engine_options``."""
    secrets: tuple[tuple[str, OptionValue], ...] = field(default=(), repr=False)
    """Those that are shown nowhere and kept in no report."""
    style_file: str = field(default="", repr=False)
    """Where the style vectors of a user's own embedded voice are, absolute; empty for ours."""
    style_sha256: str = field(default="", repr=False)
    """Their hash, in hexadecimal; it tells clips of two voices of one name apart."""

    def option(self, name: str, default: Any = None) -> Any:
        """What an option of the engine is set to."""
        return {**dict(self.options), **dict(self.secrets)}.get(name, default)
