"""Audio encoded in pieces sounds as if one encoder had made it; its bytes are always the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import av
import lameenc
import numpy as np
import pytest

from readaloud.formats.shared import mp3_pieces
from readaloud.formats.shared.mp3_frames import PADDING_PERIOD, SAMPLE_RATE_HZ, SAMPLES, Frames
from readaloud.formats.shared.mp3_pieces import encode_pieces

PIECE_FRAMES = 10 * PADDING_PERIOD
PIECE = PIECE_FRAMES * SAMPLES


@pytest.fixture(autouse=True)
def _short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute takes long."""
    monkeypatch.setattr(mp3_pieces, "PIECE_FRAMES", PIECE_FRAMES)


def _talk(length: int) -> np.ndarray:
    """Hums and hisses of changing pitch and loudness, with pauses of digital silence."""
    times, random = np.arange(length) / SAMPLE_RATE_HZ, np.random.default_rng(7)
    pitch = 140 + 30 * np.sin(1.7 * times)
    hum = np.sign(np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE_HZ)) * 3000
    sound = (hum + random.normal(0, 500, length)) * (1.2 + np.sin(2 * np.pi * 3.1 * times))
    return np.where(times % 5 < 4.6, sound, 0)


def _clicks(length: int) -> np.ndarray:
    """What encoders take longest to agree on."""
    noise = np.random.default_rng(7).normal(0, 30, length)
    return np.where(np.arange(length) % 5000 == 0, 20_000, 0) + noise


def _chord(length: int) -> np.ndarray:
    times = np.arange(length) / SAMPLE_RATE_HZ
    tones = [2000 * np.sin(2 * np.pi * hertz * times) for hertz in (262, 330, 392)]
    return np.asarray(np.sum(tones, axis=0))


def _blocks(samples: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(samples), 70_001):
        yield samples[start : start + 70_001]


def _by_one(samples: np.ndarray) -> bytes:
    encoder: lameenc.Encoder = mp3_pieces.open_encoder()
    return bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())


def _decoded(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data), "r", format="mp3") as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


@pytest.mark.parametrize(
    ("make", "more"),
    [(_talk, 1), (_talk, 700), (_talk, PIECE // 3), (_clicks, 9000), (_chord, 1), (np.zeros, 1)],
)
def test_no_sample_differs_from_what_one_encoder_gives(
    make: Callable[[int], np.ndarray], more: int
) -> None:
    samples = make(2 * PIECE + more).round().astype("<i2")
    made, wanted = b"".join(encode_pieces(_blocks(samples))), _by_one(samples)
    assert len(made) == len(wanted)
    assert np.array_equal(_decoded(made), _decoded(wanted))


def test_pieces_are_really_taken_from_several_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    met, meet = [], mp3_pieces._meet

    def noted(*pieces: mp3_pieces._Piece) -> int | None:
        met.append(meet(*pieces))
        return met[-1]

    monkeypatch.setattr(mp3_pieces, "_meet", noted)
    list(encode_pieces(_blocks(_talk(3 * PIECE).round().astype("<i2"))))
    assert len(met) == 2
    for number, joint in enumerate(met, 1):
        assert joint is not None
        assert 0 < joint - number * PIECE_FRAMES < PIECE_FRAMES


@pytest.mark.parametrize("cores", [1, 2, 7])
def test_the_bytes_are_the_same_on_any_number_of_cores(
    monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    samples = _talk(2 * PIECE + 5000).round().astype("<i2")
    here = b"".join(encode_pieces(_blocks(samples)))
    monkeypatch.setattr(mp3_pieces, "usable_cores", lambda: cores)
    assert b"".join(encode_pieces([samples])) == here


@pytest.mark.parametrize("samples", [0, 1, PIECE, PIECE + 1])
def test_any_number_of_samples_is_encoded(samples: int) -> None:
    talk = _talk(samples).round().astype("<i2")
    assert b"".join(encode_pieces([talk])) == _by_one(talk)


def test_stuffing_is_not_heard_but_everything_else_is() -> None:
    data = bytearray(_by_one(_talk(20 * SAMPLES).round().astype("<i2")))
    whole, changed = Frames(0), Frames(0)
    whole.push(bytes(data))
    place = data.index(b"LAME")  # stuffing begins with LAME's name
    data[place] ^= 0xFF
    changed.push(bytes(data))
    assert [whole.heard(n) for n in range(18)] == [changed.heard(n) for n in range(18)]
    data[len(data) // 2] ^= 0xFF
    other = Frames(0)
    other.push(bytes(data))
    assert [whole.heard(n) for n in range(18)] != [other.heard(n) for n in range(18)]
