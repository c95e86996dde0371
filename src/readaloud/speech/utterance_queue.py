"""The queue that all editions of a run share, and the workers that empty it.

A worker is a thread that takes one utterance after another, has it spoken, and keeps the clip; so
no more clips are in memory than there are workers. Where it is spoken, the crew knows: in this
process for an engine that waits for a network, in another for one that computes, or on a cluster.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import NoReturn

from readaloud.model import Utterance, Voice
from readaloud.speech import worker as speaking
from readaloud.speech.engines import Engine
from readaloud.speech.memory import affordable_processes
from readaloud.speech.worker_processes import Processes, Speak

MOST_WORKERS = 512
"""Threads, however large a cluster is."""
NETWORK_JOBS = 6
"""Requests at once where the option says nothing."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Where utterances are spoken, and by how many at once."""

    hire: Callable[[], Speak]
    """One more that is ready to speak; it may take seconds to be."""
    size: Callable[[], int]
    """A cluster grows and shrinks."""


@dataclass(slots=True)
class _Request:
    key: str
    utterance: Utterance
    voice: Voice
    keep: Callable[[bytes], None]
    spoken: Future[int]
    editions: int = 1


class Workers:
    """Speaks what editions ask for: the earliest edition's longest utterance first."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._threads = ThreadPoolExecutor(MOST_WORKERS, "speaking")
        self._lock = threading.Lock()
        self._waiting: list[tuple[int, int, int, _Request]] = []
        self._wanted: dict[str, _Request] = {}
        self._order = count()
        self._idle: list[Speak] = []
        self._at_work = 0

    @property
    def size(self) -> int:
        """How many utterances can be spoken at once."""
        return self._crew.size()

    def warm(self, most: int) -> None:
        """Have workers get ready, ``most`` of them: as many as will surely have work."""
        with self._lock:
            self._call(most)

    def join(self, key: str) -> Future[int] | None:
        """A clip that another edition has asked for and that is not kept yet, else None."""
        with self._lock:
            request = self._wanted.get(key)
            if request is None:
                return None
            request.editions += 1
            return request.spoken

    def ask(  # noqa: PLR0913
        self,
        key: str,
        utterance: Utterance,
        voice: Voice,
        number: int,
        keep: Callable[[bytes], None],
        *,
        in_turn: bool = False,
    ) -> Future[int]:
        """Have an utterance spoken for edition ``number``, where no other has asked for it.

        ``in_turn`` it is spoken before those that are asked for later, however long they are.

        Returns:
            Its length in ms, or why it can't be spoken; when it is done, the clip is kept.
        """
        request = _Request(key, utterance, voice, keep, Future())
        with self._lock:
            if (asked := self._wanted.get(key)) is not None:  # by another edition, since ``join``
                asked.editions += 1
                return asked.spoken
            self._wanted[key] = request
            rank = 0 if in_turn else -len(utterance.spoken)
            heappush(self._waiting, (number, rank, next(self._order), request))
            self._call(len(self._wanted))
        return request.spoken

    def forget(self, keys: Iterable[str]) -> None:
        """An edition is not interested any more: what waits for it alone is not spoken."""
        with self._lock:
            for request in filter(None, map(self._wanted.get, keys)):
                request.editions -= 1
                if request.editions == 0 and request.spoken.cancel():
                    del self._wanted[request.key]

    def close(self, *, at_once: bool) -> None:
        """Let the workers go; ``at_once`` without waiting for what they do."""
        with self._lock:
            self._waiting.clear()
        self._threads.shutdown(wait=not at_once, cancel_futures=at_once)

    def _call(self, needed: int) -> None:
        """See that so many are at work, or get ready for it; the lock is held."""
        while self._at_work < min(needed, self.size):
            self._at_work += 1
            self._threads.submit(self._work)

    def _work(self) -> None:
        with self._lock:
            speak = self._idle.pop() if self._idle else None
        try:
            speak = speak or self._crew.hire()
        except Exception as error:  # each of its utterances tells of it
            speak = partial(_refuse, error)
        while (request := self._next(speak)) is not None:
            self._speak(request, speak)

    def _next(self, speak: Speak) -> _Request | None:
        """What is to be spoken next; None where a worker is to go, for want of work or of room."""
        with self._lock:
            while self._waiting and self._at_work <= self.size:
                request = heappop(self._waiting)[-1]
                if request.spoken.set_running_or_notify_cancel():
                    self._call(len(self._wanted))
                    return request
            self._idle.append(speak)
            self._at_work -= 1
            return None

    def _speak(self, request: _Request, speak: Speak) -> None:
        error, duration_ms = None, 0
        try:
            data, duration_ms = speak(request.utterance, request.voice)
            request.keep(data)
        except BaseException as caught:
            error = caught
        with self._lock:
            del self._wanted[request.key]
        if error is None:
            request.spoken.set_result(duration_ms)
        else:
            request.spoken.set_exception(error)


def _refuse(error: Exception, *_: object) -> NoReturn:
    raise error


@contextmanager
def open_workers(engine: type[Engine], jobs: int | None) -> Iterator[Workers]:
    """Workers of this machine for an engine; a run that is stopped waits for none of them."""
    computes = engine.parallel == "processes"
    size = jobs or (affordable_processes() if computes else NETWORK_JOBS)
    processes = Processes(engine.name)
    workers = Workers(Crew(processes.begin if computes else lambda: speaking.speak, lambda: size))
    speaking.go_on()
    try:
        yield workers
    except BaseException:  # an utterance may take seconds that nobody wants
        workers.close(at_once=True)
        processes.kill()
        speaking.stop()
        raise
    workers.close(at_once=False)
    processes.close()
    speaking.close_engines()
