"""Simplified text for a Traditional voice: words first, then the form that fits the reading."""

from __future__ import annotations

import pytest

from readaloud.model import Voice
from readaloud.spoken import pronounce
from readaloud.spoken.traditional_forms import to_traditional

TAIWAN = Voice("t", "edge", "zh-TW-HsiaoChenNeural", "zh-TW", "female", "taiwan", spoken_form=False)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("心理发展", "心理發展"),
        ("理发店给头发染发", "理髮店給頭髮染髮"),
        ("直发抖", "直發抖"),
        ("免费发卡", "免費發卡"),
        ("不干燥", "不乾燥"),
        ("晒干", "曬乾"),
        ("干部干活", "幹部幹活"),
        ("干涉若干", "干涉若干"),
        ("树干发芽", "樹幹發芽"),
        ("今天干杯", "今天乾杯"),
        ("他的头发和发言", "他的頭髮和發言"),
    ],
)
def test_the_form_is_that_of_the_word(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified, "taiwan") == traditional
    assert pronounce(simplified, TAIWAN, takes_readings=False).spoken == traditional
