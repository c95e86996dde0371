from __future__ import annotations

import pytest

from readaloud.readers.repair import Line, repair, split_lines


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("\u3000\u3000首行缩进", "首行缩进"),
        ("甲\u200b乙\ufeff丙\u202e丁\u2066戊\xad己", "甲乙丙丁戊己"),
        ("甲&nbsp;乙&amp;丙&#20013;&#x6587;&ldquo;", "甲 乙&丙中文“"),
        ("甲&amp;nbsp;乙", "甲 乙"),
        ("AT&T &unknown; R&D;", "AT&T &unknown; R&D;"),
        ("使\u2f64\u2f00\u2ed3\u2eda", "使用一长页"),
        ("\uf9dc\ufa1b\U0002f800", "隆福丽"),
        ("，。！？：；（）％Ａ１～…", "，。！？：；（）％Ａ１～…"),
        ("①Ⅲ㎡½²", "①Ⅲ㎡½²"),
        ("葛\U000e0100城", "葛城"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("می\u200dخوا", "میخوا"),
        ("a\x07b\x00c\x1bd", "abcd"),
        ("甲 \t\xa0 乙", "甲 乙"),
    ],
)
def test_repair(raw: str, mended: str) -> None:
    assert repair(raw) == mended


def test_lines_are_counted_as_editors_count_them() -> None:
    assert split_lines("甲\r\n\r\n\u3000乙\r丙\u2029丁\n\u200b\n戊\x85己") == [
        Line(1, "甲"),
        Line(3, "乙", indented=True),
        Line(4, "丙"),
        Line(4, "丁"),
        Line(6, "戊"),
        Line(6, "己"),
    ]


def test_a_very_long_line_is_mended_quickly() -> None:
    assert len(repair("&amp;" * 40_000 + "\u200b " * 40_000 + "好")) == 40_002
