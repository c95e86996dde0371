"""Utterances -> clips with Kokoro-82M."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from readaloud.engines.kokoro.phonemes import to_phonemes, to_tokens
from readaloud.engines.kokoro.weights import find_model, model_hash
from readaloud.errors import ConfigError, EngineError, NoAudioError, UtteranceTooLongError
from readaloud.models import Clip, Utterance, Voice
from readaloud.voices import find_style

SAMPLE_RATE_HZ = 24_000
MAX_TOKENS = 510
FRONT_END = 2
"""Raised when the same text and readings would give other symbols: kept clips are then stale."""


class KokoroEngine:
    """One loaded model, one thread; a process a core makes use of a machine."""

    name = "kokoro"
    max_chars = 90
    parallel: Literal["threads", "processes"] = "processes"
    notice = ""
    needs_readings = True

    def __init__(self) -> None:
        """Load the model (about half a second, 350 MB).

        Raises:
            MissingDependencyError, OutputError, ConfigError: see ``weights.find_model``.
            EngineError: the file is no model that onnxruntime can run.
        """
        self._session = _open_session(find_model())

    @staticmethod
    def model_id() -> str:
        """Model and front end, for the keys of kept clips."""
        return f"kokoro-v1.0-{model_hash()}-{FRONT_END}"

    def close(self) -> None:
        """The process that holds the model ends."""

    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance whole; see ``readaloud.engines.Engine``."""
        if voice.prosody.pitch_hz:
            raise ConfigError(
                f"The voice {voice.name} can't change its pitch.", "Leave --pitch out."
            )
        tokens = to_tokens(_phonemes(utterance))
        if not tokens:
            raise NoAudioError(f"There is nothing to say in “{utterance.text[:20]}”.")
        if len(tokens) > MAX_TOKENS:
            raise UtteranceTooLongError(
                f"{utterance.id} has {len(tokens)} symbols of {MAX_TOKENS}."
            )
        audio = self._run(tokens, voice)
        gain = 1 + voice.prosody.volume_percent / 100
        samples = (np.clip(audio * gain, -1, 1) * 32767).round().astype("<i2")
        return Clip(utterance.id, samples.tobytes(), SAMPLE_RATE_HZ)

    def _run(self, tokens: list[int], voice: Voice) -> np.ndarray:
        """float32 audio, 24 kHz; the style row is chosen by the number of tokens."""
        style = _styles(find_style(voice.engine_voice))[len(tokens) - 1]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": style[None],
            "speed": np.array([voice.prosody.rate], dtype=np.float32),
        }
        return self._session.run(None, inputs)[0].reshape(-1)  # type: ignore[no-any-return]


def _phonemes(utterance: Utterance) -> str:
    return to_phonemes(utterance.spoken, utterance.readings, utterance.word_starts)


def _open_session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no base but Exception
        raise EngineError(
            f"{model} can't be loaded: {error}.", "Remove it and run again."
        ) from error


@lru_cache(maxsize=16)
def _styles(path: Path) -> np.ndarray:
    """Style vectors of a voice, float32 (510, 256)."""
    return np.fromfile(path, dtype="<f4").reshape(MAX_TOKENS, 256)
