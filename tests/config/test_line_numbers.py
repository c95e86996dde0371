from __future__ import annotations

import pytest

from readaloud.config.line_numbers import is_lines, parse_lines
from readaloud.errors import ConfigError


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("12,40-44", ((12, 12), (40, 44))),
        ("12，40－44、7", ((12, 12), (40, 44), (7, 7))),
        (" 3 - 5 , 9 ", ((3, 5), (9, 9))),
        ("3至5 9", ((3, 5), (9, 9))),
        (7, ((7, 7),)),
        (["1", 2, "3-4"], ((1, 1), (2, 2), (3, 4))),
        ("5,", ((5, 5),)),
    ],
)
def test_lines_are_named_as_people_write_numbers(
    value: object, lines: tuple[tuple[int, int], ...]
) -> None:
    assert parse_lines(value) == lines


@pytest.mark.parametrize("value", ["", "x", "1-", "-3", "1-2-3", "4-2", "0", "1.5", True, [""], -1])
def test_what_names_no_lines_is_refused(value: object) -> None:
    with pytest.raises(ConfigError, match="--keep: "):
        parse_lines(value, "--keep: ")


def test_a_text_is_no_number() -> None:
    assert [is_lines(each) for each in ("12, 14", "12 条", True)] == [True, False, False]
