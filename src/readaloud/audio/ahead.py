"""Stages that work at the same time: FFmpeg and numpy leave Python's lock while they compute."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_DEPTH = 3
"""Items held at most; memory stays flat however much faster the first stage is."""


Item = TypeVar("Item")


def ahead(items: Iterable[Item]) -> Generator[Item, None, None]:
    """The same items in the same order, made in a thread of their own before they are asked for.

    Close it (or exhaust it) before what the items come from is closed. Errors come as they are,
    where the item would have.
    """
    source = iter(items)
    with ThreadPoolExecutor(1, "ahead") as pool:
        waiting = deque(pool.submit(_next, source) for _ in range(_DEPTH))
        while taken := waiting.popleft().result():
            waiting.append(pool.submit(_next, source))
            yield taken[0]


def _next(source: Iterator[Item]) -> tuple[Item] | None:
    """The next item, or None behind the last: StopIteration would break the generator above."""
    for item in source:
        return (item,)
    return None
