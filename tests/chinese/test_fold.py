"""Folding keeps every place and is done once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.chinese.fold import fold

MIXED = st.text(st.one_of(st.characters(), st.sampled_from("閱讀轉發薴苧乾著覆臺灣繁體𠀀")))


@given(MIXED)
def test_every_character_keeps_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded == "".join(map(fold, text))
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("責任編輯：王小明", "责任编辑：王小明"),
        ("閱讀 閲讀", "阅读 阅读"),
        ("裡裏里 臺台颱 週周", "里里里 台台台 周周"),
        ("看著 回覆 ABC，。ｆ！", "看著 回覆 ABC，。ｆ！"),
        ("", ""),
    ],
)
def test_both_scripts_are_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_simplified_text_is_itself() -> None:
    text = "轻轻的我走了，正如我轻轻的来"
    assert fold(text) is text
