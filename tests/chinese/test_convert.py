"""Script conversion: opencc's own answer, faster; and the words that it gets wrong."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from readaloud.chinese.convert import _aligned, convert, detect_script

_KEYS = [
    line.split("\t")[0]
    for name in ("TSPhrases", "TSCharacters", "TWVariantsRevPhrases", "TWVariants", "STCharacters")
    for line in (resources.files("opencc") / "dictionary" / f"{name}.txt")
    .read_text(encoding="utf-8")
    .splitlines()
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_KEYS), max_size=12), st.sampled_from(["tw2s", "s2tw", "t2hk"]))
def test_the_quick_way_is_openccs_way(words: list[str], table: str) -> None:
    text = "".join(words)
    expected = OpenCC(table).convert(text)
    if len(expected) == len(text):
        assert _aligned(text, table) == expected


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("看著原著，土著人說著話", "看着原著，土著人说着话"),
        ("抬頭看，裡面有什麼", "抬头看，里面有什么"),
        ("乾淨的隻字片語", "干净的只字片语"),
        ("這意味著顯著的變化", "这意味着显著的变化"),
        ("他們所著《論語新解》", "他们所著《论语新解》"),
    ],
)
def test_to_simplified(text: str, simplified: str) -> None:
    assert detect_script(text) == "traditional"
    assert convert(text, "simplified", "traditional") == simplified


def test_simplified_text_is_never_converted_to_simplified() -> None:
    assert convert("什么抬头著名", "simplified", "simplified") == "什么抬头著名"
    assert detect_script("他们说什么") == "simplified"


def test_the_forms_of_the_regions() -> None:
    assert convert("里面的气温", "taiwan", "simplified") == "裡面的氣溫"
    assert convert("里面的气温", "hongkong", "simplified") == "裏面的氣温"
    assert convert("氣溫", "traditional", "traditional") == "氣溫"
    assert convert("气温", "traditional", "simplified") == "氣溫"
