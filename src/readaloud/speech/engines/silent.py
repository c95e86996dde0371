"""A voice that hums instead of speaking: for plans of time, trials, and tests.

Each utterance becomes a faint tone whose pitch tells which text it stands for, as long as the text
would take to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import numpy as np

from readaloud.errors import Message, msg
from readaloud.model import Clip, Utterance, Voice, Word
from readaloud.speech.engine_options import EngineOption

SAMPLE_RATE_HZ = 24_000
CHARACTERS_A_SECOND = 4.5
AMPLITUDE = 600
_LOWEST_HZ, _STEPS = 200, 1000


class SilentEngine:
    """Hums at once, anywhere, with nothing to load."""

    name = "silent"
    max_chars = 300
    parallel: Literal["threads", "processes"] = "threads"
    notice = ""
    needs_readings = False
    options: tuple[EngineOption, ...] = (
        EngineOption(
            "characters_a_second", float, CHARACTERS_A_SECOND, msg("How fast it pretends to speak.")
        ),
    )

    @staticmethod
    def can_say(_: str) -> bool:
        """It hums for anything."""
        return True

    @staticmethod
    def model_id() -> str:
        """Changes when the tones do."""
        return "silent-2"

    @staticmethod
    def prepare(say: Callable[[str], None]) -> None:
        """Nothing is needed."""

    @staticmethod
    def describe() -> Message:
        """Tones."""
        return msg("hums, nothing to load")

    def close(self) -> None:
        """Nothing is under way."""

    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        """Hum one utterance; its word times are even, one a character."""
        pace = voice.option("characters_a_second", CHARACTERS_A_SECOND)
        per_character = 1000 / pace / voice.prosody.rate
        length_ms = max(250, round(len(utterance.spoken) * per_character))
        tone = _second_of_tone(tone_hz(utterance.spoken))
        frames = length_ms * SAMPLE_RATE_HZ // 1000
        samples = np.resize(tone, frames)
        count = len(utterance.spoken)
        edges = [round(i * length_ms / count) for i in range(count + 1)]
        words = tuple(
            Word(character, edges[i], edges[i + 1]) for i, character in enumerate(utterance.spoken)
        )
        return Clip(utterance.id, samples.tobytes(), SAMPLE_RATE_HZ, words)


def tone_hz(spoken: str) -> int:
    """The tone that stands for a text, a whole number of hertz."""
    number = int.from_bytes(hashlib.sha256(spoken.encode()).digest()[:4], "big")
    return _LOWEST_HZ + number % _STEPS


@lru_cache(maxsize=16)
def _second_of_tone(hertz: int) -> np.ndarray:
    """One second, so that repeating it has no seam."""
    times = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return (np.sin(2 * np.pi * hertz * times) * AMPLITUDE).round().astype("<i2")


ENGINE = SilentEngine
