"""Stages in threads of their own: order, bounds, errors."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from readaloud.audio.ahead import ahead


def test_order_is_kept_and_nothing_is_lost() -> None:
    assert list(ahead(range(1000))) == list(range(1000))
    assert list(ahead([])) == []
    assert list(ahead([0, None, ""])) == [0, None, ""]


def test_only_few_items_are_made_before_they_are_asked_for() -> None:
    made: list[int] = []

    def making() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    with closing(ahead(making())) as items:
        assert next(items) == 0
        time.sleep(0.1)
        assert 1 < len(made) < 8


def test_an_error_comes_where_its_item_would_have() -> None:
    def failing() -> Iterator[int]:
        yield from (1, 2, 3, 4, 5, 6)
        raise ValueError("seventh")

    found: list[int] = []
    with pytest.raises(ValueError, match="seventh"):
        found.extend(ahead(failing()))
    assert found == [1, 2, 3, 4, 5, 6]


def test_no_thread_stays_behind() -> None:
    with closing(ahead(iter(range(100)))) as items:
        assert next(items) == 0
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
