"""Symbols: those of Kokoro's own training front end, and never one that it does not know."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.contrib.tone_convert import to_finals, to_initials, to_tone3
from pypinyin.pinyin_dict import pinyin_dict

from readaloud.errors import EngineError
from readaloud.speech.engines.kokoro.english import say_english
from readaloud.speech.engines.kokoro.phonemes import (
    split_syllable,
    syllable,
    to_phonemes,
    to_tokens,
)
from readaloud.speech.engines.kokoro.vocabulary import VOCABULARY

_TRAINED = json.loads((Path(__file__).parents[1] / "cases" / "syllables.json").read_text("utf-8"))
"""What misaki, the front end of the training, makes of all syllables that it knows."""


@cache
def syllables() -> list[str]:
    """All that the dictionary has."""
    every = {reading for readings in pinyin_dict.values() for reading in readings.split(",")}
    return sorted(
        {to_tone3(reading, neutral_tone_with_five=True).replace("ü", "v") for reading in every}
    )


def test_syllables_are_those_of_the_training() -> None:
    assert {pinyin: syllable(pinyin) for pinyin in _TRAINED} == _TRAINED


def test_the_training_knew_nearly_all_syllables() -> None:
    assert _TRAINED.keys() <= set(syllables())
    assert len(_TRAINED) > 0.95 * len(syllables())


def test_every_syllable_of_the_dictionary_has_symbols() -> None:
    assert set("".join(map(syllable, syllables()))) <= VOCABULARY.keys()


def test_erhua_and_wrong_syllables() -> None:
    assert syllable("wanr2") == syllable("wan2") + "ɻ"
    for wrong in ("xyz1", "ma", "ma9", ""):
        with pytest.raises(EngineError):
            syllable(wrong or "9")


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, categories=["Lu", "Ll"]), min_size=1))
def test_any_latin_word_has_a_sound(word: str) -> None:
    said = say_english(word)
    assert said.strip()
    assert set(said) <= VOCABULARY.keys()


@pytest.mark.parametrize(
    ("word", "like"), [("GDP", "ʤˈi dˈi pˈi"), ("NATO", "nˈATO"), ("Google", "ɡˈuɡᵊl")]
)
def test_acronyms_and_words(word: str, like: str) -> None:
    assert say_english(word).replace("ˌ", "ˈ") == like.replace("ˌ", "ˈ")


def test_a_sentence_with_marks_and_letters() -> None:
    said = to_phonemes("「好，」A股。", ["", "hao3", "", "", "", "gu3", ""], (1, 5))
    assert said.startswith("“")
    assert said.endswith(".")
    assert syllable("hao3") in said
    assert to_tokens(said)


def test_a_character_without_a_reading_is_an_error() -> None:
    with pytest.raises(EngineError, match=r"U\+2A6A5"):
        to_phonemes("\U0002a6a5", [""])


def test_syllables_are_split_as_the_dictionarys_makers_split_them() -> None:
    for pinyin in syllables():
        base = pinyin[:-1].replace("v", "ü")
        if len(base) > 1 and base not in {"er", "ng", "hm", "hng"}:
            parts = to_initials(base, strict=True), to_finals(base, strict=True, v_to_u=True)
            assert split_syllable(base) == parts
