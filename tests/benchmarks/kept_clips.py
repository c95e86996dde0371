"""How small clips are kept, and what that takes: FLAC against steps between samples in zlib, lzma.

python tests/benchmarks/kept_clips.py FOLDER    a cache in which the embedded voice has spoken
"""

from __future__ import annotations

import lzma
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from readaloud.audio.clipfile import decode_clip, encode_clip
from readaloud.model import Clip

SEAL_BYTES = 4


def _planes(clip: Clip) -> bytes:
    """Steps between samples, sign in the lowest bit; high bytes apart from low ones."""
    steps = np.diff(np.frombuffer(clip.pcm, "<i2"), prepend=np.int16(0))
    folded = (steps << 1) ^ (steps >> 15)
    return folded.astype("<i2").view(np.uint8).reshape(-1, 2).T.tobytes()


def _huffman(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(data) + packer.flush()


WAYS: dict[str, Callable[[Clip], bytes]] = {
    "FLAC, as clips are kept": encode_clip,
    "steps, zlib level 1": lambda clip: zlib.compress(_planes(clip), 1),
    "steps, zlib level 6": lambda clip: zlib.compress(_planes(clip), 6),
    "steps, Huffman alone": lambda clip: _huffman(_planes(clip)),
    "steps, lzma preset 1": lambda clip: lzma.compress(_planes(clip), preset=1),
}


def main() -> None:
    """Print a row a way: share of the bytes, and milliseconds of work a second of audio."""
    found = Path(sys.argv[1]).rglob("*.flac")
    clips = [decode_clip(path.read_bytes()[:-SEAL_BYTES], path.stem) for path in found]
    whole = sum(len(clip.pcm) for clip in clips)
    audio_s = sum(clip.frames / clip.sample_rate_hz for clip in clips)
    print(f"{len(clips)} clips, {audio_s:.0f} s of audio")
    for name, pack in WAYS.items():
        start = time.process_time()
        packed = [pack(clip) for clip in clips]
        took_ms = (time.process_time() - start) * 1000 / audio_s
        print(f"{name:26} {sum(map(len, packed)) / whole:6.3f}  {took_ms:6.2f} ms")
    packed = [encode_clip(clip) for clip in clips]
    start = time.process_time()
    assert [decode_clip(data, "").pcm for data in packed] == [clip.pcm for clip in clips]
    print(f"FLAC unpacked {(time.process_time() - start) * 1000 / audio_s:.2f} ms")


if __name__ == "__main__":
    main()
