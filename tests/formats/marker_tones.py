"""Long narrations marked by a tone at each cue, and by how much the tones are heard late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from narrations import RATE, make_narration

from readaloud.model import ChapterMark, Cue, Narration

_LEAD_MS = 100
_AUDIBLE = 0.03
_TONE_MS, _EVERY_MS = 400, 7_013
"""Cues lie at odd times, on no frame of any codec."""


def write_marked(folder: Path, *, minutes: int) -> Narration:
    """A tone every seven seconds, noise of -60 dBFS between them; a chapter every ten minutes."""
    base = make_narration(folder, ["開頭"])
    count = minutes * 60_000 // _EVERY_MS
    length_ms = count * _EVERY_MS
    with base.audio.open("wb") as file:
        for _ in range(count):
            file.write(_marked_stretch())
    text = base.cues[0].text
    cues = tuple(
        Cue(f"c1u{n}", n * _EVERY_MS, n * _EVERY_MS + _TONE_MS, text) for n in range(count)
    )
    starts = range(0, length_ms, 600_000)
    marks = tuple(
        ChapterMark(f"c{n}", f"第{n}章", start, min(start + 600_000, length_ms))
        for n, start in enumerate(starts, 1)
    )
    frames = base.audio.stat().st_size // 2
    return replace(base, frames=frames, cues=cues, marks=marks)


def heard_late_ms(path: Path, cues: Sequence[Cue]) -> list[float]:
    """For each cue, how long after its start its tone is heard.

    The file is decoded from its beginning, so that the whole of its timeline counts.
    """
    waiting = list(cues)
    late: list[float] = []
    for rate_hz, start, samples in _windows(path):
        while waiting:
            begin = round((waiting[0].start_ms - _LEAD_MS) * rate_hz / 1000) - start
            end = begin + round(3 * _LEAD_MS * rate_hz / 1000)
            if end > len(samples):
                break
            onsets = np.flatnonzero(np.abs(samples[max(begin, 0) : end]) > _AUDIBLE)
            heard = onsets[0] + max(begin, 0) - begin
            late.append(float(heard) * 1000 / rate_hz - _LEAD_MS)
            waiting.pop(0)
    assert not waiting, "the file ends before its last cue"
    return late


def _marked_stretch() -> bytes:
    times = np.arange(_TONE_MS * RATE // 1000) / RATE
    stretch = np.random.default_rng(7).normal(0, 33, _EVERY_MS * RATE // 1000)
    stretch[: len(times)] += np.sin(2 * np.pi * 700 * times) * 6000
    return stretch.round().astype("<i2").tobytes()


def _windows(path: Path) -> Iterator[tuple[int, int, np.ndarray]]:
    """Rate, first sample's position, and samples: a block together with the one before it."""
    held, start = np.zeros(0, "f4"), 0
    with av.open(str(path)) as container:
        rate_hz = container.streams.audio[0].rate
        block: list[np.ndarray] = []
        size = 0
        for frame in container.decode(audio=0):
            block.append(frame.to_ndarray()[0])
            size += frame.samples
            if size >= 4 * rate_hz:
                held, block, size = np.concatenate([held, *block]), [], 0
                yield rate_hz, start, held
                start += max(0, len(held) - 2 * rate_hz)
                held = held[-2 * rate_hz :]
        yield rate_hz, start, np.concatenate([held, *block])
