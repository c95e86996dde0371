"""A cover's title breaks between words; numbers stay whole, and no character stands alone."""

from __future__ import annotations

import pytest

from readaloud.podcast.title_lines import title_lines

MOST_EM = 5


def lines(title: str, most_em: float = MOST_EM) -> list[str] | None:
    """As in a font whose Latin letters are half as wide as its Chinese characters."""
    return title_lines(
        title, lambda text: sum(0.55 if c.isascii() else 1 for c in text), most_em, 5
    )


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("北京冬奥会2022年特别节目", ["北京冬奥会", "2022年", "特别节目"]),
        ("致敬醫護人員的後勤保障", ["致敬", "醫護人員的", "後勤保障"]),
        ("晨間新聞 11月23日", ["晨間新聞", "11月23日"]),
        ("盲人协会·每周文摘", ["盲人协会·", "每周文摘"]),
        ("《红楼梦》有声书：第1回", ["《红楼梦》", "有声书：", "第1回"]),
        ("红楼梦第一百二十回", ["红楼梦", "第一百二十回"]),
        ("价格上涨1,234.5元", ["价格上涨", "1,234.5元"]),
        ("我们的5G生活", ["我们的", "5G生活"]),
        ("News for all 人人听", ["News for", "all 人人听"]),
    ],
)
def test_words_and_numbers_stay_whole(title: str, wanted: list[str]) -> None:
    assert lines(title, 6 if "第一百" in title or "all" in title else MOST_EM) == wanted


@pytest.mark.parametrize(
    "title",
    [
        "中国的一天",
        "我们的一年",
        "人民日报海外",
        "大大大大大大大",
        "读 书 会",
        "A 早报",
        "雨中的城",
    ],
)
@pytest.mark.parametrize("most_em", [3, 4, 5])
def test_no_character_stands_alone(title: str, most_em: float) -> None:
    found = lines(title, most_em)
    assert found is None or all(len(line) > 1 for line in found), found
    assert found is None or "".join(found).replace(" ", "") == title.replace(" ", "")


def test_lines_are_even() -> None:
    found = lines("春天的故事和夏天的故事", 8)
    assert found == ["春天的故事和", "夏天的故事"]


def test_one_character_is_a_title() -> None:
    assert lines("雨") == ["雨"]


def test_what_does_not_fit_is_for_a_smaller_size() -> None:
    assert lines("Internationalisation") is None
    assert lines("一二三四五" * 9) is None
    assert lines("") is None
