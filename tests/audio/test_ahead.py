"""Stages in threads of their own: order, bounds, errors."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from readaloud.audio.ahead import ahead, together


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


def test_tasks_run_beside_each_other_and_results_keep_their_order() -> None:
    met = threading.Barrier(3, timeout=10)

    def task(number: int) -> int:
        met.wait()
        return number

    assert together([partial(task, number) for number in range(3)]) == [0, 1, 2]
    assert together([]) == []


def test_when_one_fails_the_others_stop() -> None:
    """The first would go on for ever; its own end is not what is reported."""

    def endless() -> None:
        for _ in ahead(itertools.count()):
            time.sleep(0.001)

    def failing() -> None:
        raise ValueError("disk full")

    with pytest.raises(ValueError, match="disk full"):
        together([endless, failing])
    assert list(ahead([1, 2])) == [1, 2]
