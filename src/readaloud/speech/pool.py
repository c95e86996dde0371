"""Workers that all editions of a run share.

Utterances wait in one queue, the earliest edition's longest first, and a bounded number of them is
handed out at once. Only ``concurrent.futures.Executor`` is spoken here: threads for an engine that
waits for a network, processes for one that computes, and a cluster behind the same interface.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count
from queue import Empty, SimpleQueue

from readaloud.errors import EngineError
from readaloud.model import Utterance, Voice
from readaloud.speech import worker as speaking
from readaloud.speech.engines import Engine

MOST_DEATHS = 3
"""Pools that die with no utterance spoken between them; then nothing more is tried."""
NETWORK_JOBS = 6
"""Requests at once where the option says nothing."""

Spoken = Future[tuple[bytes, int]]
Answers = SimpleQueue[tuple[str, Spoken, bool] | None]
"""Where an edition hears of its clips, by key; None asks it to call ``hand_out``.

The last value tells whether taking the answer makes room for another utterance: clips that nobody
has taken yet count as under way, else quick workers would fill the memory with them.
"""


@dataclass(frozen=True, slots=True)
class Crew:
    """Where utterances are spoken, and by how many."""

    open: Callable[[], Executor]
    """Called again when a pool has died."""
    size: Callable[[], int]
    """How many utterances can be under way; a cluster grows and shrinks."""
    engine: str = ""
    """An engine that every worker has to load first; empty where there is nothing to load."""
    watch: Callable[[], None] = lambda: None
    """Called often while editions wait."""


@dataclass(slots=True)
class _Request:
    key: str
    utterance: Utterance
    voice: Voice
    listeners: list[Answers] = field(default_factory=list)


class Workers:
    """Speaks what editions ask for.

    No foreign code is called while the lock is held: an executor calls back with locks of its own.
    """

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._pool = crew.open()
        self._lock = threading.Lock()
        self._waiting: list[tuple[int, int, int, _Request]] = []
        self._wanted: dict[str, _Request] = {}
        self._order = count()
        self._busy = self._untaken = 0
        self._warmed = 0
        self._warming = 0
        self._deaths = 0

    @property
    def size(self) -> int:
        """How many utterances can be spoken at once."""
        return self._crew.size()

    def warm(self, most: int) -> None:
        """Let workers load the engine, ``most`` of them: as many as will surely have work."""
        if not self._crew.engine:
            return
        with self._lock:
            more = max(0, min(most, self.size) - self._warmed)
            self._warmed += more
            self._warming += more
            pool = self._pool
        for _ in range(more):
            try:
                loading = pool.submit(speaking.warm, self._crew.engine)
            except BrokenExecutor:  # the next utterance finds that out
                self._is_warm(None)
            else:
                loading.add_done_callback(self._is_warm)

    def ask(self, key: str, utterance: Utterance, voice: Voice, number: int, to: Answers) -> bool:
        """Have an utterance spoken for edition ``number``; the answer goes to ``to``.

        Returns:
            False where another edition has asked for the same clip: it is spoken once for both.
        """
        with self._lock:
            request = self._wanted.get(key)
            if request is not None:
                request.listeners.append(to)
                return False
            request = self._wanted[key] = _Request(key, utterance, voice, [to])
            turn = (number, -len(utterance.spoken), next(self._order), request)
            heappush(self._waiting, turn)
        self.hand_out()
        return True

    def hand_out(self) -> None:
        """Submit what waits while there is room; editions call it whenever they hear something."""
        while (request := self._next()) is not None:
            self._submit(request)

    def wait_for(self, answers: Answers) -> tuple[str, Spoken] | None:
        """The next answer, or None after a moment without one."""
        try:
            answer = answers.get(timeout=0.2)
        except Empty:
            answer = None
        if answer is not None and answer[-1]:
            with self._lock:
                self._untaken -= 1
        self._crew.watch()
        self.hand_out()
        return answer[:2] if answer else None

    def forget(self, answers: Answers) -> None:
        """An edition is not interested any more: what waits for it alone is not spoken."""
        with self._lock:
            for request in self._wanted.values():
                if answers in request.listeners:
                    request.listeners.remove(answers)
            idle = [turn for turn in self._waiting if not turn[-1].listeners]
            for turn in idle:
                self._waiting.remove(turn)
                del self._wanted[turn[-1].key]
            self._waiting.sort()
            while not answers.empty():
                answer = answers.get()
                self._untaken -= answer is not None and answer[-1]

    def close(self, *, at_once: bool) -> None:
        """Let the workers go; ``at_once`` without waiting for what they do."""
        self._pool.shutdown(wait=not at_once, cancel_futures=at_once)

    def _next(self) -> _Request | None:
        """What is to be spoken next, counted as busy; None where all workers have enough.

        While workers start, as many utterances are kept back for them: an executor would start
        more workers than there is work.
        """
        with self._lock:
            ready = self._warmed - self._warming
            most = max(ready, len(self._wanted) - self._warming)
            under_way = self._busy + self._untaken
            if not self._waiting or self._busy >= most or under_way >= 2 * self.size + 2:
                return None
            self._busy += 1
            return heappop(self._waiting)[-1]

    def _submit(self, request: _Request) -> None:
        while True:
            pool = self._pool
            try:
                spoken = pool.submit(speaking.speak, request.utterance, request.voice)
            except BrokenExecutor:
                if self._renew(pool):
                    continue
                spoken = Future()
                spoken.set_exception(died())
            spoken.add_done_callback(partial(self._answer, request))
            return

    def _renew(self, dead: Executor) -> bool:
        """A new pool in place of a dead one; False where too many have died in a row."""
        with self._lock:
            if self._pool is dead:
                if self._deaths >= MOST_DEATHS:
                    return False
                self._deaths += 1
                self._pool = self._crew.open()
        return True

    def _answer(self, request: _Request, spoken: Spoken) -> None:
        went_well = not spoken.cancelled() and spoken.exception() is None
        with self._lock:
            self._deaths = 0 if went_well else self._deaths
            del self._wanted[request.key]
            self._busy -= 1
            self._untaken += bool(request.listeners)
            for number, answers in enumerate(request.listeners):
                answers.put((request.key, spoken, number == 0))

    def _is_warm(self, _: Future[None] | None) -> None:
        """A worker is there: what was kept back for it can go."""
        with self._lock:
            self._warming -= 1
            listeners = [each for request in self._wanted.values() for each in request.listeners]
        for answers in listeners:
            answers.put(None)


def died() -> EngineError:
    """What is said of a worker that is gone."""
    return EngineError(
        "A speaking process died (out of memory, or killed).",
        "What was spoken is kept: run again, with a lower --jobs. A Python program that calls "
        'readaloud.build needs its own code under: if __name__ == "__main__".',
    )


def has_died(spoken: Spoken) -> bool:
    """Whether it was not the utterance that failed, but the pool that spoke it."""
    try:
        return isinstance(spoken.exception(), BrokenExecutor)
    except CancelledError:
        return False


@contextmanager
def open_workers(engine: type[Engine], jobs: int | None) -> Iterator[Workers]:
    """Workers of this machine for an engine; a run that is stopped waits for none of them."""
    size = jobs or (usable_cores() if engine.parallel == "processes" else NETWORK_JOBS)
    context = multiprocessing.get_context("spawn")

    def processes() -> Executor:
        return ProcessPoolExecutor(size, context, initializer=speaking.prepare_process)

    if engine.parallel == "threads":
        workers = Workers(Crew(lambda: ThreadPoolExecutor(size), lambda: size))
    else:
        workers = Workers(Crew(processes, lambda: size, engine.name))
    speaking.go_on()
    try:
        yield workers
    except BaseException:
        # A pool that is stopped in the midst of its work may wait for its processes for ever
        # (seen with CPython 3.11), and an utterance may take seconds that nobody wants.
        workers.close(at_once=True)
        for child in multiprocessing.active_children():
            child.terminate()
        speaking.stop()
        raise
    workers.close(at_once=False)
    speaking.close_engines()


def usable_cores() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
