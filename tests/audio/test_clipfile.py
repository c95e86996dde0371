"""Clips survive as bytes, and damage never does."""

from __future__ import annotations

import io
from zlib import crc32

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import RATE, speechlike

from readaloud.audio.clipfile import decode_clip, encode_clip
from readaloud.errors import IncompleteAudioError
from readaloud.model import Clip, Word

WORDS = st.builds(Word, st.text(max_size=3), st.integers(0, 10**7), st.integers(0, 10**7))


@given(
    st.binary(max_size=60).map(lambda data: data * 2),
    st.sampled_from([16_000, 24_000, 44_100]),
    st.lists(WORDS, max_size=4),
)
def test_every_clip_comes_back_as_it_was(pcm: bytes, rate: int, words: list[Word]) -> None:
    clip = Clip("u7", pcm, rate, tuple(words))
    assert decode_clip(encode_clip(clip), "u7") == clip


def test_other_programs_can_play_it() -> None:
    clip = Clip("u1", speechlike(1).tobytes(), RATE, (Word("聽", 0, 400),))
    with av.open(io.BytesIO(encode_clip(clip)), "r", format="flac") as file:
        assert (file.duration or 0) / 1e6 == pytest.approx(1)
        frames = list(file.decode(audio=0))
    assert {frame.sample_rate for frame in frames} == {RATE}
    assert b"".join(frame.to_ndarray().tobytes() for frame in frames) == clip.pcm


def test_what_is_kept_is_smaller() -> None:
    times = np.arange(5 * RATE) / RATE
    noise = np.random.default_rng(1).normal(0, 150, len(times))
    voice = 6000 * np.sin(2 * np.pi * 180 * times) * (1 + np.sin(9 * times)) + noise
    clip = Clip("u1", voice.round().astype("<i2").tobytes(), RATE)
    assert len(encode_clip(clip)) < 0.66 * len(clip.pcm)


@given(st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    whole = encode_clip(Clip("u1", speechlike(0.05).tobytes(), RATE, (Word("聽", 0, 50),)))
    place = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.integers(1, 255))
    broken = bytearray(whole)
    broken[place] ^= change
    with pytest.raises(IncompleteAudioError, match="u0042"):
        decode_clip(bytes(broken), "u0042")


@given(st.integers(0, 2000))
def test_no_cut_goes_unnoticed(length: int) -> None:
    whole = encode_clip(Clip("u1", speechlike(0.05).tobytes(), RATE))
    assert len(whole) > 1000
    with pytest.raises(IncompleteAudioError):
        decode_clip(whole[: min(length, len(whole) - 1)], "u1")


def test_a_sound_file_of_another_kind_is_refused() -> None:
    for data in (b"", b"x" * 3, b"RIFF" + b"{" * 80, b"fLaC" + bytes(80)):
        with pytest.raises(IncompleteAudioError):
            decode_clip(data, "u1")


def test_what_is_sealed_but_no_clip_is_refused() -> None:
    whole = encode_clip(Clip("u1", speechlike(0.1).tobytes(), RATE))
    place = whole.index(b"rdal") + 4
    for old, new in ((b'"words":[]', b'"words":[7'), (b'"frames":[', b'"frames":[9')):
        rest = whole[place + 4 :].replace(old, new)
        sealed = crc32(rest, crc32(whole[:place])).to_bytes(4, "big")
        with pytest.raises(IncompleteAudioError):
            decode_clip(whole[:place] + sealed + rest, "u1")
