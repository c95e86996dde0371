"""Loudness and peaks, held against two other programs: pyloudnorm and scipy."""

from __future__ import annotations

import math
import tracemalloc
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from scipy.signal import resample_poly
from sounds import RATE, load, save, silence, speechlike, tone

from readaloud.audio.filters import read_pcm, to_frames
from readaloud.audio.loudness import CEILING_DBTP, TARGET_LUFS, master, measure, measure_file
from readaloud.errors import OutputError


def _lufs(samples: np.ndarray) -> float:
    return float(pyloudnorm.Meter(RATE).integrated_loudness(samples / 32768))


def _dbtp(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.abs(resample_poly(samples / 32768, 4, 1)).max()))


def _swelling(samples: np.ndarray) -> np.ndarray:
    """Without the steps at both ends, where every resampling filter rings in its own way."""
    return np.asarray((samples * np.hanning(len(samples))).round(), "<i2")


def _peaky(seconds: float) -> np.ndarray:
    """Speech with pulses 20 dB above it: the limiter has work to do."""
    samples = speechlike(seconds, 900).astype(float)
    samples[:: RATE // 8] += 15000
    samples[1 :: RATE // 8] += 12000
    return samples.clip(-32768, 32767).round().astype("<i2")


@pytest.mark.parametrize(
    "samples",
    [
        speechlike(12),
        speechlike(9, 400, seed=3),
        tone(3, 997),
        _peaky(8),
        _swelling(tone(2, 5990, 20000)),
    ],
)
def test_figures_agree_with_other_programs(tmp_path: Path, samples: np.ndarray) -> None:
    found = measure(to_frames(read_pcm(save(samples, tmp_path / "a")), RATE), RATE)
    assert found.integrated_lufs == pytest.approx(_lufs(samples), abs=0.1)
    assert found.true_peak_dbtp == pytest.approx(_dbtp(samples), abs=0.15)


def test_a_peak_between_samples_is_found(tmp_path: Path) -> None:
    """A quarter of the rate, sampled 45 degrees off its crests: 3 dB above every sample."""
    phases = np.arange(RATE) * np.pi / 2 + np.pi / 4
    samples = _swelling((np.sin(phases) * 16384).round())
    found = measure(to_frames(read_pcm(save(samples, tmp_path / "a")), RATE), RATE)
    assert found.true_peak_dbtp == pytest.approx(-6.02, abs=0.2)
    assert 20 * math.log10(np.abs(samples).max() / 32768) < -9


@pytest.mark.parametrize(
    "samples",
    [
        speechlike(10),
        speechlike(10, 100, seed=1),
        speechlike(10, 30000, seed=2),
        _peaky(10),
        tone(5, 300, 600),
        np.concatenate([silence(4), tone(1), silence(8)]),
        np.sign(tone(3, 110)) * 32767,
    ],
    ids=["plain", "faint", "clipped", "peaky", "hum", "mostly silent", "square"],
)
def test_mastered_audio_hits_both_figures(tmp_path: Path, samples: np.ndarray) -> None:
    raw, out = save(samples, tmp_path / "raw"), tmp_path / "out"
    said = master(raw, RATE, out)
    made = load(out)
    assert len(made) == len(samples)
    assert _lufs(made) == pytest.approx(TARGET_LUFS, abs=0.25)
    assert _dbtp(made) <= CEILING_DBTP - 0.3
    assert said.integrated_lufs == pytest.approx(_lufs(made), abs=0.1)
    assert said.true_peak_dbtp == pytest.approx(_dbtp(made), abs=0.15)


def test_mastering_moves_no_sample(tmp_path: Path) -> None:
    samples = _peaky(6)
    master(save(samples, tmp_path / "raw"), RATE, tmp_path / "out")
    made = load(tmp_path / "out").astype(float)
    before = samples.astype(float)
    scores = [np.dot(before[500:-500], made[500 + k : len(made) - 500 + k]) for k in range(-50, 51)]
    assert int(np.argmax(scores)) - 50 == 0


@pytest.mark.parametrize(
    "samples", [silence(0), silence(3), tone(0.2), tone(2, 440, 3)], ids=["none", "0", "short", "3"]
)
def test_what_cannot_be_measured_does_not_explode(tmp_path: Path, samples: np.ndarray) -> None:
    found = master(save(samples, tmp_path / "raw"), RATE, tmp_path / "out")
    assert found.integrated_lufs == -math.inf
    assert np.abs(load(tmp_path / "out") - samples).max(initial=0) <= 1


def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    peaks = []
    for seconds in (20, 200):
        raw = save(np.tile(_peaky(1), seconds), tmp_path / "raw")
        tracemalloc.start()
        master(raw, RATE, tmp_path / "out")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2


def test_gain_is_bounded(tmp_path: Path) -> None:
    samples = tone(3, 440, 40)
    master(save(samples, tmp_path / "raw"), RATE, tmp_path / "out")
    assert np.abs(load(tmp_path / "out")).max() == pytest.approx(4000, rel=0.02)


def test_files_that_are_no_audio_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"no audio at all" * 100)
    with pytest.raises(OutputError, match=r"a\.mp3"):
        measure_file(path)
    with pytest.raises(OutputError):
        measure_file(tmp_path / "absent.mp3")
