"""Symbols: those of Kokoro's own training front end, and never one that it does not know."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.pinyin_dict import pinyin_dict

from readaloud.errors import EngineError
from readaloud.speech.engines.kokoro.english import say_english
from readaloud.speech.engines.kokoro.phonemes import syllable, to_phonemes, to_tokens
from readaloud.speech.engines.kokoro.vocabulary import VOCABULARY

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from misaki.transcription import pinyin_to_ipa

_TONES = (("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"))
_SYLLABLES = sorted(
    {
        to_tone3(reading, neutral_tone_with_five=True).replace("ü", "v")
        for readings in pinyin_dict.values()
        for reading in readings.split(",")
    }
)


def _of_training(pinyin: str) -> str:
    """As misaki's ZHG2P.retone does it, its legacy mark of length left out."""
    said = "".join("".join(part) for part in pinyin_to_ipa(pinyin.replace("v", "ü"))[0])
    for contour, arrow in _TONES:
        said = said.replace(contour, arrow)
    for vowel in (chr(635), chr(633)):
        said = said.replace(vowel + chr(809), "ɨ")
    return said.replace(chr(815), "")


def test_syllables_are_those_of_the_training() -> None:
    differing = []
    for pinyin in _SYLLABLES:
        try:
            expected = _of_training(pinyin)
        except Exception:  # noqa: S112 - interjections that misaki does not know
            continue
        if syllable(pinyin) != expected:
            differing.append((pinyin, syllable(pinyin), expected))
    assert differing == []


def test_every_syllable_of_the_dictionary_has_symbols() -> None:
    assert set("".join(map(syllable, _SYLLABLES))) <= VOCABULARY.keys()


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
