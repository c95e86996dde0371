"""MP3 frames as LAME gives them, and what is heard of each.

A frame's main data may begin in the bodies of the frames before it, up to 511 bytes back (ISO/IEC
11172-3, 2.4.1.7): that is the bit reservoir. What lies between the main data of two frames is
stuffing, which no decoder reads.
"""

from __future__ import annotations

SAMPLES = 1152
SAMPLE_RATE_HZ = 44_100
BIT_RATE_KBPS = 80
BYTES = 144 * BIT_RATE_KBPS * 1000 / SAMPLE_RATE_HZ
"""A frame's, on average: one in some has a byte of padding."""
HEADER = bytes.fromhex("fffb60c4")
"""MPEG-1 layer III, 80 kbit/s, 44.1 kHz, no padding, mono, original."""
SIDE_BYTES = 17
PADDING_PERIOD = 49
"""Frames after which the pattern of those with padding begins anew."""
_HEAD_BYTES = len(HEADER) + SIDE_BYTES
_PADDING_BIT = 2
_BEGIN_BITS, _GRANULE_BITS, _SIZE_BITS = 18, 59, 12
"""Mono side information: what stands before the granules, a granule's, and the first thing in it:
how many bits of main data it has."""
_REACH = 3
"""Frames that hold the whole main data of the last of them."""


class Frames:
    """The whole frames of one encoder, in order; the first of all the audio has the number 0."""

    def __init__(self, first: int) -> None:
        """``first`` is the number of the encoder's first frame."""
        self._first = first
        self._held: list[bytes] = []
        self._rest = b""

    @property
    def end(self) -> int:
        """The number behind the last."""
        return self._first + len(self._held)

    def push(self, data: bytes) -> None:
        """Take what the encoder gave: it ends anywhere in a frame."""
        data, start = self._rest + data, 0
        while start + _HEAD_BYTES <= len(data):
            size = int(BYTES) + bool(data[start + 2] & _PADDING_BIT)
            if start + size > len(data):
                break
            self._held.append(data[start : start + size])
            start += size
        self._rest = data[start:]

    def cut(self, number: int) -> bytes:
        """Take out all frames before that number, as far as they are there."""
        number = min(number, self.end)
        count = number - self._first
        taken, self._held = self._held[:count], self._held[count:]
        self._first = number
        return b"".join(taken)

    def heard(self, number: int) -> tuple[bytes, int] | None:
        """What a decoder takes of a frame: header, side information, and its main data as a number.

        None where it reaches back behind what is held.
        """
        place = number - self._first
        bodies = [frame[_HEAD_BYTES:] for frame in self._held[max(0, place - _REACH + 1) : place]]
        before, frame = b"".join(bodies), self._held[place]
        side = int.from_bytes(frame[len(HEADER) : _HEAD_BYTES], "big")
        back, bits = _main_data(side)
        if place < _REACH - 1 or back > len(before):
            return None
        data = before[len(before) - back :] + frame[_HEAD_BYTES:]
        size = (bits + 7) // 8
        return frame[:_HEAD_BYTES], int.from_bytes(data[:size], "big") >> (8 * size - bits)


def _main_data(side: int) -> tuple[int, int]:
    """How many bytes before the body it begins, and its length in bits, both granules together."""
    whole = 8 * SIDE_BYTES
    bits = 0
    for granule in range(2):
        at = _BEGIN_BITS + granule * _GRANULE_BITS + _SIZE_BITS
        bits += side >> (whole - at) & ((1 << _SIZE_BITS) - 1)
    return side >> (whole - 9), bits
