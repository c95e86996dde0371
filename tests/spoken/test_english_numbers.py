"""English inside Chinese: numbers in English words, and no unit read out of a longer word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readaloud.spoken import english_numbers as english
from readaloud.spoken.spoken_form import to_spoken

NOUNS = ("million", "minutes", "pages", "hours", "meters", "students", "miles", "kids", "grams",
         "tons", "liters", "votes", "watts", "people")  # fmt: skip


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0", "zero"), ("14", "fourteen"), ("80", "eighty"),
        ("105", "one hundred five"),
        ("350", "three hundred fifty"), ("2,500", "two thousand five hundred"),
        ("3.14", "three point one four"),
        ("1000000", "one million"), ("007", "zero zero seven"),
    ],
)  # fmt: skip
def test_cardinals(written: str, said: str) -> None:
    assert english.cardinal(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [("1", "first"), ("12", "twelfth"), ("20", "twentieth"), ("33", "thirty-third"),
     ("100", "one hundredth")],
)  # fmt: skip
def test_ordinals(written: str, said: str) -> None:
    assert english.ordinal(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [("1984", "nineteen eighty-four"), ("1905", "nineteen oh five"), ("1900", "nineteen hundred"),
     ("2008", "two thousand eight"), ("2024", "twenty twenty-four")],
)  # fmt: skip
def test_years(written: str, said: str) -> None:
    assert english.year(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("We open at 7:30 pm to you.", "We open at seven thirty p.m. to you."),
        ("They close at 11:00.", "They close at eleven o'clock."),
        ("It is $3.5 million this 1st year.",
         "It is three point five million dollars this first year."),
        ("He ran 5 km in the 1990s.", "He ran five kilometers in the nineteen nineties."),
        ("Half is 1/2 and this is 3/4.", "Half is one half and this is three quarters."),
        ("They met on 2007-09-25 in the lab.", "They met on二零零七年九月二十五日in the lab."),
        ("会议用了Call of Duty 4一词。", "会议用了Call of Duty四一词。"),
        ("共5 star酒店。", "共five star酒店。"),
        ("Windows 11系统", "Windows十一系统"),
        ("iPhone 16 Pro Max", "iPhone十六Pro Max"),
    ],
)  # fmt: skip
def test_english_is_said_in_english_and_a_name_in_chinese(written: str, said: str) -> None:
    assert to_spoken(written) == said


@given(st.integers(1, 9999), st.sampled_from(["", " "]), st.sampled_from(NOUNS))
@settings(max_examples=200)
def test_no_unit_is_read_out_of_the_first_letters_of_a_word(
    number: int, gap: str, word: str
) -> None:
    said = to_spoken(f"他说{number}{gap}{word}就走")
    assert word in said
    assert re.fullmatch(r"他说[a-z\- 零一二三四五六七八九十百千万两]+就走", said)
