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
from readaloud.audio.meter import energies, integrated
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
_EVEN = (("asetnsamples", f"n={BLOCK_FRAMES}:p=0"), ("aformat", "sample_fmts=fltp"))


def measure(frames: Iterable[Any], rate_hz: int) -> Loudness:
    """Integrated loudness and true peak of frames of one format.

    Loudness is -inf for silence and for less than one gating block (0.4 s), the peak is -inf for
    silence.
    """
    peaks: list[PeakMeter] = []

    def passing() -> Iterator[Any]:
        for frame in run_filters(frames, _EVEN):
            channels = frame.to_ndarray()
            peaks.extend(PeakMeter() for _ in channels[len(peaks) :])
            for meter, channel in zip(peaks, channels, strict=True):
                meter.push(channel)
            yield frame

    lufs = integrated(energies(passing(), rate_hz))
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
            even = run_filters(counted(container.decode(stream)), _EVEN)
            with closing(ahead(even)) as frames:
                loudness = measure(frames, stream.rate)
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
    before_lufs, peak_db = _measure_raw(raw, rate_hz)
    measurable = math.isfinite(before_lufs)
    gain_db = min(target_lufs - before_lufs, _LARGEST_GAIN_DB) if measurable else 0.0
    limit_db, slope = ceiling_dbtp - _BETWEEN_SAMPLES_DB, _FIRST_SLOPE
    last: tuple[float, float] | None = None
    for _ in range(_MOST_PASSES):
        limits = peak_db + gain_db > limit_db
        made = _louder(raw, rate_hz, out, gain_db, limit_db if limits else None)
        with closing(ahead(made)) as frames:
            result = measure(frames, rate_hz)
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


def _measure_raw(path: Path, rate_hz: int) -> tuple[float, float]:
    """Loudness in LUFS, and the highest sample in dBFS."""
    highest = 0

    def passing() -> Iterator[np.ndarray]:
        nonlocal highest
        for block in read_pcm(path):
            highest = max(highest, int(block.max()), -int(block.min()))
            yield block

    lufs = integrated(energies(to_frames(passing(), rate_hz), rate_hz))
    return lufs, _decibels(highest / 32768)


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
