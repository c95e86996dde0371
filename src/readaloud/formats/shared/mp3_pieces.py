"""MP3 frames of long audio on all cores, the same however many there are.

The audio is cut into pieces of a minute, each with an encoder of its own, and each encoder goes on
into the next piece until both give the same frames. In speech that takes a second and a half as a
rule, and ten at most: what LAME remembers is then the same, the bit reservoir too. From there on
the next piece's frames take over. A decoder hears what it would of a single encoder's frames; only
stuffing, which it doesn't read, may differ. Where two never agree, the first makes both pieces.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import lameenc
import numpy as np

from readaloud.audio.ahead import usable_cores
from readaloud.formats.shared.mp3_frames import (
    BIT_RATE_KBPS,
    PADDING_PERIOD,
    SAMPLE_RATE_HZ,
    SAMPLES,
    Frames,
)

QUALITY = 7
PIECE_FRAMES = 47 * PADDING_PERIOD
"""A minute. Whole periods, so that frames with padding stay where one encoder would have them."""
_STEP_SAMPLES = 32 * SAMPLES
"""Taken at once: LAME keeps buffers of the most that it was ever given, 21 MB for a minute."""
_ALIKE = 8
"""Frames in a row that must be the same. The next piece takes over in their midst: decoding a frame
needs the one before it, and its main data begins at most two frames back."""


class _Piece:
    """A stretch of samples in an encoder of its own."""

    def __init__(self, first: int, samples: np.ndarray) -> None:
        self.first, self.samples = first, samples
        self.frames = Frames(first)
        self._encoder = open_encoder()

    def encode(self) -> _Piece:
        """Its own samples; LAME leaves Python's lock."""
        for samples in self.steps():
            self.go_on(samples)
        return self

    def steps(self) -> Iterator[np.ndarray]:
        """Its samples, some at a time, once at least: LAME can't end before it began."""
        for start in range(0, max(1, len(self.samples)), _STEP_SAMPLES):
            yield self.samples[start : start + _STEP_SAMPLES]

    def go_on(self, samples: np.ndarray) -> None:
        """Take samples that follow."""
        self.frames.push(bytes(self._encoder.encode(samples.tobytes())))

    def finish(self) -> bytes:
        """The last frames."""
        self.frames.push(bytes(self._encoder.flush()))
        return self.frames.cut(self.frames.end)


def encode_pieces(blocks: Iterable[np.ndarray]) -> Generator[bytes, None, None]:
    """Frames of int16 blocks at ``SAMPLE_RATE_HZ``, some at a time."""
    pieces = _encoded(_cut(blocks))
    now = next(pieces)
    for after in pieces:
        if (number := _meet(now, after)) is None:
            yield now.frames.cut(after.first)
            continue
        yield now.frames.cut(number)
        after.frames.cut(number)
        now = after
    yield now.finish()


def _encoded(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The same pieces, as many at once as there are cores."""
    cores = usable_cores()
    with ThreadPoolExecutor(cores, "encoding") as pool:
        waiting: deque[Future[_Piece]] = deque()
        for piece in pieces:
            waiting.append(pool.submit(piece.encode))
            if len(waiting) > cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _cut(blocks: Iterable[np.ndarray]) -> Iterator[_Piece]:
    """Pieces of ``PIECE_FRAMES``; the last may be shorter, and there is one at least."""
    size, first = PIECE_FRAMES * SAMPLES, 0
    held, length = [np.zeros(0, "<i2")], 0
    for block in blocks:
        held.append(block)
        length += len(block)
        while length >= size:
            samples = np.concatenate(held)
            yield _Piece(first, samples[:size])
            held, length, first = [samples[size:]], length - size, first + PIECE_FRAMES
    if length or not first:
        yield _Piece(first, np.concatenate(held))


def _meet(before: _Piece, after: _Piece) -> int | None:
    """Let one go on into the next: the number of the frame from which the next may take over."""
    alike, number = 0, after.first
    for samples in after.steps():
        before.go_on(samples)
        while number < min(before.frames.end, after.frames.end):
            heard = before.frames.heard(number)
            same = heard is not None and heard == after.frames.heard(number)
            alike, number = alike + 1 if same else 0, number + 1
            if alike == _ALIKE:
                return number - _ALIKE // 2
    return None


def open_encoder() -> lameenc.Encoder:
    """LAME as editions are made with it; its first frame hears 576 samples of silence."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_bit_rate(BIT_RATE_KBPS)
    encoder.set_quality(QUALITY)
    return encoder
