"""The spoken form, judged on lines that say what an announcer would say.

``wetext.json`` holds the published test lines of WeTextProcessing's Chinese text normalisation
(https://github.com/wenet-e2e/WeTextProcessing, tn/chinese/test/data and test/data, Apache-2.0),
without the lines that delete particles or 儿, turn punctuation into ASCII, tag unknown characters
or spell Latin names. Where two editions of a line disagree, both readings count.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import within
from readaloud.spoken.grammars import normalise
from readaloud.spoken.spoken_form import to_spoken

CASES = Path(__file__).parent.parent / "cases"
FLOORS = {"spoken_form": 60, "spoken_form_more": 340, "wetext": 124}
WRITTEN = st.text(
    st.sampled_from(
        "0123456789０９٣.,-–—~～至/:：%％℃°+=<＞×÷²³ⅢⅫ①½年月日点分秒第个人元万亿比零下约"
    )
    | st.sampled_from("GDKvVAakmghLμ$€¥￥US()（），。、“” 队转室次号后@.com零一二两")
    | st.characters(categories=["Lo", "Nd", "Sm", "Sc"]),
    max_size=40,
)


@pytest.mark.parametrize("name", FLOORS)
def test_lines_are_said_as_an_announcer_says_them(name: str) -> None:
    cases = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    wrong = [
        f"{case['id']} {case['class']}: {case['input']} -> {said}, not {case['expected'][0]}"
        for case in cases
        if (said := to_spoken(case["input"])) not in case["expected"]
    ]
    assert len(cases) - len(wrong) >= FLOORS[name], "\n".join(wrong)


def test_the_grammars_answer_as_wetext_does() -> None:
    answers = json.loads((CASES / "grammars.json").read_text("utf-8"))
    assert len(answers) > 300
    assert {clause: normalise(clause) for clause in answers} == answers


@given(WRITTEN)
@settings(max_examples=300)
def test_no_digit_is_left(text: str) -> None:
    assert not re.search(r"\d", to_spoken(text))


@given(
    st.text(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
        | st.sampled_from("，。！？“”——、")
    )
)
@settings(max_examples=200, deadline=None)
def test_text_without_numbers_stays_as_it_is(text: str) -> None:
    assert to_spoken(text) == text


@given(st.lists(st.sampled_from(["新华社报道", "3.5", "1,234", "12", "2023年", "5%", "大会开幕"])))
@settings(max_examples=200, deadline=None)
def test_words_around_numbers_stay_in_their_order(parts: list[str]) -> None:
    said = to_spoken("，".join(parts))
    words = "新华社报道|大会开幕"
    assert re.findall(words, said) == re.findall(words, "，".join(parts))


@pytest.mark.parametrize(
    "unit",
    ["1", "0", "-", "1-", "1.", "1,111", "1/2/", "1:", "~", ".", "1~", "-1℃", "1%-", "a1.", "a.",
     "1@", "1 ", "比分1-1、", "1+", "1<", "1x", "G1", "v1.", "0.-", "一1", "1年"],
)  # fmt: skip
def test_time_grows_with_length_alone(unit: str) -> None:
    to_spoken("共5本")
    text = (unit * 20_000)[:20_000]
    with within(2):
        to_spoken(text)


def test_news_is_said_faster_than_20_000_characters_a_second() -> None:
    to_spoken("共5本")
    line = "新华社报道，与会各方就经济合作和气候变化交换了意见。" * 12
    text = "".join(f"{line}会议于{n % 12 + 1}月举行，共有{n}人参加。\n" for n in range(200))
    with within(len(text) / 20_000):
        to_spoken(text)
