"""The audio of an MP3 file: LAME's frames behind an Info frame that makes the timeline exact.

Mono, 44.1 kHz, 80 kbit/s constant: players seek exactly in a constant rate, and at 80 kbit/s
LAME's fast search leaves less noise in a voice than its slow one does at 64, in half the time. At
24 kHz and the same bit rate LAME would leave as much noise in half the time, but Apple's audio
requirements name 44.1 kHz as the least. LAME comes with lameenc, which is built to run 3.4 times
as fast as the one inside PyAV.
"""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path

from readaloud.audio.ahead import ahead
from readaloud.formats.shared.audio_encoding import exact_samples
from readaloud.formats.shared.mp3_frames import (
    BIT_RATE_KBPS,
    BYTES,
    HEADER,
    SAMPLE_RATE_HZ,
    SAMPLES,
    SIDE_BYTES,
)
from readaloud.formats.shared.mp3_pieces import QUALITY, encode_pieces
from readaloud.model import Narration

_LAME_SCALE = 0.95
"""LAME turns every input down by this much, and lameenc can't tell it not to."""
_LOUDER = ("volume", f"volume={1 / _LAME_SCALE:.6f}:precision=float")
_ENCODER_DELAY = 576
_HAS_FRAMES_BYTES_TOC_QUALITY = 0xF


def append_audio(narration: Narration, path: Path) -> None:
    """Append the narration to a file, block by block (OSError and av.FFmpegError as they come)."""
    length = narration.frames * SAMPLE_RATE_HZ // narration.sample_rate_hz
    with path.open("r+b") as file:
        start = file.seek(0, 2)
        file.write(bytes(int(BYTES)))
        samples = exact_samples(narration, SAMPLE_RATE_HZ, [_LOUDER])
        with closing(ahead(samples)) as blocks, closing(encode_pieces(blocks)) as frames:
            size = sum(map(file.write, frames))
        file.seek(start)
        file.write(_info_frame(length, size))


def _info_frame(samples: int, size: int) -> bytes:
    """A silent frame that says how long the audio is and how much the encoder put around it.

    Without it players begin 25 ms late and end later. Layout: "MP3 Info Tag rev 1, specifications",
    G. Bouvigne; ``size`` is that of all the frames that follow.
    """
    frames = round(size / BYTES)
    padding = frames * SAMPLES - _ENCODER_DELAY - samples
    whole = size + int(BYTES)
    table = bytes(percent * 256 // 100 for percent in range(100))
    frame = b"".join(
        (
            HEADER,
            bytes(SIDE_BYTES),
            struct.pack(">4sIII", b"Info", _HAS_FRAMES_BYTES_TOC_QUALITY, frames, whole),
            table,
            struct.pack(">I", 100 - 10 * QUALITY),
            b"LAME4.0  ",
            struct.pack(">BB8xBB", 1, SAMPLE_RATE_HZ // 2 // 100, 0, BIT_RATE_KBPS),
            (_ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
            struct.pack(">BBHIH", 0, 0, 0, whole, 0),
        )
    )
    return (frame + struct.pack(">H", _crc16(frame))).ljust(int(BYTES), b"\0")


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, as LAME signs its tag."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
