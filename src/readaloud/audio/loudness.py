"""Loudness and true peak (ITU-R BS.1770-4, EBU R 128): measured and set, streaming."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import av

from readaloud.audio.filters import read_pcm, run_filters, to_frames
from readaloud.errors import OutputError
from readaloud.models import Loudness

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
_METER = ("ebur128", "metadata=1")
_UNGATED_LUFS = -70.0
"""What the meter says as long as nothing passed its gate."""


def measure(frames: Iterable[Any], rate_hz: int) -> Loudness:
    """Integrated loudness and true peak of frames of one format.

    The peak is taken at four times the rate, as in BS.1770-4 annex 2. Loudness is -inf for silence
    and for less than one gating block (0.4 s), the peak is -inf for silence.
    """
    steps = [_METER, ("aformat", "sample_fmts=fltp"), ("aresample", str(rate_hz * 4))]
    integrated_lufs, peak = _UNGATED_LUFS, 0.0
    for frame in run_filters(frames, steps):
        integrated_lufs = _reading(frame, integrated_lufs)
        samples = frame.to_ndarray()
        peak = max(peak, float(samples.max()), -float(samples.min()))
    peak_dbtp = 20 * math.log10(peak) if peak > 0 else -math.inf
    return Loudness(_gated(integrated_lufs), peak_dbtp)


def _measure_integrated(path: Path, rate_hz: int) -> float:
    """Loudness of a raw file without its peak, in half the time."""
    integrated_lufs = _UNGATED_LUFS
    for frame in run_filters(to_frames(read_pcm(path), rate_hz), [_METER]):
        integrated_lufs = _reading(frame, integrated_lufs)
    return _gated(integrated_lufs)


def _reading(frame: Any, before: float) -> float:
    """The meter's value so far; frames that a later filter made at the end carry none."""
    return float(frame.metadata.get("lavfi.r128.I", before))


def _gated(integrated_lufs: float) -> float:
    return integrated_lufs if integrated_lufs > _UNGATED_LUFS else -math.inf


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
        with av.open(str(path)) as container:
            stream = container.streams.audio[0]
            loudness = measure(counted(container.decode(stream)), stream.rate)
            return loudness, decoded * 1000 // stream.rate
    except (av.FFmpegError, IndexError) as error:
        raise OutputError(f"{path.name} can't be decoded: {error}.", "Build it again.") from error


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
    before_lufs = _measure_integrated(raw, rate_hz)
    measurable = math.isfinite(before_lufs)
    gain_db = min(target_lufs - before_lufs, _LARGEST_GAIN_DB) if measurable else 0.0
    limit_db, slope = ceiling_dbtp - _BETWEEN_SAMPLES_DB, _FIRST_SLOPE
    last: tuple[float, float] | None = None
    for _ in range(_MOST_PASSES):
        _limit(raw, rate_hz, out, gain_db, limit_db)
        result = measure(to_frames(read_pcm(out), rate_hz), rate_hz)
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


def _limit(raw: Path, rate_hz: int, out: Path, gain_db: float, limit_db: float) -> None:
    """Gain and look-ahead limiter; ``latency`` gives its delay back."""
    limit = 10 ** (limit_db / 20)
    steps = [
        ("volume", f"volume={gain_db:.4f}dB:precision=float"),
        ("alimiter", f"limit={limit:.6f}:attack=5:release=60:level=0:latency=1"),
        ("aformat", "sample_fmts=s16"),
    ]
    with out.open("wb") as file:
        for frame in run_filters(to_frames(read_pcm(raw), rate_hz), steps):
            file.write(frame.to_ndarray().tobytes())
