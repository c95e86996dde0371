"""Writes the table of the lunar calendar: src/readaloud/chinese/lunar_years.tsv.

    python -m pip install lunar_python sxtwl
    python tests/benchmarks/lunar_data.py

Two libraries that compute the calendar each in its own way (lunar_python, MIT; sxtwl, BSD) are
asked for each day, and have to agree. Neither is needed to look a day up: what a bulletin says of
it are a month, a day and a solar term, and a hundred years of these are nine kilobytes.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import sxtwl  # type: ignore[import-not-found]
from lunar_python import Solar  # type: ignore[import-not-found]

TABLE = Path(__file__).parents[2] / "src" / "readaloud" / "chinese" / "lunar_years.tsv"
FIRST, LAST = 1950, 2050
HEAD = """\
# The lunar calendar of China, as tests/benchmarks/lunar_data.py computes it: a year a line.
# Columns: year; its first day; the month that is followed by a leap month, or 0; the lengths of its
# months in order, l for 30 days and s for 29; the days of the solar terms of the solar year of that
# number, two each month from January on.
"""


def main() -> None:
    """Ask for each day, and write a line a year."""
    firsts: dict[int, date] = {}
    leaps: dict[int, int] = {}
    months: dict[int, dict[tuple[int, bool], int]] = {}
    terms: dict[int, list[int]] = {}
    day = date(FIRST, 1, 1)
    while day.year <= LAST + 1:
        year, month, leap, number, is_term = _of(day)
        if (month, leap, number) == (1, False, 1):
            firsts[year] = day
        if leap:
            leaps[year] = month
        counted = months.setdefault(year, {})
        counted[month, leap] = counted.get((month, leap), 0) + 1
        if is_term:
            terms.setdefault(day.year, []).append(day.day)
        day += timedelta(1)
    with TABLE.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for year in range(FIRST, LAST + 1):
            lengths = "".join({29: "s", 30: "l"}[days] for days in months[year].values())
            days = " ".join(map(str, terms[year]))
            file.write(f"{year}\t{firsts[year]:%m-%d}\t{leaps.get(year, 0)}\t{lengths}\t{days}\n")


def _of(day: date) -> tuple[int, int, bool, int, bool]:
    """Lunar year, month, whether it is a leap month, day, and whether a solar term begins."""
    one = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    other = sxtwl.fromSolar(day.year, day.month, day.day)
    month = one.getMonth()
    told = (one.getYear(), abs(month), month < 0, one.getDay(), bool(one.getJieQi()))
    assert told == (
        other.getLunarYear(),
        other.getLunarMonth(),
        bool(other.isLunarLeap()),
        other.getLunarDay(),
        other.hasJieQi(),
    ), day
    return told


if __name__ == "__main__":
    main()
