from __future__ import annotations

import pytest

from readaloud.chinese.numerals import value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("二十一", 21),
        ("一千零二十", 1020),
        ("一千二百", 1200),
        ("百二", 102),
        ("两万三千", 23_000),
        ("一〇二四", 1024),
        ("拾贰", 12),
        ("007", 7),
        ("１２", 12),
        ("Ⅳ", 4),
        ("XIV", 14),
        ("①", 1),
        ("", None),
        ("三天", None),
        ("A1", None),
    ],
)
def test_numbers_as_headings_write_them(text: str, number: int | None) -> None:
    assert value(text) == number
