"""Readings: the labelled cases keep their floors, and every Chinese character has a syllable."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readaloud.speech.engines.kokoro.phonemes import syllable, to_phonemes
from readaloud.speech.engines.kokoro.vocabulary import VOCABULARY
from readaloud.spoken.pinyin import is_han, is_readable, read_aloud, weigh_readings
from readaloud.spoken.reading_lists import NEUTRAL, WORDS, find_packed, read_list, read_packed

CASES = Path(__file__).parents[1] / "cases"
FLOORS = {
    ("readings", "phrases"): 1.0,
    ("readings", "sentences"): 1.0,
    ("readings_more", "phrases"): 0.99,
}
OF_EVERY_DAY = 0.002
"""Of the syllables at most so many are others, tones aside; 谁 has two that are right."""
MIXED = st.text(
    alphabet=st.sampled_from("的地得了着儿一不〇々，。行长重为中只AI")
    | st.characters(categories=["Lo"]),
    max_size=30,
).filter(lambda text: all(is_han(c) or c in "，。AI" for c in text))


def missed(case: dict[str, Any]) -> list[str]:
    got = read_aloud(case["text"]).syllables
    return [
        f"{case['text']}: {target['char']} {got[target['i']]}, not {target['pinyin']}"
        for target in case["targets"]
        if got[target["i"]] not in {target["pinyin"], target.get("surface")}
    ]


@pytest.mark.parametrize(("file", "part"), FLOORS)
def test_labelled_readings_keep_their_floor(file: str, part: str) -> None:
    cases = json.loads((CASES / f"{file}.json").read_text(encoding="utf-8"))[part]
    wrong = [miss for case in cases for miss in missed(case)]
    targets = sum(len(case["targets"]) for case in cases)
    assert 1 - len(wrong) / targets >= FLOORS[file, part], "\n".join(wrong)


def test_sentences_of_every_day_are_read_as_announcers_do() -> None:
    lines = [
        line
        for line in (CASES / "everyday.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    wrong, count = [], 0
    for text, said in zip(lines[::2], lines[1::2], strict=True):
        syllables = (s for c, s in zip(text, read_aloud(text).syllables, strict=True) if is_han(c))
        for got, wanted in zip(syllables, said.split(), strict=True):
            count += 1
            wrong += [] if got[:-1] == wanted[:-1] else [f"{text}: {got}, not {wanted}"]
    assert len(wrong) < count * OF_EVERY_DAY, "\n".join(wrong)


@settings(max_examples=300)
@given(MIXED)
def test_each_chinese_character_has_one_syllable_and_symbols(text: str) -> None:
    text = "".join(filter(is_readable, text))
    reading = read_aloud(text)
    assert [bool(said) for said in reading.syllables] == [is_han(c) for c in text]
    assert set(to_phonemes(text, reading.syllables, reading.word_starts)) <= VOCABULARY.keys()


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert len(read_aloud(text).syllables) == len(text)


LISTS = {
    "word_pinyin": ("word", "syllables"),
    "neutral_tone_words": ("word",),
    "character_pinyin": ("character", "syllable", "pattern"),
    "surname_pinyin": ("character", "syllable", "mark"),
    "traditional_pinyin": ("character", "syllable"),
    "words_read_by_context": ("word",),
    "words_with_full_er": ("word",),
    "words_in_context": ("word", "syllables", "pattern"),
}
"""What the columns of each list hold; patterns and marks may be missing."""


def complaint(column: str, cell: str) -> str:
    """What is wrong with a cell."""
    if column in {"word", "character"}:
        good = all(map(is_han, cell)) and (column == "word" or len(cell) == 1)
    elif column in {"syllable", "syllables"}:
        good = set("".join(map(syllable, cell.split()))) <= VOCABULARY.keys()
    elif column == "pattern":
        good = re.compile(cell) is not None
    else:
        good = cell == "short"
    return "" if good else f"{column} {cell}"


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_a_list_is_what_its_columns_say(name: str) -> None:
    columns, rows = LISTS[name], list(read_list(name))
    least = len(columns) - (columns[-1] in {"pattern", "mark"})
    assert [row for row in rows if not least <= len(row) <= len(columns)] == []
    wrong = [complaint(*cell) for row in rows for cell in zip(columns, row, strict=False)]
    assert list(filter(None, wrong)) == []


@pytest.mark.parametrize("name", LISTS)
def test_no_row_of_a_list_stands_twice(name: str) -> None:
    rows = [row if name == "character_pinyin" else row[:1] for row in read_list(name)]
    assert [row for row, times in Counter(rows).items() if times > 1] == []


PACKED = {"characters": 41_000, "dictionary_words": 48_000, "neighbour_weights": 500}
"""Lists that scripts of tests/benchmarks make, and how many rows they have at least."""


def test_every_list_is_tested() -> None:
    folder = resources.files("readaloud.spoken") / "data"
    names = {f"{name}.tsv" for name in LISTS} | {f"{name}.tsv.gz" for name in PACKED}
    of_characters = {"emoji_names.tsv", "letter_sounds.tsv", "script_names.tsv"}  # test_characters
    assert {entry.name for entry in folder.iterdir()} == names | of_characters


@pytest.mark.parametrize("name", PACKED)
def test_the_rows_of_a_made_list_are_in_order_and_whole(name: str) -> None:
    rows = list(read_packed(name))
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert len(rows) >= PACKED[name]
    said = {one for row in rows for one in row[1].split()}
    assert set("".join(map(syllable, said))) <= VOCABULARY.keys()


def test_a_dictionary_word_has_a_syllable_a_character() -> None:
    rows = list(read_packed("dictionary_words"))
    assert [word for word, said, _ in rows if len(word) != len(said.split())] == []
    assert {source for _, _, source in rows} == {"y", "o", "yo"}


def test_no_reading_of_a_character_stands_behind_one_that_always_fits() -> None:
    always = set()
    for character, _, *pattern in read_list("character_pinyin"):
        assert character not in always
        always |= set() if pattern else {character}


def test_the_lists_hold_a_syllable_a_character() -> None:
    assert [word for word, said in WORDS.items() if len(word) != len(said)] == []
    assert all(read_aloud(word).syllables[-1].endswith("5") for word in NEUTRAL)


@pytest.mark.parametrize(
    ("text", "place", "reading"),
    [
        ("他睡著了", 2, "zhao2"),
        ("沿著河岸走", 1, "zhe5"),
        ("这部名著", 3, "zhu4"),
        ("他著有三本书", 1, "zhu4"),
        ("缅甸军方", 1, "dian4"),
        ("颇为惊讶", 0, "po1"),
        ("从照片里看", 2, "pian4"),
        ("脸上淌下两行清泪", 5, "hang2"),
        ("这笔钱我明年一定还", 8, "huan2"),
        ("坏了得修", 2, "dei3"),
        ("队员没收到通知", 2, "mei2"),
        ("他的任务为保护文物", 4, "wei2"),
        ("作家区乐民的书", 2, "ou1"),
        ("香港区议员到场", 2, "qu1"),
        ("新区教师宿舍", 1, "qu1"),
        ("镜子还照不着", 5, "zhao2"),
        ("他远远地应了一声", 4, "ying4"),
        ("电线杆倒了两根", 3, "dao3"),
        ("他倒了两杯", 1, "dao4"),
        ("他身手了得", 4, "de2"),
        ("钢琴一个人搬不了", 7, "liao3"),
        ("稻子还没收完", 3, "mei2"),
        ("海关没收了两箱酒", 2, "mo4"),
        ("他为盖房欠了债", 1, "wei4"),
        ("信用卡的发卡银行", 4, "fa1"),
        ("少数捣乱分子", 4, "fen4"),
        ("两个水分子", 3, "fen1"),
        ("沙乌地阿拉伯", 2, "di4"),
        ("该走咯。", 2, "lo5"),
        ("昼夜温差大", 3, "cha1"),
        ("阿塞拜疆", 1, "sai4"),
        ("把衣服晒干", 4, "gan1"),
        ("他在厂里干了三年", 4, "gan4"),
        ("医院已为患者安排床位", 3, "wei4"),
        ("气温为零下三度", 2, "wei2"),
        ("等地气温骤降", 1, "di4"),
        ("雨哗哗地下着", 3, "de5"),
        ("腰部等处受伤", 3, "chu4"),
        ("有只猫", 1, "zhi1"),
        ("只有一只", 3, "zhi1"),
        ("单教练执教多年", 0, "shan4"),
        ("单靠一个人", 0, "dan1"),
        ("黑中介被查处", 0, "hei1"),
        ("走亲戚", 2, "qi5"),
        ("大坝最宽处", 4, "chu4"),
        ("春天该种什么菜", 3, "zhong4"),
        ("这是一种什么菜", 3, "zhong3"),
        ("一行五人抵达", 1, "xing2"),
        ("他得了奖", 1, "de2"),
        ("他口音地道", 4, "dao5"),
        ("挖了一条地道", 5, "dao4"),
        ("太大意了", 2, "yi5"),
        ("段落大意", 3, "yi4"),
        ("南京六合区", 2, "lu4"),
        ("不亦说乎", 2, "yue4"),
        ("为有源头活水来", 0, "wei4"),
    ],
)
def test_what_decides_a_reading(text: str, place: int, reading: str) -> None:
    assert read_aloud(text).syllables[place] == reading


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("人々", "ren2 ren2"),
        ("々", "die2"),
        ("〇", "ling2"),
        ("㐀", "qiu1"),
        ("花儿", "hua1 er5"),
        ("一会儿", "yi2 hui4 er5"),
        ("这儿", "zhe4 er5"),
        ("女儿", "nv3 er2"),
        ("幼儿园", "you4 er2 yuan2"),
        ("孤儿", "gu1 er2"),
        ("儿子", "er2 zi5"),
        ("婴儿", "ying1 er2"),
        ("夺得", "duo2 de2"),
        ("书中的人", "shu1 zhong1 de5 ren2"),
    ],
)
def test_marks_and_erhua(text: str, readings: str) -> None:
    assert list(read_aloud(text).syllables) == readings.split()


@pytest.mark.parametrize("rare", ["\U0002ffff", "\U000323b0"])
def test_what_no_dictionary_holds_is_known_as_such(rare: str) -> None:
    assert not is_readable(rare)
    assert read_aloud(rare).syllables == ("",)


def test_a_coloured_syllable_is_one() -> None:
    said = read_aloud("玩儿")
    assert to_phonemes("玩儿", said.syllables) == syllable("wanr2")
    assert to_phonemes("女儿", read_aloud("女儿").syllables) == syllable("nv3") + syllable("er2")
    assert to_phonemes("儿", ["er5"]) == syllable("er5")


def test_weighed_readings_are_those_said_and_a_word_is_surer_than_a_lone_character() -> None:
    text = "他差一点，在重庆。"
    weighed = weigh_readings(text)
    said = read_aloud(text).syllables
    assert [(one.index, one.chosen) for one in weighed] == [
        (index, syllable) for index, syllable in enumerate(said) if syllable
    ]
    of = {one.character: one for one in weighed}
    assert "zhong4" in of["重"].others
    assert of["重"].chosen not in of["重"].others
    assert weigh_readings("她看鸭子")[1].doubt > of["重"].doubt > of["他"].doubt == 0


def test_a_traditional_character_with_one_reading_leaves_no_doubt() -> None:
    assert weigh_readings("干", "乾")[0].doubt == 0
    assert read_aloud("乾隆", "乾隆").syllables == ("qian2", "long2")
    assert weigh_readings("干")[0].doubt > 0


@pytest.mark.parametrize("name", ["dictionary_words", "characters"])
def test_packed_lists_are_sorted_and_each_row_is_found(name: str) -> None:
    rows = list(read_packed(name))
    assert [first for first, *_ in rows] == sorted({first for first, *_ in rows})
    assert all(find_packed(name, first) == cells for first, *cells in rows[::97])
    assert find_packed(name, rows[0][0] + "X") == find_packed(name, "") == []
