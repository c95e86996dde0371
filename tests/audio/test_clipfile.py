"""Clips survive as bytes, and damage never does."""

from __future__ import annotations

import io
import wave

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
    with wave.open(io.BytesIO(encode_clip(clip))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.readframes(file.getnframes()) == clip.pcm


@given(st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    whole = encode_clip(Clip("u1", speechlike(0.05).tobytes(), RATE, (Word("聽", 0, 50),)))
    place = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.integers(1, 255))
    broken = bytearray(whole)
    broken[place] ^= change
    with pytest.raises(IncompleteAudioError, match="u0042"):
        decode_clip(bytes(broken), "u0042")


@given(st.integers(0, 2499))
def test_no_cut_goes_unnoticed(length: int) -> None:
    whole = encode_clip(Clip("u1", speechlike(0.05).tobytes(), RATE))
    assert len(whole) > 2400
    with pytest.raises(IncompleteAudioError):
        decode_clip(whole[: min(length, len(whole) - 1)], "u1")


def test_a_sound_file_of_another_kind_is_refused() -> None:
    from zlib import crc32

    for data in (b"", b"x" * 3, b"RIFF" + b"{" * 80):
        with pytest.raises(IncompleteAudioError):
            decode_clip(data + crc32(data).to_bytes(4, "little"), "u1")
