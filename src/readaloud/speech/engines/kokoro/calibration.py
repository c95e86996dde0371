"""What values the decoder's convolutions are given, measured once: see ``calibration.npz``.

``tests/benchmarks/calibrate.py`` makes that file; it goes with the weights and the decoder.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from readaloud.speech.engines.kokoro.decoder import Range

PATH = Path(__file__).with_name("calibration.npz")
_POWER = 0.75
"""How far loud channels are turned down for the sake of quiet ones; 0 not at all, 1 wholly."""
_CLIPPED = 0.85
"""The rarest peaks are given up: the steps between all other values are finer for it."""


def load_ranges() -> dict[str, Range]:
    """A range for each convolution that takes 8-bit numbers."""
    with np.load(PATH) as bounds:
        names = [name.removeprefix("low ") for name in bounds if name.startswith("low ")]
        return {name: _range(bounds[f"low {name}"], bounds[f"high {name}"]) for name in names}


def _range(low: np.ndarray, high: np.ndarray) -> Range:
    low, high = low.astype(np.float32), high.astype(np.float32)
    largest = np.maximum(np.abs(low), np.abs(high)).clip(1e-4)
    factors = largest**-_POWER
    least, most = float((low * factors).min()), float((high * factors).max())
    return Range(factors, min(0.0, least) * _CLIPPED, max(0.0, most) * _CLIPPED)
