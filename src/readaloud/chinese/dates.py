"""Days as people and programs write them -> ISO 8601: 2023-08-05, 2023年8月5日, 20230805."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_PARTED = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?")
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FAR = 60
"""Characters in which a day is looked for."""


def iso_day(year: int, month: int, day: int) -> str | None:
    """The day as YYYY-MM-DD; None where there is no such day, or no article can be of it."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def read_day(text: str) -> str | None:
    """The day that a text begins with; None where it begins with none."""
    found = _PARTED.match(text)
    return iso_day(*map(int, found.groups())) if found else None


def first_day(texts: Iterable[str]) -> str | None:
    """The first of the texts that holds a day, or begins with one whose digits run together."""
    for text in texts:
        found = _PARTED.search(text[:_FAR]) or _RUN_TOGETHER.match(text)
        day = iso_day(*map(int, found.groups())) if found else None
        if day:
            return day
    return None
