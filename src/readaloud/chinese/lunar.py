"""Days of the lunar calendar and solar terms: 2026-11-23 is 十月十五, 2026-11-22 is 小雪.

The table is made, and two libraries are held against each other, by
``tests/benchmarks/lunar_data.py``; GB/T 33661-2017 says how the calendar is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh-Hans", "zh-Hant"]

_TABLE = Path(__file__).with_name("lunar_years.tsv")
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "腊")
_TENS, _ONES = ("初", "十", "廿"), "一二三四五六七八九十"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_TERMS = (
    *("小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨"),
    *("立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑"),
    *("白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"),
)
_TRADITIONAL = str.maketrans("闰腊惊蛰谷满种处", "閏臘驚蟄穀滿種處")


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; ``month`` counts from 1, and ``leap`` tells the second of two."""

    year: int
    month: int
    leap: bool
    day: int

    def spelled(self, language: Language) -> str:
        """Month and day as people say them: 闰六月初三."""
        ten, one = divmod(self.day - 1, 10)
        day = {20: "二十", 30: "三十"}.get(self.day, _TENS[min(ten, 2)] + _ONES[one])
        leap = "闰" if self.leap else ""
        return _in(f"{leap}{_MONTHS[self.month - 1]}月{day}", language)

    def year_spelled(self) -> str:
        """The year's name in the cycle of sixty: 丙午年."""
        return f"{_STEMS[(self.year - 4) % 10]}{_BRANCHES[(self.year - 4) % 12]}年"


@dataclass(frozen=True, slots=True)
class _Year:
    first: date
    leap: int
    months: tuple[int, ...]
    """Their lengths in days."""
    terms: tuple[int, ...]
    """The day in its solar month of each solar term of the solar year."""


def lunar_day(day: date) -> LunarDay | None:
    """The day in the lunar calendar; None beyond the years of the table, 1950 to 2050."""
    years = _years()
    year = next((y for y in (day.year, day.year - 1) if y in years and years[y].first <= day), None)
    if year is None:
        return None
    left = (day - years[year].first).days
    for place, length in enumerate(years[year].months, 1):
        if left < length:
            leap = years[year].leap
            month = place - 1 if leap and place > leap else place
            return LunarDay(year, month, leap != 0 and place == leap + 1, left + 1)
        left -= length
    return None


def solar_term(day: date, language: Language) -> str:
    """The solar term that begins on the day; empty where none does, or beyond the table."""
    found = _years().get(day.year)
    if found is None:
        return ""
    first = 2 * (day.month - 1)
    names = dict(zip(found.terms[first : first + 2], _TERMS[first : first + 2], strict=True))
    return _in(names.get(day.day, ""), language)


def _in(text: str, language: Language) -> str:
    return text.translate(_TRADITIONAL) if language == "zh-Hant" else text


@cache
def _years() -> dict[int, _Year]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return dict(_read(line) for line in lines if not line.startswith("#"))


def _read(line: str) -> tuple[int, _Year]:
    year, first, leap, months, terms = line.split("\t")
    lengths = tuple(30 if size == "l" else 29 for size in months)
    days = tuple(map(int, terms.split()))
    return int(year), _Year(date.fromisoformat(f"{year}-{first}"), int(leap), lengths, days)
