"""Sounds whose figures are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np

RATE = 24_000


def tone(
    seconds: float, hertz: float = 440, amplitude: float = 8000, rate: int = RATE
) -> np.ndarray:
    """A sine, int16."""
    times = np.arange(round(seconds * rate)) / rate
    return np.asarray((np.sin(2 * np.pi * hertz * times) * amplitude).round(), "<i2")


def speechlike(seconds: float, amplitude: float = 3000, seed: int = 0) -> np.ndarray:
    """Noise that swells four times a second and rests now and then, int16."""
    frames = round(seconds * RATE)
    times = np.arange(frames) / RATE
    noise = np.random.default_rng(seed).standard_normal(frames)
    noise = np.convolve(noise, np.array([1, 1.6, 1.2, 0.6, 0.2]) / 2.2, "same")
    envelope = np.sin(2 * np.pi * 2.1 * times) ** 2 * (np.sin(2 * np.pi * 0.23 * times) > -0.6)
    return np.asarray((noise * envelope * amplitude).clip(-32768, 32767).round(), "<i2")


def silence(seconds: float) -> np.ndarray:
    """Digital silence, int16."""
    return np.zeros(round(seconds * RATE), "<i2")


def save(samples: np.ndarray, path: Path) -> Path:
    """Write raw PCM."""
    path.write_bytes(samples.astype("<i2").tobytes())
    return path


def load(path: Path) -> np.ndarray:
    """Read raw PCM."""
    return np.fromfile(path, "<i2")
