"""Gated loudness, held against FFmpeg's meter, pyloudnorm, and cases of the standards."""

from __future__ import annotations

import math

import numpy as np
import pyloudnorm
import pytest
from sounds import silence, speechlike, tone

from readaloud.audio.filters import run_filters, to_frames
from readaloud.audio.meter import energies, integrated


def _lufs(samples: np.ndarray, rate: int, block: int = 10_007) -> float:
    blocks = (samples[start : start + block] for start in range(0, len(samples), block))
    return integrated(energies(to_frames(blocks, rate), rate))


def _ffmpeg(samples: np.ndarray, rate: int) -> float:
    """What FFmpeg's own meter says in the end."""
    frames = run_filters(to_frames([samples], rate), [("ebur128", "metadata=1")])
    readings = [frame.metadata.get("lavfi.r128.I") for frame in frames]
    return float([reading for reading in readings if reading][-1])


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_every_rate_agrees_with_ffmpeg(rate: int) -> None:
    samples = np.concatenate([speechlike(9, 2500, seed=4), silence(6), speechlike(5, 300)])
    assert _lufs(samples, rate) == pytest.approx(_ffmpeg(samples, rate), abs=0.05)


@pytest.mark.parametrize("rate", [24_000, 44_100, 48_000])
def test_common_rates_agree_with_pyloudnorm(rate: int) -> None:
    samples = np.concatenate([speechlike(9, 2500, seed=4), silence(6), speechlike(5, 300)])
    expected = pyloudnorm.Meter(rate).integrated_loudness(samples / 32768)
    assert _lufs(samples, rate) == pytest.approx(expected, abs=0.1)


def test_a_full_scale_tone_reads_minus_three() -> None:
    """BS.1770-4: 997 Hz at 0 dBFS in one channel is -3.01 LKFS."""
    assert _lufs(tone(5, 997, 32767, rate=48_000), 48_000) == pytest.approx(-3.01, abs=0.01)


def test_both_gates_close() -> None:
    """EBU Tech 3341, case 3: what is 10 LU under the rest, and pauses, count for nothing."""
    loud, soft = tone(20, 1000, 32767 * 10 ** (-23 / 20)), tone(5, 1000, 32767 * 10 ** (-36 / 20))
    alone = _lufs(loud, 24_000)
    assert _lufs(np.concatenate([soft, loud, silence(20), soft]), 24_000) == pytest.approx(
        alone, abs=0.1
    )


def test_what_is_too_short_or_silent_has_no_loudness() -> None:
    assert _lufs(tone(0.39), 24_000) == -math.inf
    assert _lufs(silence(3), 24_000) == -math.inf
    assert _lufs(silence(0), 24_000) == -math.inf


def test_blocks_make_no_difference() -> None:
    samples = speechlike(4)
    assert _lufs(samples, 24_000, 1152) == pytest.approx(_lufs(samples, 24_000, 48_000), abs=1e-9)
