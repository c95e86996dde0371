"""Tones of 一 and 不; third tones keep those of the dictionary."""

from __future__ import annotations

import pytest

from readaloud.spoken.pinyin import read_aloud


@pytest.mark.parametrize(
    ("text", "tones"),
    [
        ("一个", "24"),
        ("一天", "41"),
        ("一年", "42"),
        ("一本", "43"),
        ("一定", "24"),
        ("第一名", "412"),
        ("统一", "31"),
        ("一月", "14"),
        ("二十一", "421"),
        ("看一看", "454"),
        ("一百", "43"),
        ("不去", "24"),
        ("不来", "42"),
        ("不好", "43"),
        ("不是", "24"),
        ("你好", "33"),
        ("水果", "33"),
        ("展览馆", "333"),
        ("三比一战胜", "13144"),
        ("这一行动", "4424"),
        ("这一次", "424"),
    ],
)
def test_tones_before_their_neighbours(text: str, tones: str) -> None:
    assert "".join(said[-1] for said in read_aloud(text).syllables) == tones
