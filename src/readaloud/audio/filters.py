"""FFmpeg's filters and decoders, through PyAV: PCM in, frames out, a block at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
import av.filter
import numpy as np

from readaloud.model import Clip

BLOCK_FRAMES = 96_000

Step = tuple[str, str]
"""A filter of FFmpeg and its arguments."""


def ffmpeg_name(path: Path) -> str:
    """A file's name as FFmpeg takes it: in a relative one it takes ``news:`` for a protocol."""
    return str(path.absolute())


def read_pcm(path: Path) -> Iterator[np.ndarray]:
    """Blocks of a raw mono 16-bit file, int16 of at most ``BLOCK_FRAMES``."""
    with path.open("rb") as file:
        while data := file.read(BLOCK_FRAMES * 2):
            yield np.frombuffer(data, "<i2")


def to_frames(blocks: Iterable[np.ndarray], rate_hz: int) -> Iterator[Any]:
    """Audio frames of int16 blocks, with presentation times."""
    position = 0
    for block in blocks:
        frame = av.AudioFrame.from_ndarray(block[None], format="s16", layout="mono")
        frame.sample_rate = rate_hz
        frame.time_base = Fraction(1, rate_hz)
        frame.pts = position
        position += len(block)
        yield frame


def run_filters(frames: Iterable[Any], steps: Sequence[Step]) -> Iterator[Any]:
    """Send frames of one format through a chain of filters; yield what comes out."""
    frames = iter(frames)
    first = next(frames, None)
    if first is None:
        return
    graph = av.filter.Graph()
    graph.threads = 1  # else each graph starts threads of its own, which audio filters never use
    source = last = graph.add_abuffer(
        sample_rate=first.sample_rate,
        format=first.format.name,
        layout=first.layout.name,
        time_base=first.time_base,
    )
    for name, arguments in (*steps, ("abuffersink", "")):
        step = graph.add(name, arguments or None)
        last.link_to(step)
        last = step
    graph.configure()
    waiting = 0
    for frame in chain([first], frames):
        source.push(frame)
        waiting += frame.samples
        if waiting >= BLOCK_FRAMES:  # an empty sink answers with an exception, which takes time
            yield from _ready(last)
            waiting = 0
    source.push(None)
    yield from _ready(last)


def resample(clip: Clip, rate_hz: int) -> Clip:
    """The clip at another sample rate, as long as before."""
    if clip.sample_rate_hz == rate_hz:
        return clip
    blocks = [np.frombuffer(clip.pcm, "<i2")] if clip.pcm else []
    steps = [("aresample", str(rate_hz)), ("aformat", "sample_fmts=s16")]
    out = run_filters(to_frames(blocks, clip.sample_rate_hz), steps)
    pcm = b"".join(frame.to_ndarray().tobytes() for frame in out)
    length = clip.frames * rate_hz // clip.sample_rate_hz * 2
    return replace(clip, pcm=pcm[:length].ljust(length, b"\0"), sample_rate_hz=rate_hz)


def _ready(sink: Any) -> Iterator[Any]:
    while True:
        try:
            yield sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
