"""How alike two lines are, held to the textbook's table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readaloud.editing.near_duplicates import likeness

LINES = st.text(st.sampled_from("春夏秋冬A1 "), max_size=70)


def common(one: str, other: str) -> int:
    row = [0] * (len(other) + 1)
    for mine in one:
        above, row = row, [0]
        for place, theirs in enumerate(other):
            longer = above[place] + 1 if mine == theirs else max(row[place], above[place + 1])
            row.append(longer)
    return row[-1]


@given(LINES, LINES)
def test_likeness_is_the_share_that_is_common(one: str, other: str) -> None:
    whole = len(one) + len(other) or 1
    expected = 200 * common(one, other) / whole if one or other else 100.0
    assert likeness(one, other) == pytest.approx(expected)


def test_one_character_in_ten() -> None:
    assert likeness("老樹在村口站了一百年", "老樹在村口站了二百年") == 90.0
