"""Days as they are written: read where they are days, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.chinese.dates import first_day, iso_day, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2023-08-05",
        "2023/8/5",
        "2023.08.05",
        "2023年8月5日",
        "2023年 8月 5日 10:20",
        "2023-08-05T10:20Z",
    ],
)
def test_a_text_that_begins_with_a_day(text: str) -> None:
    assert read_day(text) == first_day([text]) == "2023-08-05"


@pytest.mark.parametrize(
    "text", ["", "8月5日", "2023-13-05", "2023-02-30", "0023-08-05", "2023-08-051", "第2023-08-05"]
)
def test_a_text_that_begins_with_none(text: str) -> None:
    assert read_day(text) is None


def test_the_first_that_holds_one() -> None:
    assert first_day(["昨天", "20231340", "發布於 2023年8月5日", "2024-01-01"]) == "2023-08-05"
    assert first_day(["20230805102030"]) is None
    assert first_day(["20230805"]) == "2023-08-05"


@given(st.dates())
def test_every_day_of_an_article_is_read(day: object) -> None:
    year, month, number = map(int, str(day).split("-"))
    expected = str(day) if 1900 <= year <= 2100 else None
    assert iso_day(year, month, number) == expected
    assert read_day(f"{year:04}年{month}月{number}日") == expected
