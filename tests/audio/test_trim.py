"""What is cut off a clip, what is kept, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import RATE, silence, speechlike, tone

from readaloud.audio.trim import LEAD_MS, TAIL_MS, WINDOW_MS, check_audio, trim
from readaloud.errors import IncompleteAudioError, NoAudioError
from readaloud.model import Clip, Word


def _clip(*parts: np.ndarray, words: tuple[Word, ...] = ()) -> Clip:
    return Clip("u1", np.concatenate(parts).tobytes(), RATE, words)


@given(st.integers(0, 1500), st.integers(0, 1500), st.integers(200, 9000))
def test_the_margins_are_small_and_the_sound_is_whole(lead: int, tail: int, loud: int) -> None:
    sound = tone(0.4, amplitude=loud)
    clip = trim(_clip(silence(lead / 1000), sound, silence(tail / 1000)))
    kept = np.frombuffer(clip.pcm, "<i2")
    heard = np.flatnonzero(np.abs(kept) > loud / 2)
    before_ms, after_ms = heard[0] * 1000 / RATE, (len(kept) - heard[-1]) * 1000 / RATE
    assert before_ms <= LEAD_MS + WINDOW_MS + 1
    assert min(tail, TAIL_MS) - 1 <= after_ms <= TAIL_MS + WINDOW_MS + 1
    inner = slice(len(sound) // 4, -len(sound) // 4)
    start = round(heard[0]) - int(np.flatnonzero(np.abs(sound) > loud / 2)[0])
    assert np.array_equal(kept[start : start + len(sound)][inner], sound[inner])


def test_soft_ends_are_kept() -> None:
    """A breath 45 dB below the vowel, and the last 50 ms of a decay below the threshold."""
    breath = tone(0.1, 3000, amplitude=12000 * 10 ** (-45 / 20))
    decay = tone(0.05, 3000, amplitude=12000 * 10 ** (-60 / 20))
    voice = tone(0.5, amplitude=12000)
    clip = trim(_clip(silence(1), breath, voice, breath, decay, silence(1)))
    wanted = len(breath) * 2 + len(voice) + len(decay)
    assert wanted <= clip.frames <= wanted + RATE * 40 // 1000


def test_no_edge_clicks() -> None:
    noise = (np.random.default_rng(0).standard_normal(RATE) * 3).astype("<i2")
    clip = trim(_clip(noise, tone(0.5), noise))
    samples = np.frombuffer(clip.pcm, "<i2")
    assert clip.frames < RATE
    assert samples[0] == 0
    assert abs(int(samples[-1])) <= 1


def test_word_times_move_with_the_sound() -> None:
    words = (Word("北", 0, 300), Word("風", 500, 700), Word("。", 880, 1200))
    clip = trim(_clip(silence(0.5), tone(0.4), silence(0.5), words=words))
    assert clip.words == (Word("北", 0, 0), Word("風", 10, 210), Word("。", 390, 470))


def test_sound_without_silence_stays_as_it_is() -> None:
    clip = _clip(speechlike(0.1), tone(1), words=(Word("好", 0, 900),))
    assert trim(clip) is clip
    nothing = _clip(silence(1))
    assert trim(nothing) is nothing


@pytest.mark.parametrize("samples", [silence(0), silence(3), tone(3, amplitude=5)])
def test_silence_is_no_audio(samples: np.ndarray) -> None:
    with pytest.raises(NoAudioError, match="北風"):
        check_audio(_clip(samples), "北風呼嘯", 1.0)


@pytest.mark.parametrize(
    ("seconds", "spoken", "rate"),
    [
        (0.5, "好。", 1.0),
        (2.1, "好。", 0.5),
        (4.0, "没有工人小伙子们在零下十度的仓库里搬运。", 1.0),
        (8.0, "没有工人小伙子们在零下十度的仓库里搬运。", 0.5),
        (2.0, "没有工人小伙子们在零下十度的仓库里搬运。", 2.0),
        (2.2, "Visual Studio Code and Kubernetes", 1.0),
        (4.0, "GPT-4和BBC、CNN、NHK", 1.0),
        (9.0, "电话138 0013 8000，编号20240615", 1.0),
    ],
)
def test_plausible_lengths_pass(seconds: float, spoken: str, rate: float) -> None:
    check_audio(_clip(tone(seconds)), spoken, rate)


@pytest.mark.parametrize(
    ("seconds", "characters", "rate"),
    [
        (1.0, 20, 1.0),
        (4.0, 90, 1.0),
        (0.3, 12, 1.0),
        (2.0, 24, 0.5),
        (40.0, 20, 1.0),
        (22.0, 20, 2.0),
    ],
)
def test_implausible_lengths_are_incomplete(seconds: float, characters: int, rate: float) -> None:
    with pytest.raises(IncompleteAudioError, match="characters"):
        check_audio(_clip(tone(seconds)), "字" * characters, rate)
