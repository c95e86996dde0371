"""An utterance and a voice -> what the model takes; what it gives -> the times of characters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import numpy as np

from readaloud.config.voices import find_style
from readaloud.errors import ConfigError, NoAudioError, UtteranceTooLongError, msg
from readaloud.model import Utterance, Voice, Word
from readaloud.speech.engines.kokoro.phonemes import Symbol, to_symbols, to_tokens

MAX_TOKENS = 510
_STYLE_SIZE = 256
_STYLE_BYTES = MAX_TOKENS * _STYLE_SIZE * 4
_FRAME_MS = 25
_EARLY_MS = 30
"""A sound begins by so much before its first frame: the median of eleven sentences' beginnings."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Tokens without their edges, a style vector, float32 (256,), and a rate."""

    tokens: tuple[int, ...]
    style: np.ndarray
    rate: float

    def arrays(self) -> dict[str, np.ndarray]:
        """The graph's inputs; token 0 stands at both ends."""
        return {
            "tokens": np.array([[0, *self.tokens, 0]], dtype=np.int64),
            "style": self.style[None],
            "speed": np.array([self.rate], dtype=np.float32),
        }


def symbols_of(utterance: Utterance) -> list[Symbol]:
    """The symbols of an utterance; see ``phonemes.to_symbols``."""
    return to_symbols(utterance.spoken, utterance.readings, utterance.word_starts)


def inputs_of(utterance: Utterance, symbols: list[Symbol], voice: Voice) -> Inputs:
    """What the model takes; the style's row is chosen by the number of tokens.

    Raises:
        NoAudioError: there is nothing to say.
        UtteranceTooLongError: there are more than ``MAX_TOKENS``.
        VoiceNotFoundError, ConfigError: the voice's style vectors are missing, or are none.
    """
    tokens = to_tokens("".join(symbol for symbol, _, _ in symbols))
    if not tokens:
        raise NoAudioError(msg("There is nothing to say in “{text}”.", text=utterance.text[:20]))
    if len(tokens) > MAX_TOKENS:
        raise UtteranceTooLongError(
            msg(
                "{id} has {count} symbols; the most is {max_tokens}.",
                id=utterance.id,
                count=len(tokens),
                max_tokens=MAX_TOKENS,
            )
        )
    style = _styles(find_style(voice), voice.style_sha256)[len(tokens) - 1]
    return Inputs(tuple(tokens), style, voice.prosody.rate)


def times_of(spoken: str, symbols: list[Symbol], durations: np.ndarray) -> tuple[Word, ...]:
    """When each character sounds, or each word of letters, to 25 ms.

    ``durations`` are frames of each token, those at both edges included.
    """
    ends = accumulate(durations.tolist())
    edges = [max(0, round(frames * _FRAME_MS) - _EARLY_MS) for frames in ends]
    words: list[Word] = []
    last = (-1, -1)
    for number, (_, start, end) in enumerate(symbols):
        if (start, end) == last:
            words[-1] = Word(words[-1].text, words[-1].start_ms, edges[number + 1])
        elif end > start:
            words.append(Word(spoken[start:end], edges[number], edges[number + 1]))
            last = (start, end)
    return tuple(words)


@lru_cache(maxsize=16)
def _styles(path: Path, sha256: str) -> np.ndarray:
    """Style vectors of a voice, float32 (510, 256); of a user's own their hash is known.

    Raises:
        ConfigError: the file can't be read, is none of these, or another than the one meant.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            msg("{path} can't be read: {reason}.", path=path, reason=reason),
            msg("Check that you may read it."),
        ) from error
    if len(data) != _STYLE_BYTES:
        raise ConfigError(
            msg(
                "{path} has {count:,} bytes; style vectors have {wanted:,}.",
                path=path,
                count=len(data),
                wanted=_STYLE_BYTES,
            ),
            msg("Export 510 vectors of 256 numbers, as 32-bit floats."),
        )
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        raise ConfigError(
            msg("{path} is not the file that the run began with.", path=path),
            msg("Run again, with the same file on every machine."),
        )
    return np.frombuffer(data, dtype="<f4").reshape(MAX_TOKENS, _STYLE_SIZE)
