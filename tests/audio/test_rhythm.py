"""The rhythm of A and I in Morse: short, long, short, short, without a click."""

from __future__ import annotations

import numpy as np

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.rhythm import UNIT_MS, make_rhythm


def test_it_is_short_long_short_short() -> None:
    samples = np.frombuffer(make_rhythm(), "<i2")
    assert len(samples) == 11 * UNIT_MS * SAMPLE_RATE_HZ // 1000
    middles = (unit[len(unit) // 4 : -len(unit) // 4] for unit in np.split(samples, 11))
    assert "".join("·" if np.abs(unit).max() > 500 else " " for unit in middles) == "· ···   · ·"


def test_it_neither_clicks_nor_shouts() -> None:
    samples = np.frombuffer(make_rhythm(), "<i2").astype(float)
    assert samples[0] == samples[-1] == 0
    assert 2000 < np.abs(samples).max() < 8000
    assert np.abs(np.diff(samples)).max() < 800
