"""MPEG audio layer III as bytes: how long it must be, and whether every frame is there.

ISO/IEC 11172-3 and 13818-3, 2.4.1.3: the header of a frame gives its length; in a whole stream the
next header stands where the last frame ends. FFmpeg would step over what is damaged without a word.
"""

from __future__ import annotations

import io

import av
import numpy as np

from readaloud.errors import msg

_RATES_HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KBPS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HEADER_BYTES = 4
_LAYER_III = 1


class DamagedAudioError(ValueError):
    """The bytes are no whole stream of MPEG audio frames."""


def decode_mp3(data: bytes) -> tuple[bytes, int]:
    """Decode a whole stream: mono 16-bit little-endian PCM, and its rate in hertz.

    Raises:
        DamagedAudioError: empty, cut within a frame, damaged, or decoded to another length than
            its frames say.
    """
    samples, rate_hz = _measure(data)
    try:
        with av.open(io.BytesIO(data), "r", format="mp3") as container:
            frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    except (av.FFmpegError, IndexError) as error:
        raise DamagedAudioError(msg("it can't be decoded: {error}", error=error)) from error
    audio = np.concatenate([frame.mean(axis=0) for frame in frames]) if frames else np.empty(0)
    # Decoders may leave out the delay of the encoder, at most three frames.
    if not samples - 3 * 1152 <= len(audio) <= samples:
        raise DamagedAudioError(
            msg("{count} of {samples} samples decoded", count=len(audio), samples=samples)
        )
    return (np.clip(audio, -1, 1) * 32767).round().astype("<i2").tobytes(), rate_hz


def _measure(data: bytes) -> tuple[int, int]:
    """Samples and rate that the frames' headers say."""
    position = samples = rate_hz = 0
    while position < len(data):
        length, in_frame, rate_hz = _read_header(data[position : position + _HEADER_BYTES])
        position += length
        samples += in_frame
    if position != len(data) or not samples:
        raise DamagedAudioError(msg("its last frame is cut") if samples else msg("it is empty"))
    return samples, rate_hz


def _read_header(header: bytes) -> tuple[int, int, int]:
    """Bytes and samples of the frame, and the rate."""
    if len(header) < _HEADER_BYTES or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        raise DamagedAudioError(msg("a frame does not begin where it should"))
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    kbps_index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer != _LAYER_III or kbps_index in {0, 15} or rate_index == 3:
        raise DamagedAudioError(msg("a frame's header makes no sense"))
    first = version == 3
    rate_hz = _RATES_HZ[version][rate_index]
    kbps = _KBPS[3 if first else 2][kbps_index]
    return (
        (144 if first else 72) * kbps * 1000 // rate_hz + padding,
        1152 if first else 576,
        rate_hz,
    )
