"""Work that goes on at the same time: FFmpeg and numpy leave Python's lock while they compute."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextvars import ContextVar
from threading import Event
from typing import TypeVar

_DEPTH = 3
"""Items held at most; memory stays flat however much faster the first stage is."""
_stop: ContextVar[Event] = ContextVar("stop", default=Event())  # noqa: B039
"""Set where the work of the present thread is wanted no more."""

Item = TypeVar("Item")


def usable_cores() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class StoppedError(Exception):
    """Nobody waits for this work any more; no user sees it."""


def ahead(items: Iterable[Item]) -> Generator[Item, None, None]:
    """The same items in the same order, made in a thread of their own before they are asked for.

    Close it (or exhaust it) before what the items come from is closed. Errors come as they are,
    where the item would have.

    Raises:
        StoppedError: what runs beside it in ``together`` failed.
    """
    source, stop = iter(items), _stop.get()
    with ThreadPoolExecutor(1, "ahead") as pool:
        waiting = deque(pool.submit(_next, source) for _ in range(_DEPTH))
        while taken := waiting.popleft().result():
            if stop.is_set():
                raise StoppedError
            waiting.append(pool.submit(_next, source))
            yield taken[0]


def together(tasks: Sequence[Callable[[], Item]]) -> list[Item]:
    """Do the tasks in a thread each; their results in order.

    When one fails, or the run is stopped, the others end at their next item from ``ahead``. The
    first error is raised as it is.
    """
    stop = Event()

    def attempt(task: Callable[[], Item]) -> Item:
        _stop.set(stop)
        return task()

    with ThreadPoolExecutor(max(1, len(tasks)), "together") as pool:
        futures = [pool.submit(attempt, task) for task in tasks]
        try:
            done, _ = wait(futures, return_when=FIRST_EXCEPTION)
            for future in filter(done.__contains__, futures):
                future.result()
            return [future.result() for future in futures]
        except BaseException:
            stop.set()
            raise


def _next(source: Iterator[Item]) -> tuple[Item] | None:
    """The next item, or None behind the last: StopIteration would break the generator above."""
    for item in source:
        return (item,)
    return None
