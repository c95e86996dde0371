"""A narration through one of FFmpeg's encoders into one of its containers, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from readaloud.audio.ahead import ahead
from readaloud.audio.filters import Step, ffmpeg_name, read_pcm, run_filters, to_frames
from readaloud.model import ChapterMark, Narration


@dataclass(frozen=True, slots=True)
class Encoding:
    """A container and a codec as FFmpeg names them, with their options; always mono."""

    container: str
    codec: str
    sample_rate_hz: int
    bit_rate: int
    """In bits a second."""
    codec_options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)


def encode(
    narration: Narration,
    path: Path,
    encoding: Encoding,
    *,
    tags: Mapping[str, str],
    marks: Sequence[ChapterMark] = (),
) -> None:
    """Write the narration with its tags and chapters (OSError and av.FFmpegError as they come).

    The containers note the encoder's delay and the length, so that a player begins at the first
    sample: as an edit list in MP4, as pre-skip and last granule position in Ogg (RFC 7845).
    """
    rate_hz = encoding.sample_rate_hz
    options = dict(encoding.container_options)
    with av.open(ffmpeg_name(path), "w", format=encoding.container, options=options) as container:
        container.metadata.update(tags)
        container.set_chapters([_chapter(n, mark) for n, mark in enumerate(marks)])
        stream: Any = container.add_stream(encoding.codec, rate=rate_hz, layout="mono")
        stream.bit_rate = encoding.bit_rate
        stream.options = dict(encoding.codec_options)
        stream.metadata["language"] = "chi"
        with closing(ahead(exact_samples(narration, rate_hz))) as blocks:
            for frame in to_frames(blocks, rate_hz):
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def exact_samples(
    narration: Narration, rate_hz: int, steps: Sequence[Step] = ()
) -> Iterator[np.ndarray]:
    """The narration as int16 blocks at ``rate_hz``, behind filters, to the sample as long as it is.

    A resampler gives some samples more or fewer than were asked for.
    """
    left = narration.frames * rate_hz // narration.sample_rate_hz
    steps = [*steps, ("aresample", str(rate_hz)), ("aformat", "sample_fmts=s16")]
    frames = to_frames(read_pcm(narration.audio), narration.sample_rate_hz)
    for frame in run_filters(frames, steps):
        block = frame.to_ndarray()[0, :left]
        left -= len(block)
        if len(block):
            yield block
    if left:
        yield np.zeros(left, "<i2")


def _chapter(number: int, mark: ChapterMark) -> Any:
    return {
        "id": number,
        "start": mark.start_ms,
        "end": mark.end_ms,
        "time_base": Fraction(1, 1000),
        "metadata": {"title": mark.title},
    }
