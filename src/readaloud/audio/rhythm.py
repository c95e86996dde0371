"""The rhythm that stands for "AI": short, long, short, short, as Morse has A and I.

GB 45438-2025 lets it be heard in place of a spoken mark of synthetic speech. The lengths are those
of Morse, Recommendation ITU-R M.1677: a long sound is three short ones, so is the gap between the
letters, and a gap within one is as long as a short sound.
"""

from __future__ import annotations

from functools import cache
from itertools import chain

import numpy as np

from readaloud.audio import SAMPLE_RATE_HZ

UNIT_MS = 140
"""A short sound; slow enough to be told from an alarm."""
SOUNDS_UNITS = ((1, 1), (3, 3), (1, 1), (1, 0))
"""Each sound, and the gap behind it."""
_PITCH_HZ = 659.26
"""E5, the first note of the chime."""
_PEAK = 0.12
"""As loud as the chime."""
_EDGE_MS = 10


@cache
def make_rhythm() -> bytes:
    """1.54 s of mono 16-bit little-endian PCM at ``SAMPLE_RATE_HZ``, from and to silence."""
    parts = chain.from_iterable((_sound(sound), _silence(gap)) for sound, gap in SOUNDS_UNITS)
    mixed = np.concatenate(list(parts)) * _PEAK
    return bytes((mixed * 32767).round().astype("<i2").tobytes())


def _sound(units: int) -> np.ndarray:
    """A note whose ends rise and fall: no click."""
    times = np.arange(_samples(units * UNIT_MS)) / SAMPLE_RATE_HZ
    edge = np.minimum(times, times[::-1]) * 1000 / _EDGE_MS
    return np.sin(2 * np.pi * _PITCH_HZ * times) * np.minimum(edge, 1)


def _silence(units: int) -> np.ndarray:
    return np.zeros(_samples(units * UNIT_MS))


def _samples(milliseconds: int) -> int:
    return milliseconds * SAMPLE_RATE_HZ // 1000
