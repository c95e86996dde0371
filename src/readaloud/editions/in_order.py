"""Numbered tasks in threads of their own, a few at once; what comes of them keeps their order.

So short articles leave no worker idle, and a hundred thousand need no more memory than a hundred.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from time import monotonic, sleep
from traceback import walk_stack
from typing import TypeVar

MOST_UNSEEN = 1000
"""Tasks that may be done while an earlier one is not."""
_UNWIND_S = 2.0

Task = TypeVar("Task")
Result = TypeVar("Result")


def in_order(
    tasks: Iterable[Task], work: Callable[[int, Task], Result], at_once: Callable[[], int]
) -> Iterator[Result]:
    """Work on ``at_once()`` numbered tasks at a time, in threads; results come in their order.

    A task is drawn when there is room for it. What ``work`` raises is raised here. Where this
    ends early, the threads are told to stop, and are waited for a moment.
    """
    threads: dict[Future[Result], threading.Thread] = {}
    ordered: deque[Future[Result]] = deque()
    try:
        for number, task in enumerate(tasks):
            future, thread = _start(work, number, task)
            threads[future] = thread
            ordered.append(future)
            while len(threads) >= at_once() or len(ordered) >= MOST_UNSEEN:
                awaited = threads if len(threads) >= at_once() else [ordered[0]]
                for done in wait(awaited, timeout=1, return_when=FIRST_COMPLETED).done:
                    threads.pop(done, None)
                while ordered and ordered[0].done():
                    yield ordered.popleft().result()
        while ordered:
            yield ordered[0].result()
            threads.pop(ordered.popleft(), None)
    finally:
        _stop([thread for thread in threads.values() if thread.is_alive()])


def _start(
    work: Callable[[int, Task], Result], number: int, task: Task
) -> tuple[Future[Result], threading.Thread]:
    """Begin a task in a thread that doesn't hold up the end of the program."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work(number, task))
        except BaseException as error:
            if not future.done():  # it may be told to stop when it has just ended
                future.set_exception(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return future, thread


def _stop(threads: list[threading.Thread]) -> None:
    """What Ctrl-C does to the main thread, done to these: they tidy up and end."""
    deadline = monotonic() + _UNWIND_S
    for thread in threads:
        while thread.is_alive() and not _interrupt(thread) and monotonic() < deadline:
            sleep(0.001)
    for thread in threads:
        thread.join(max(0.0, deadline - monotonic()))


def _interrupt(thread: threading.Thread) -> bool:
    """Raise KeyboardInterrupt in a thread, unless it is just starting another one.

    Until that one runs, Python 3.11 takes it for the thread that starts it: it would die unborn,
    and the other wait for it for ever.
    """
    ident = thread.ident or 0
    top = sys._current_frames().get(ident)
    starting = threading.Thread.start.__code__
    if top is None or any(frame.f_code is starting for frame, _ in walk_stack(top)):
        return False
    error = ctypes.py_object(KeyboardInterrupt)
    return bool(ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), error))


class Turns:
    """Lets numbered articles pass one after another."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._next = 0
        self._over: set[int] = set()

    @contextmanager
    def take(self, number: int) -> Iterator[None]:
        """Wait until all smaller numbers have had their turn; the turn ends with the body."""
        with self._condition:
            while number > self._next:
                self._condition.wait(0.2)
        try:
            yield
        finally:
            self.end(number)

    def end(self, number: int) -> None:
        """``number`` has had its turn, or needs none."""
        with self._condition:
            if number >= self._next:
                self._over.add(number)
            while self._next in self._over:
                self._over.remove(self._next)
                self._next += 1
            self._condition.notify_all()
