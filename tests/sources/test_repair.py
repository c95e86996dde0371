from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.sources.readers.shared.repair import (
    UNREADABLE,
    Line,
    repair,
    split_lines,
    strip_invisible,
    take_unreadable,
)


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("\u3000\u3000首行缩进", "首行缩进"),
        ("甲\u200b乙\ufeff丙\u202e丁\u2066戊\xad己", "甲乙丙丁戊己"),
        ("甲&nbsp;乙&amp;丙&#20013;&#x6587;&ldquo;", "甲 乙&丙中文“"),
        ("甲&amp;nbsp;乙", "甲 乙"),
        ("甲&nbsp乙 &NBSP丙 &nbspx", "甲 乙 丙 &nbspx"),
        ("&#12288;甲&#8203;乙", "甲乙"),
        ("︵甲︶﹁乙﹂﹃丙﹄︽丁︾﹐﹑﹖﹪", "（甲）「乙」『丙』《丁》，、？％"),
        ("ﬁrst ﬂow", "first flow"),
        ("ｱｶﾞ･ﾊﾟ｡｢ﾝ｣", "アガ・パ。「ン」"),
        ("cafe\u0301 nu\u0308\u030c", "café nǚ"),
        ("甲\u3164乙\u180e丙\U000e0041丁", "甲乙丙丁"),
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


def test_what_no_font_shows_goes_on_record_with_its_line() -> None:
    text, removed = take_unreadable(
        "甲\ue000乙\r\n丙\r丁\ufffd戊&#xE001;&#20013;\ud800\U000f0001\n己"
    )
    assert text == "甲乙\r\n丙\r丁戊&#20013;\n己"
    assert [(r.line, r.text, r.reason) for r in removed] == [
        (1, "\ue000", UNREADABLE),
        (3, "&#xE001; \ufffd \ud800 \U000f0001", UNREADABLE),
    ]
    assert take_unreadable("甲&#20013;\n乙") == ("甲&#20013;\n乙", ())


def test_invisible_characters_go_and_line_ends_stay() -> None:
    assert strip_invisible("\ufeff# 甲\u200b\r\n\t乙\u2028\x07") == "# 甲\r\n\t乙\u2028"


@given(st.text(max_size=60))
def test_repair_drops_nothing_visible_and_is_done_in_one_pass(text: str) -> None:
    kept, removed = take_unreadable(text)
    mended = repair(kept)
    assert all(
        unicodedata.category(shown) in {"Co", "Cs", "Cn"} or shown == "\ufffd"
        for r in removed
        for shown in r.text.split(" ")
        if not re.fullmatch("U\\+00[0-9A-F]{2}", shown)
    )
    if "&" not in text:
        letters = Counter(c for c in unicodedata.normalize("NFKC", kept) if c.isalnum())
        assert letters == Counter(c for c in unicodedata.normalize("NFKC", mended) if c.isalnum())
        assert repair(mended) == mended


def test_a_very_long_line_is_mended_quickly() -> None:
    assert len(repair("&amp;" * 40_000 + "\u200b " * 40_000 + "好")) == 40_002
