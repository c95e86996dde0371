"""What surrounds the decoder's convolutions: the sound source before them, the waveform after.

Harmonic-plus-noise source after X. Wang et al., "Neural source-filter waveform models for
statistical parametric speech synthesis" (2019); inverse STFT after T. Kaneko et al., "iSTFTNet"
(2022). Phases are counted in float64: in float32 they drift within a long sentence.
"""

from __future__ import annotations

import numpy as np

SAMPLE_RATE_HZ = 24_000
HOP, WINDOW = 5, 20
_BINS = WINDOW // 2 + 1
SAMPLES_A_PITCH = 300
"""A value of F0 stands for 12.5 ms."""
_HARMONICS = np.arange(1, 10)[:, None]
_AMPLITUDE = 0.1
_VOICED_HZ = 10.0
_HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)
_SCALE = 4
"""The export's own: window by hop."""


def make_source(pitch_hz: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Nine harmonics of F0, mixed: float32 (300 * pitches,) of float32 (pitches,).

    ``weight`` (1, 9) and ``bias`` (1,) are the mixing layer's. Where F0 is no voice's there is no
    harmonic. Between the middles of two values the phase runs evenly.
    """
    steps = (pitch_hz.astype(np.float64) * _HARMONICS / SAMPLE_RATE_HZ) % 1
    phases = np.cumsum(steps, axis=1) * SAMPLES_A_PITCH % 1
    offsets = np.arange(SAMPLES_A_PITCH, dtype=np.float32) + np.float32(0.5)
    between = phases[:, :-1, None].astype(np.float32) + (
        steps[:, 1:, None].astype(np.float32) * offsets
    )
    half = SAMPLES_A_PITCH // 2
    cycles = np.concatenate(
        (
            np.repeat(phases[:, :1], half, axis=1),
            between.reshape(len(_HARMONICS), -1),
            np.repeat(phases[:, -1:], half, axis=1),
        ),
        axis=1,
        dtype=np.float32,
    )
    waves = np.sin(np.float32(2 * np.pi) * cycles) * np.float32(_AMPLITUDE)
    voiced = np.repeat(pitch_hz > _VOICED_HZ, SAMPLES_A_PITCH)
    return np.tanh((weight @ waves)[0] * voiced + bias).astype(np.float32)  # type: ignore[no-any-return]


def to_spectrum(samples: np.ndarray) -> np.ndarray:
    """Magnitudes and phases of a short-time transform: float32 (22, len(samples) / 5 + 1)."""
    padded = np.pad(samples, WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    bins = np.fft.rfft(frames * _HANN, axis=1).T.astype(np.complex64)
    phases = np.angle(bins)
    # A real sum below zero has the phase π: in training too, +π at 0 Hz; the export's arithmetic
    # gives mostly -π at 12 kHz. The voice is heard less well where the sign at 0 Hz is the other.
    phases[0, bins[0].real < 0] = np.pi
    phases[-1, bins[-1].real < 0] = -np.pi
    return np.concatenate((np.abs(bins), phases))


def to_waveform(output: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """The decoder's last layer (22, frames) -> float32 ((frames - 1) * 5,), about -1 to 1.

    Its first half are logarithms of magnitudes, the sines of its second half phases; ``basis``
    (22, 20) is the inverse transform.
    """
    magnitudes, phases = np.exp(output[:_BINS]), np.sin(output[_BINS:])
    parts = np.concatenate((magnitudes * np.cos(phases), magnitudes * np.sin(phases)))
    pieces = (parts.T @ basis).reshape(-1, WINDOW // HOP, HOP)
    blocks = np.zeros((len(pieces) + WINDOW // HOP - 1, HOP), dtype=np.float32)
    for number in range(WINDOW // HOP):
        blocks[number : number + len(pieces)] += pieces[:, number]
    return blocks.reshape(-1)[WINDOW // 2 : -WINDOW // 2] * _SCALE
