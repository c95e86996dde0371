"""The chime between articles: two soft notes, made here, so that no recording is needed."""

from __future__ import annotations

from functools import cache

import numpy as np

from readaloud.audio import SAMPLE_RATE_HZ

NOTES_HZ = (659.26, 523.25)
"""E5, then C5: a falling third, calm, and well inside what small speakers give."""
_NOTE_MS, _STEP_MS, _ATTACK_MS = 900, 350, 12
_PEAK = 0.12
"""Some 6 dB below a speaking voice's peaks."""
AFTER_MS = 400
CHIME_MS = _NOTE_MS + _STEP_MS * (len(NOTES_HZ) - 1) + AFTER_MS
"""With the silence behind it."""


@cache
def make_chime() -> bytes:
    """1.25 s of mono 16-bit little-endian PCM at ``SAMPLE_RATE_HZ``, from and to silence."""
    note = _samples(_NOTE_MS)
    times = np.arange(note) / SAMPLE_RATE_HZ
    attack = np.minimum(times * 1000 / _ATTACK_MS, 1)
    # Half a cosine on top of the decay brings the end to zero itself: no click.
    fade = np.exp(-4 * times) * np.cos(np.linspace(0, np.pi / 2, note)) * attack
    mixed = np.zeros(note + _samples(_STEP_MS) * (len(NOTES_HZ) - 1))
    for number, pitch in enumerate(NOTES_HZ):
        start = number * _samples(_STEP_MS)
        mixed[start : start + note] += np.sin(2 * np.pi * pitch * times) * fade
    mixed *= _PEAK / np.abs(mixed).max()
    return bytes((mixed * 32767).round().astype("<i2").tobytes())


def _samples(milliseconds: int) -> int:
    return milliseconds * SAMPLE_RATE_HZ // 1000
