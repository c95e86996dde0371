"""True peak: the figure of an interpolation of everything, and of another program's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import resample_poly
from sounds import RATE, silence, speechlike, tone

from readaloud.audio import peak
from readaloud.audio.peak import PeakMeter

SOUNDS = {
    "speech": speechlike(6),
    "swelling": speechlike(6) * np.linspace(0.1, 1, 6 * RATE),
    "tones": np.concatenate([tone(1, hertz, 9000) for hertz in (200, 997, 5990, 11_000)]),
    "noise": np.random.default_rng(5).standard_normal(5 * RATE) * 4000,
    "one click": np.concatenate([silence(2), [20_000], silence(2)]),
    "square": np.sign(tone(2, 1100)) * 30_000,
    "last sample": np.concatenate([tone(1, 300, 900), [9_000]]),
    "first sample": np.concatenate([[-9_000], tone(1, 300, 900)]),
    "three samples": np.array([1, -2, 3.0]) * 1000,
    "none": np.zeros(0),
}


def _float(samples: np.ndarray) -> np.ndarray:
    return np.asarray(samples / 32768, np.float32)


def _whole(samples: np.ndarray) -> float:
    """Every interval interpolated, none left out."""
    around = sliding_window_view(np.pad(samples, 24), peak._FILTERS.shape[1])
    between = np.einsum("mk,pk->pm", around, peak._FILTERS)
    return float(max(np.abs(between).max(initial=0), np.abs(samples).max(initial=0)))


def _found(samples: np.ndarray, block: int) -> float:
    meter = PeakMeter()
    for start in range(0, len(samples), block):
        meter.push(samples[start : start + block])
    return meter.finish()


@pytest.mark.parametrize("name", SOUNDS)
def test_nothing_is_lost_by_what_is_left_out(name: str) -> None:
    samples = _float(SOUNDS[name])
    assert _found(samples, 48_000) == pytest.approx(_whole(samples), rel=1e-6)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.floats(1, 14), st.integers(1, 5000), st.integers(0, 9000))
def test_any_signal_in_any_blocks(seed: int, smooth: float, block: int, length: int) -> None:
    """Noise from white to dull, with its level wandering over 40 dB."""
    random = np.random.default_rng(seed)
    noise = np.convolve(random.standard_normal(length + 40), np.hanning(3 + smooth), "same")
    level = 10 ** np.interp(np.arange(length), np.arange(0, 9001, 500), random.uniform(-2, 0, 19))
    samples = np.asarray(noise[:length] * level, np.float32)
    assert _found(samples, block) == pytest.approx(_whole(samples), rel=1e-6)


@pytest.mark.parametrize("name", ["speech", "swelling", "noise"])
def test_another_program_finds_the_same(name: str) -> None:
    samples = _float(SOUNDS[name])
    other = np.abs(resample_poly(samples.astype(float), 4, 1)).max()
    assert 20 * np.log10(_found(samples, 9999) / other) == pytest.approx(0, abs=0.1)


def test_most_of_a_recording_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the meter would be right and slow."""
    looked_at = 0
    einsum = np.einsum

    def counted(how: str, around: np.ndarray, filters: np.ndarray) -> np.ndarray:
        nonlocal looked_at
        looked_at += len(around)
        return np.asarray(einsum(how, around, filters))

    monkeypatch.setattr(np, "einsum", counted)
    samples = _float(speechlike(30))
    _found(samples, 48_000)
    assert 0 < looked_at < len(samples) / 50
