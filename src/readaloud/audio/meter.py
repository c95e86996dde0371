"""Loudness by ITU-R BS.1770-4: K-weighting, energies of 100 ms, two gates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from readaloud.audio.filters import Step, run_filters

HOPS_A_SECOND = 10
_HOPS_A_BLOCK = 4
"""Blocks of 400 ms, of which three quarters lie over the next."""
_OFFSET_LUFS, _ABSOLUTE_LUFS, _RELATIVE_LU = -0.691, -70.0, -10.0


def energies(frames: Iterable[Any], rate_hz: int) -> np.ndarray:
    """The mean square of each whole 100 ms of K-weighted audio, all channels together.

    ``frames`` are of one format, mono or stereo; ten values a second are all that is kept of them.
    """
    hop = rate_hz // HOPS_A_SECOND
    found = [np.zeros(0)]
    rest: np.ndarray | None = None
    for frame in run_filters(frames, tuple(_k_weighting(rate_hz))):
        block = frame.to_ndarray()
        block = block if rest is None else np.concatenate([rest, block], axis=1)
        whole = block.shape[1] // hop * hop
        hops = block[:, :whole].reshape(len(block), -1, hop)
        found.append(np.einsum("cij,cij->i", hops, hops) / hop)
        rest = block[:, whole:]
    return np.concatenate(found)


def integrated(hops: np.ndarray) -> float:
    """Gated loudness in LUFS of what ``energies`` gives; -inf where no block passes the gates."""
    if len(hops) < _HOPS_A_BLOCK:
        return -math.inf
    blocks = sliding_window_view(hops, _HOPS_A_BLOCK).mean(axis=1)
    loud = blocks > _energy(_ABSOLUTE_LUFS)
    if not loud.any():
        return -math.inf
    # A mean over a mask copies nothing: hours of blocks are megabytes.
    loud &= blocks > blocks.mean(where=loud) * 10 ** (_RELATIVE_LU / 10)
    return float(_OFFSET_LUFS + 10 * np.log10(blocks.mean(where=loud)))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_LUFS) / 10))


def _k_weighting(rate_hz: int) -> Iterator[Step]:
    """The two filters of annex 1 at any rate: a shelf for the head, and a high-pass.

    The annex gives numbers for 48 kHz; these are the analogue filters behind them, as in
    B. De Man, "Evaluation of implementations of the EBU R 128 loudness measurement", 2018.
    """
    yield "aformat", "sample_fmts=dblp"
    k = math.tan(math.pi * 1681.974450955533 / rate_hz)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    yield _biquad(
        (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k), k, q
    )
    k = math.tan(math.pi * 38.13547087602444 / rate_hz)
    q = 0.5003270373238773
    unit = 1 + k / q + k * k  # the annex leaves the numerator at 1, -2, 1
    yield _biquad((unit, -2 * unit, unit), k, q)


def _biquad(over: tuple[float, float, float], k: float, q: float) -> Step:
    under = (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k)
    pairs = zip(("b0", "b1", "b2", "a0", "a1", "a2"), (*over, *under), strict=True)
    numbers = ":".join(f"{name}={value!r}" for name, value in pairs)
    return "biquad", f"{numbers}:precision=f64:transform=di"
