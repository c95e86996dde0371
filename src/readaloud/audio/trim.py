"""Silence around a clip is cut to a small measured margin; audio that can't be right is refused."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import numpy as np

from readaloud.errors import IncompleteAudioError, NoAudioError, msg
from readaloud.model import Clip, Word

WINDOW_MS = 5
LEAD_MS = 10
TAIL_MS = 60
"""Kept after the last window above the threshold: soft final consonants and breath."""
BELOW_PEAK_DB = 50
"""Soft onsets begin some 45 dB below the loudest vowel; measured on Kokoro's Mandarin voices."""
FADE_MS = 3
SLOWEST, FASTEST = 1.0, 10.0
"""Plausible characters a second at rate 1. Eight voices at three rates kept between 3.4 and 6.4,
single words down to 0.8."""
_SLACK_CHARACTERS, _SLACK_S = 2, 2.0
_SHORTEST_LETTER, _LONGEST_DIGIT = 0.25, 2.0
_SILENT_BELOW = 8


def trim(clip: Clip) -> Clip:
    """Cut leading and trailing silence, fade the cut edges by 3 ms, shift word times.

    Silence is what lies ``BELOW_PEAK_DB`` or more below the clip's loudest window; 10 ms of it stay
    before the sound and 60 ms behind. A clip without any sound comes back as it is, for
    ``check_audio`` to refuse.
    """
    samples = np.frombuffer(clip.pcm, "<i2")
    window = clip.sample_rate_hz * WINDOW_MS // 1000
    levels = _levels(samples, window)
    if not levels.size or levels.max() < 1:
        return clip
    loud = np.flatnonzero(levels > levels.max() * 10 ** (-BELOW_PEAK_DB / 20))
    start = max(0, int(loud[0]) * window - _frames(LEAD_MS, clip))
    end = min(len(samples), (int(loud[-1]) + 1) * window + _frames(TAIL_MS, clip))
    if (start, end) == (0, len(samples)):
        return clip
    cut = _faded(samples[start:end], _frames(FADE_MS, clip), start > 0, end < len(samples))
    offset_ms = start * 1000 // clip.sample_rate_hz
    length_ms = len(cut) * 1000 // clip.sample_rate_hz
    words = tuple(_shifted(word, offset_ms, length_ms) for word in clip.words)
    return replace(clip, pcm=cut.tobytes(), words=words)


def check_audio(clip: Clip, spoken: str, rate: float) -> None:
    """Refuse what can't be the whole of its text; only checked audio is kept.

    Args:
        clip: trimmed audio.
        spoken: the text that the voice was given.
        rate: the voice's ``Prosody.rate``.

    Raises:
        NoAudioError: there is no sound in it.
        IncompleteAudioError: it is too short or too long for its text.
    """
    samples = np.frombuffer(clip.pcm, "<i2")
    if not samples.size or max(int(samples.max()), -int(samples.min())) < _SILENT_BELOW:
        raise NoAudioError(msg("The voice was silent for “{spoken}”.", spoken=spoken[:20]))
    fewest, most = _spoken_length(spoken)
    seconds = clip.frames / clip.sample_rate_hz
    shortest = (fewest - _SLACK_CHARACTERS) / (FASTEST * rate)
    longest = most / (SLOWEST * rate) + _SLACK_S / rate
    if not shortest <= seconds <= longest:
        raise IncompleteAudioError(
            msg(
                "{seconds:.1f} s of audio is too short for “{spoken}” ({count} characters).",
                seconds=seconds,
                spoken=spoken[:20],
                count=len(spoken),
            ),
            msg(
                "Run again. If that does not help, try another voice, or a speed closer to normal."
            ),
        )


def _spoken_length(spoken: str) -> tuple[float, float]:
    """How many Chinese characters the text may sound like, at least and at most.

    A letter is a part of a word or a name that is spelled; a digit may be said in two syllables.
    Marks may stand for a pause.
    """
    fewest = most = 0.0
    for character in spoken:
        if "0" <= character <= "9":
            fewest, most = fewest + 1, most + _LONGEST_DIGIT
        elif unicodedata.category(character) == "Lo":
            fewest, most = fewest + 1, most + 1
        elif character.isalpha():
            fewest, most = fewest + _SHORTEST_LETTER, most + 1
        elif not character.isspace():
            most += 1
    return fewest, most


def _levels(samples: np.ndarray, window: int) -> np.ndarray:
    """Root mean square of each whole or begun window."""
    padded = np.pad(samples.astype(np.float32), (0, -len(samples) % window))
    levels: np.ndarray = np.sqrt(np.square(padded.reshape(-1, window)).mean(axis=1))
    return levels


def _frames(milliseconds: int, clip: Clip) -> int:
    return milliseconds * clip.sample_rate_hz // 1000


def _faded(samples: np.ndarray, length: int, head: bool, tail: bool) -> np.ndarray:
    """Straight fades at the edges that were cut, so that none clicks."""
    out = samples.astype(np.float32)
    ramp = np.linspace(0, 1, min(length, len(out)), endpoint=False, dtype=np.float32)
    if head:
        out[: len(ramp)] *= ramp
    if tail:
        out[len(out) - len(ramp) :] *= ramp[::-1]
    return out.round().astype("<i2")


def _shifted(word: Word, offset_ms: int, length_ms: int) -> Word:
    start = min(max(0, word.start_ms - offset_ms), length_ms)
    end = min(max(start, word.end_ms - offset_ms), length_ms)
    return Word(word.text, start, end)
