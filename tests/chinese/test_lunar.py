"""Days of the lunar calendar and solar terms, as almanacs print them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from readaloud.chinese.lunar import lunar_day, solar_term


@pytest.mark.parametrize(
    ("day", "spelled", "year"),
    [
        ("2026-02-17", "正月初一", "丙午年"),
        ("2026-02-16", "腊月廿九", "乙巳年"),
        ("2025-07-25", "闰六月初一", "乙巳年"),
        ("2025-08-22", "闰六月廿九", "乙巳年"),
        ("2025-08-23", "七月初一", "乙巳年"),
        ("2023-03-22", "闰二月初一", "癸卯年"),
        ("2024-02-09", "腊月三十", "癸卯年"),
        ("2024-09-17", "八月十五", "甲辰年"),
        ("1984-02-02", "正月初一", "甲子年"),
        ("2026-12-28", "十一月二十", "丙午年"),
    ],
)
def test_lunar_days(day: str, spelled: str, year: str) -> None:
    found = lunar_day(date.fromisoformat(day))
    assert found is not None
    assert (found.spelled("zh-Hans"), found.year_spelled()) == (spelled, year)


def test_a_leap_month_and_terms_in_traditional() -> None:
    found = lunar_day(date(2025, 7, 25))
    assert found is not None
    assert found.spelled("zh-Hant") == "閏六月初一"
    assert solar_term(date(2026, 3, 5), "zh-Hant") == "驚蟄"
    assert solar_term(date(2026, 4, 20), "zh-Hant") == "穀雨"


def test_terms_of_a_year() -> None:
    days = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
    terms = {term: day for day in days if (term := solar_term(day, "zh-Hans"))}
    assert len(terms) == 24
    assert (terms["冬至"], terms["清明"]) == (date(2026, 12, 22), date(2026, 4, 5))
    assert solar_term(date(2026, 4, 6), "zh-Hans") == ""


def test_each_day_of_the_table_follows_the_one_before() -> None:
    day, before = date(1950, 2, 17), None
    while day.year <= 2050:
        found = lunar_day(day)
        assert found is not None
        if before is not None:
            assert found.day == (1 if found.month != before.month else before.day + 1) or (
                found.leap and found.day == 1
            )
        day, before = day + timedelta(1), found


def test_beyond_the_table_nothing_is_said() -> None:
    assert lunar_day(date(1949, 12, 31)) is None
    assert lunar_day(date(1950, 2, 16)) is None
    assert lunar_day(date(2051, 6, 1)) is None
    assert solar_term(date(2051, 4, 5), "zh-Hans") == ""
