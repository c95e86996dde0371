"""Letters inside Chinese text: acronyms by letter or as words, mixed forms, words by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.speech.engines.kokoro.english import say_english
from readaloud.speech.engines.kokoro.phonemes import to_phonemes
from readaloud.speech.engines.kokoro.vocabulary import VOCABULARY
from readaloud.spoken.pinyin import read_aloud
from readaloud.spoken.spoken_form import to_spoken

SPELLED = ("GDP", "WHO", "CT", "CPU", "NBA", "BYD", "CEO", "UNHCR", "HTML", "LED", "DNS", "CCTV")
WORDS = ("NATO", "COVID", "UNESCO", "NASA", "OPEC", "AIDS", "APEC", "UNICEF", "INTERPOL")
MIXED = [
    "5G",
    "N95",
    "iPhone15",
    "H7N9",
    "A股",
    "K歌",
    "B超",
    "T恤",
    "X光",
    "O型",
    "Wi-Fi",
    "3D",
    "MP3",
    "U盘",
    "e-mail",
    "AlphaGo",
    "ChatGPT",
    "DeepSeek",
    "OpenAI",
    "YouTube",
    "TikTok",
    "Huawei",
    "Xiaomi",
    "Tesla",
    "WeChat",
    "McDonald's",
    "COVID-19",
    "iOS",
    "mRNA",
    "SpaceX",
]


def letters(word: str) -> str:
    return " ".join(say_english(letter) for letter in word)


@pytest.mark.parametrize("word", SPELLED)
def test_spelled(word: str) -> None:
    assert say_english(word) == letters(word)


@pytest.mark.parametrize("word", WORDS)
def test_said_as_a_word(word: str) -> None:
    assert " " not in say_english(word)


@pytest.mark.parametrize("text", MIXED)
def test_mixed_forms_are_said_whole(text: str) -> None:
    spoken = to_spoken(text)
    said = to_phonemes(spoken, read_aloud(spoken).syllables)
    latin = [run for run in spoken if run.isascii() and run.isalpha()]
    assert len(said) >= len(latin) / 2
    assert set(said) <= VOCABULARY.keys()


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Wi-Fi", say_english("wifi")),
        ("e-mail", f"{say_english('E')} {say_english('mail')}"),
        ("McDonald's", say_english("McDonald") + "z"),
        ("McZorn", "mək" + say_english("Zorn")),
        ("Trump's", say_english("Trump") + "s"),
        ("zhomm", "ʤˈOm"),
        ("xkcd", letters("XKCD")),
        ("β", say_english("beta")),
        ("GPUs", letters("GPU") + "z"),
        ("CEOs", letters("CEO") + "z"),
        ("SMSs", letters("SMS") + "ᵻz"),
        ("SALE", say_english("sale")),
        ("IKEA", say_english("ikea")),
    ],
)
def test_parts_are_said_like_their_wholes(word: str, said: str) -> None:
    assert say_english(word) == said


@given(st.from_regex(r"[A-Za-z]{1,8}([-'’][A-Za-z]{1,6}){0,2}", fullmatch=True))
def test_any_run_has_symbols(run: str) -> None:
    said = say_english(run)
    assert said.strip()
    assert set(said) <= VOCABULARY.keys()
