"""What an entry of a lexicon is taken for, and what is refused: with its line, and what to do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.errors import ConfigError
from readaloud.model import Voice
from readaloud.speech.engines.kokoro.phonemes import to_symbols
from readaloud.spoken import pronounce, read_lexicon
from readaloud.spoken.character_readings import characters_by_reading
from readaloud.spoken.lexicon import make_lexicon
from readaloud.spoken.lexicon_entries import EntryError, read_entry
from readaloud.spoken.written_pinyin import split_syllables

ONLINE = Voice("y", "edge", "zh-CN-XiaoxiaoNeural", "zh-CN", "female", "simplified")
MARKS = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300", "5": ""}


@pytest.mark.parametrize(
    ("word", "said", "readings"),
    [
        ("单田芳", "shàn tián fāng", "shan4 tian2 fang1"),
        ("单田芳", "shàntiánfāng", "shan4 tian2 fang1"),
        ("单田芳", "shan4tian2fang1", "shan4 tian2 fang1"),
        ("單田芳", "Shàn Tiánfāng", "shan4 tian2 fang1"),
        ("单田芳", "SHAN4-TIAN2-FANG1", "shan4 tian2 fang1"),
        ("单田芳", "ｓｈａｎ⁴ ｔｉａｎ² ｆａｎｇ¹", "shan4 tian2 fang1"),
        ("单", "shàn", "shan4"),
        ("西安", "xī'ān", "xi1 an1"),
        ("西安", "xīān", "xi1 an1"),
        ("西安", "Xi1’an1", "xi1 an1"),
        ("方案", "fāngàn", "fang1 an4"),
        ("反感", "fǎngǎn", "fan3 gan3"),
        ("翻案", "fānàn", "fan1 an4"),
        ("鲜", "xiān", "xian1"),
        ("绿", "lǜ", "lv4"),
        ("绿", "lü4", "lv4"),
        ("绿", "lu:4", "lv4"),
        ("绿", "lv4", "lv4"),
        ("略", "lue4", "lve4"),
        ("虐", "nüè", "nve4"),
        ("去", "qü4", "qu4"),
        ("欸", "ê4", "ê4"),
        ("欸", "ề", "ê4"),
        ("朋友", "péngyou", "peng2 you5"),
        ("朋友", "peng2 you0", "peng2 you5"),
        ("朋友", "peng2you5", "peng2 you5"),
        ("朋友", "péng·you", "peng2 you5"),
        ("了", "le", "le5"),
        ("花儿", "huār", "hua1 er5"),
        ("花儿", "huar1", "hua1 er5"),
        ("女儿", "nǚér", "nv3 er2"),
        ("儿", "er2", "er2"),
        ("单", "shɑ̀n", "shan4"),
        ("好", "hăo", "hao3"),
        ("嗯", "ǹg", "ng4"),
        ("哈尔滨", "hā’ěr‑bīn", "ha1 er3 bin1"),
        ("豆腐脑", "dòufunǎo", "dou4 fu5 nao3"),
        ("约翰·史密斯", "yuēhàn shǐmìsī", "yue1 han4  shi3 mi4 si1"),
    ],
)
def test_pinyin_as_people_write_it(word: str, said: str, readings: str) -> None:
    assert read_entry(word, said).readings == tuple(readings.split(" "))


@pytest.mark.parametrize(
    ("word", "said", "heard"),
    [
        ("iPhone", "爱疯", "爱疯"),
        ("中国", "China", "China"),
        ("宝可梦", "Pokemon", "Pokemon"),
        ("沙发", "sofa", "sofa"),
        ("AI", "A I", "A I"),
        ("超文本", "HTML", "HTML"),
        ("音乐", "MP3", "MP3"),
        ("纸", "A4", "A4"),
        ("SAIC", "shang qi Motor", "shang qi Motor"),
        ("新冠", "Covid-19", "Covid-19"),
        ("蘇黎世", "Zürich", "Zürich"),
        ("甲", "爱疯4", "爱疯4"),
    ],
)
def test_words_stay_words(word: str, said: str, heard: str) -> None:
    assert read_entry(word, said).said == heard


@pytest.mark.parametrize("said", ["shàng qì", "shàngqì", "shang4qi4", "Shang4-Qi4"])
def test_pinyin_for_what_is_not_chinese(said: str) -> None:
    alike = read_entry("SAIC", said).said
    assert pronounce(alike, ONLINE).readings == ("shang4", "qi4")


@pytest.mark.parametrize(
    ("word", "said", "told"),
    [
        ("单田芳", "shan4 tian2", "3 characters"),
        ("单田芳", "shàntián", "2 syllables"),
        ("单", "shan4 tian2", "1 characters"),
        ("单田芳", "shàn tián fnāg", "“fnāg”"),
        ("单田芳", "shan4 tian2 fnag1", "“fnag1”"),
        ("单", "shan6", "“shan6”"),
        ("单", "shan", "without tones"),
        ("单田芳", "shan tian fang", "without tones"),
        ("单田芳", "shantianfang", "without tones"),
        ("单田芳", "shann tian fang", "without tones"),
        ("SAIC", "shang qi", "without tones"),
        ("单", "shuan5 4", "“4”"),
        ("单", "shàn2", "“shàn2”"),
        ("单", "xqz", "neither"),
        ("单田芳", "shan tian2 fang1", "first syllable"),
        ("单田芳", "shantian2fang1", "no pinyin"),
        ("西安", "xiān", "1 syllables"),
        ("单", "ㄕㄢˋ", "can’t say"),
        ("单", "シャン", "can’t say"),
        ("重庆", "чунцин", "can’t say"),
        ("重庆", "chóng qìn gē", "2 characters"),
        ("NATO", "bei3 yeu1", "“yeu1”"),
        ("单", "…", "says nothing"),
        ("单", "  ", "says nothing"),
        ("单田芳", "单tian2芳", "mixes"),
        ("单田芳", "shàn田芳", "mixes"),
        ("宝可梦", "Pokémon", "“Pokémon”"),
        ("单", "shuā", None),
        ("佛", "fo3", "no character is read fo3"),
        ("", "shan4", "empty"),
    ],
)
def test_what_is_neither_is_refused(word: str, said: str, told: str | None) -> None:
    if told is None:
        assert read_entry(word, said).readings
        return
    with pytest.raises(EntryError) as caught:
        read_entry(word, said)
    assert told in caught.value.problem
    assert caught.value.remedy


@given(st.lists(st.sampled_from(sorted(characters_by_reading())), min_size=1, max_size=5))
def test_every_syllable_in_every_spelling(syllables: list[str]) -> None:
    word = "".join(characters_by_reading()[each] for each in syllables)
    marked = "'".join(_mark(each) for each in syllables)
    wanted = tuple(syllables)
    assert read_entry(word, " ".join(syllables)).readings == wanted
    if not syllables[0].endswith("5"):
        assert read_entry(word, marked).readings == wanted
    assert to_symbols(word, wanted)


@given(st.text("aānxiī1n4gzhoǔ:' êr", max_size=400), st.sampled_from(["单", "方案", "A", "花儿"]))
def test_no_text_is_too_odd(said: str, word: str) -> None:
    assert all(way for way in split_syllables(said, word))
    with suppress(EntryError):
        read_entry(word, said)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('# a note\n[words]\n"甲" = "jia3"\n"单田芳" = "shan tian"\n"乙" = "yi3"\n', 4),
        ('[words]\n"\\u5355" = "shan6"\n', 2),
        ('x = 1\nwords."单" = "shan6"\n', 2),
        ('words = { "单" = "shan6" }\n', 1),
        ("[words]\n\n'单' = 3\n", 3),
    ],
)
def test_the_error_names_the_entrys_own_line(tmp_path: Path, content: str, line: int) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(content.replace("x = 1\n", "# x\n"), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_lexicon(path)
    assert f"lexicon.toml, line {line}: [words] “单" in caught.value.message
    assert caught.value.remedy


def test_an_online_voice_keeps_a_character_that_only_loses_its_tone() -> None:
    lexicon = make_lexicon({"朋友": "péngyou", "约翰·史密斯": "yuēhàn shǐmìsī"})
    said = pronounce("朋友，约翰·史密斯。", ONLINE, False, lexicon)
    assert said.spoken == "朋友，约翰·史密斯。"


def _mark(syllable: str) -> str:
    """Pinyin with the mark where it belongs: on a or e, the o of ou, else the last vowel."""
    base, tone = syllable[:-1].replace("v", "ü"), syllable[-1]
    vowels = [place for place, letter in enumerate(base) if letter in "aeiouüê"]
    if not vowels:
        return syllable
    at = next((base.index(letter) for letter in "ae" if letter in base), None)
    at = base.index("ou") if at is None and "ou" in base else vowels[-1] if at is None else at
    return base[: at + 1] + MARKS[tone] + base[at + 1 :]
