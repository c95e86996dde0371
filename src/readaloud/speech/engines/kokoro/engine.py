"""Utterances -> clips with Kokoro-82M.

What plans an article asks which characters the voice says, and no more: what computes is imported
where something is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from readaloud.errors import ConfigError, EngineError, Message, msg
from readaloud.model import Clip, Utterance, Voice
from readaloud.speech.engine_options import EngineOption
from readaloud.speech.engines.kokoro.phonemes import can_say
from readaloud.speech.engines.kokoro.weights import model_hash

FRONT_END = 3
"""Raised when the same text and readings would give other symbols or times: kept clips are then
stale."""


class KokoroEngine:
    """One loaded model, one utterance at a time; a process a core makes use of a machine."""

    name = "kokoro"
    max_chars = 90
    parallel: Literal["threads", "processes"] = "processes"
    notice = ""
    needs_readings = True
    options: tuple[EngineOption, ...] = ()

    def __init__(self) -> None:
        """Load the model (half a second to two, about a gigabyte at work).

        Raises:
            MissingDependencyError, OutputError, ConfigError: see ``weights.find_model``.
            EngineError: the file is no model that can be run.
        """
        from readaloud.speech.engines.kokoro import derived

        self._path = derived.open_path()

    @staticmethod
    def can_say(character: str) -> bool:
        """Latin and Greek letters, digits and marks."""
        return can_say(character)

    @staticmethod
    def model_id() -> str:
        """Model, front end and path, for the keys of kept clips."""
        from readaloud.speech.engines.kokoro import derived

        return f"kokoro-v1.0-{model_hash()}-{FRONT_END}-{derived.path_id()}"

    @staticmethod
    def prepare(say: Callable[[str], None]) -> None:
        """Make what this machine's path needs; see ``readaloud.speech.engines.Engine``."""
        from readaloud.speech.engines.kokoro import derived

        derived.prepare(say)

    @staticmethod
    def describe() -> Message:
        """Which path runs here and why."""
        from readaloud.speech.engines.kokoro import derived

        return derived.describe_path()

    def close(self) -> None:
        """The process that holds the model ends."""

    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance whole; see ``readaloud.speech.engines.Engine``."""
        import numpy as np

        from readaloud.speech.engines.kokoro.derived import PATH_VARIABLE
        from readaloud.speech.engines.kokoro.inputs import inputs_of, symbols_of, times_of
        from readaloud.speech.engines.kokoro.source import SAMPLE_RATE_HZ

        if voice.prosody.pitch_hz:
            raise ConfigError(
                msg("The voice {name} can't change its pitch.", name=voice.name),
                msg("Remove --pitch."),
            )
        symbols = symbols_of(utterance)
        sound = self._path.run(inputs_of(utterance, symbols, voice))
        if not np.isfinite(sound.samples).all():
            raise EngineError(
                msg("The voice gave noise for “{spoken}”.", spoken=utterance.spoken[:20]),
                msg(
                    "Set {path_variable}=plain, and please report this sentence.",
                    path_variable=PATH_VARIABLE,
                ),
            )
        gain = 1 + voice.prosody.volume_percent / 100
        samples = (np.clip(sound.samples * gain, -1, 1) * 32767).round().astype("<i2")
        words = times_of(utterance.spoken, symbols, sound.durations)
        return Clip(utterance.id, samples.tobytes(), SAMPLE_RATE_HZ, words)
