"""Loudness and true peak (ITU-R BS.1770-4, EBU R 128): measured and set, streaming."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import av
import numpy as np

from readaloud.audio.ahead import ahead
from readaloud.audio.filters import (
    BLOCK_FRAMES,
    ffmpeg_name,
    read_pcm,
    run_filters,
    to_frames,
)
from readaloud.audio.meter import HOPS_A_SECOND, energies, integrated
from readaloud.audio.peak import PeakMeter
from readaloud.errors import OutputError, msg
from readaloud.model import Loudness

TARGET_LUFS = -16.0
CEILING_DBTP = -1.0
ENCODER_HEADROOM_DB = 0.6
"""A lossy encoder overshoots the peaks it was given: MP3 by 0.1 dB in speech, by 0.4 in noise."""
_LARGEST_GAIN_DB = 40.0
_NEAR_LU = 0.15
_MOST_PASSES = 6
_BETWEEN_SAMPLES_DB, _MARGIN_DB = 0.5, 0.1
"""How far the true peak of limited speech stands above its samples."""
_FIRST_SLOPE, _LEAST_SLOPE = 0.7, 0.2
"""LU gained for a decibel of gain while the limiter works; after two passes it is known."""
_GUESSES = 4
_LIMITED_SHARE = 0.6
"""Of the decibels that the peak of 100 ms stands over the limit, how many it loses in loudness."""
_EVEN = (("asetnsamples", f"n={BLOCK_FRAMES}:p=0"), ("aformat", "sample_fmts=fltp"))


def measure(frames: Iterable[Any], rate_hz: int) -> Loudness:
    """Integrated loudness and true peak of frames of one format.

    Loudness is -inf for silence and for less than one gating block (0.4 s), the peak is -inf for
    silence.
    """
    peaks: list[PeakMeter] = []

    def passing(blocks: Iterable[Any]) -> Iterator[Any]:
        for frame in blocks:
            channels = frame.to_ndarray()
            peaks.extend(PeakMeter() for _ in channels[len(peaks) :])
            for meter, channel in zip(peaks, channels, strict=True):
                meter.push(channel)
            yield frame

    with closing(ahead(run_filters(frames, _EVEN))) as blocks:
        lufs = integrated(energies(passing(blocks), rate_hz))
    return Loudness(lufs, _decibels(max((meter.finish() for meter in peaks), default=0.0)))


def _decibels(magnitude: float) -> float:
    return 20 * math.log10(magnitude) if magnitude > 0 else -math.inf


def measure_file(path: Path) -> tuple[Loudness, int]:
    """Decode any audio file that FFmpeg knows, whole: its loudness, and its length in milliseconds.

    Raises:
        OutputError: it can't be decoded.
    """
    decoded = 0

    def counted(frames: Iterable[Any]) -> Iterator[Any]:
        nonlocal decoded
        for frame in frames:
            decoded += frame.samples
            yield frame

    try:
        with av.open(ffmpeg_name(path)) as container:
            stream = container.streams.audio[0]
            loudness = measure(counted(container.decode(stream)), stream.rate)
            return loudness, decoded * 1000 // stream.rate
    except (av.FFmpegError, IndexError) as error:
        raise OutputError(
            msg("{name} can't be decoded: {error}.", name=path.name, error=error),
            msg("Build it again."),
        ) from error


def master(
    raw: Path,
    rate_hz: int,
    out: Path,
    target_lufs: float = TARGET_LUFS,
    ceiling_dbtp: float = CEILING_DBTP - ENCODER_HEADROOM_DB,
) -> Loudness:
    """Bring a raw mono 16-bit file to the target by one gain and a limiter; measure the result.

    Limiting takes some loudness, and between samples a peak stands higher than at them: gain and
    limit are mended until both figures fit. ``out`` has the samples of ``raw``, none moved. What
    can't be measured (silence, less than 0.4 s) is limited only; no gain is above 40 dB.
    """
    hops, peaks = _measure_raw(raw, rate_hz)
    measurable = math.isfinite(integrated(hops))
    peak_db = _decibels(float(peaks.max(initial=0)))
    limit_db, slope = ceiling_dbtp - _BETWEEN_SAMPLES_DB, _FIRST_SLOPE
    gain_db = _guess_gain_db(hops, peaks, target_lufs, limit_db) if measurable else 0.0
    last: tuple[float, float] | None = None
    for _ in range(_MOST_PASSES):
        limits = peak_db + gain_db > limit_db
        made = _louder(raw, rate_hz, out, gain_db, limit_db if limits else None)
        result = measure(made, rate_hz)
        over_db = result.true_peak_dbtp - ceiling_dbtp
        missing_lu = target_lufs - result.integrated_lufs if measurable else 0.0
        if last and gain_db != last[0]:
            rise = (result.integrated_lufs - last[1]) / (gain_db - last[0])
            slope = min(max(rise, _LEAST_SLOPE), 1.0)
        last = gain_db, result.integrated_lufs
        better_db = min(gain_db + missing_lu / slope, _LARGEST_GAIN_DB)
        if over_db <= 0 and (abs(missing_lu) < _NEAR_LU or better_db == gain_db):
            break
        gain_db = better_db
        limit_db -= over_db + _MARGIN_DB if over_db > 0 else 0
    return result


def _measure_raw(path: Path, rate_hz: int) -> tuple[np.ndarray, np.ndarray]:
    """Of each 100 ms what ``energies`` gives, and the highest magnitude, full scale 1."""
    hop = rate_hz // HOPS_A_SECOND
    peaks = [np.zeros(0)]

    def passing() -> Iterator[np.ndarray]:
        for block in read_pcm(path):
            starts = np.arange(0, len(block), hop)
            highest = np.maximum.reduceat(block, starts).astype(float)
            lowest = np.minimum.reduceat(block, starts).astype(float)
            peaks.append(np.maximum(highest, -lowest) / 32768)
            yield block

    hops = energies(to_frames(passing(), rate_hz), rate_hz)
    return hops, np.concatenate(peaks)


def _guess_gain_db(
    hops: np.ndarray, peaks: np.ndarray, target_lufs: float, limit_db: float
) -> float:
    """The gain that brings to the target what a limiter then takes some loudness from."""
    highest = peaks[: len(hops)]
    gain_db = target_lufs - integrated(hops)
    for _ in range(_GUESSES):
        over = np.maximum(highest * 10 ** ((gain_db - limit_db) / 20), 1)
        limited = hops * 10 ** (gain_db / 10) / over ** (2 * _LIMITED_SHARE)
        gain_db += target_lufs - integrated(limited)
    return min(gain_db, _LARGEST_GAIN_DB)


def _louder(
    raw: Path, rate_hz: int, out: Path, gain_db: float, limit_db: float | None
) -> Iterator[Any]:
    """Write with a gain, and a look-ahead limiter where one is needed; yield what is written.

    ``latency`` gives the limiter's delay back.
    """
    steps = [("volume", f"volume={gain_db:.4f}dB:precision=float")]
    if limit_db is not None:
        limit = 10 ** (limit_db / 20)
        steps.append(("alimiter", f"limit={limit:.6f}:attack=5:release=60:level=0:latency=1"))
    steps.append(("aformat", "sample_fmts=s16"))
    with out.open("wb") as file:
        for frame in run_filters(to_frames(read_pcm(raw), rate_hz), steps):
            file.write(frame.to_ndarray().tobytes())
            yield frame
