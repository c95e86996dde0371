"""What the editions of a run share, and how several of them are made at once.

Each article has a thread of its own, for the time that it is worked on; a few are worked on at
once, so that short articles leave no worker idle and a hundred thousand need no more memory than
a hundred. Articles are planned one after another, in the order of their sources, and what is told
of them keeps that order: a run ends the same however its threads were scheduled.
"""

from __future__ import annotations

import ctypes
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from readaloud.atomic import first_time, open_workshop
from readaloud.config.folders import cache_folder
from readaloud.config.options import Options
from readaloud.editions.observer import EditionObserver, Observer
from readaloud.editions.same_content import Firsts
from readaloud.model import Voice

if TYPE_CHECKING:
    from readaloud.speech.engines import Engine
    from readaloud.speech.pool import Workers
    from readaloud.spoken import Lexicon

MOST_UNSEEN = 1000
"""Articles that may be done while an earlier one is not."""
MOST_AT_ONCE = 256
"""Articles that are worked on, however many workers there are."""
_M_ARENA_MAX = -8
"""As malloc.h has it."""
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
            result = work(number, task)
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return future, thread


def _stop(threads: list[threading.Thread]) -> None:
    """What Ctrl-C does to the main thread, done to these: they tidy up and end."""
    for thread in threads:
        ident = ctypes.c_ulong(thread.ident or 0)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(KeyboardInterrupt))
    deadline = monotonic() + _UNWIND_S
    for thread in threads:
        thread.join(max(0.0, deadline - monotonic()))


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


class Run:
    """What all editions of a run share: voice, options, observer, and workers for each engine."""

    def __init__(
        self,
        voice: Voice,
        options: Options,
        observer: Observer,
        workshop: Path,
        stack: ExitStack,
    ) -> None:
        from readaloud.speech.pool import usable_cores

        self.voice = voice
        self.options = options
        self.observer = observer
        self.workshop = workshop
        self.firsts = Firsts()
        self.turns = Turns()
        self.front_end = threading.Lock()
        """The front end's libraries hold the interpreter: two articles at once gain nothing."""
        self.finishing = threading.Semaphore(usable_cores())
        """Joining, mastering and encoding: an edition a core."""
        self._cores = usable_cores()
        self._stack = stack
        self._lock = threading.Lock()
        self._workers: dict[str, Workers] = {}
        self._lexicon: Lexicon | None = None

    def workers_of(self, voice: Voice) -> Workers:
        """The workers of a voice's engine, opened when they are first needed."""
        from readaloud.speech.engines import load_engine

        with self._lock:
            if voice.engine not in self._workers:
                engine = load_engine(voice.engine)
                marker = cache_folder(self.options.cache_dir) / "notices" / engine.name
                if engine.notice and first_time(marker):
                    self.observer.notice(engine.notice)
                opened = self._open(engine)
                self._workers[voice.engine] = self._stack.enter_context(opened)
            return self._workers[voice.engine]

    def _open(self, engine: type[Engine]) -> AbstractContextManager[Workers]:
        """Workers of this machine, or of a cluster for an engine that computes."""
        from readaloud.speech.pool import open_workers

        address = self.options.cluster
        if address and engine.parallel == "processes":
            from readaloud.speech.cluster import open_cluster

            return open_cluster(address, engine, self.observer.notice)
        if address:
            self.observer.notice(f"{engine.name} only waits for others: it speaks from here.")
        engine.prepare(self.observer.notice)
        self._stack.callback(self._tell_of_change, engine, engine.model_id())
        return open_workers(engine, self.options.jobs)

    def _tell_of_change(self, engine: type[Engine], model_id: str) -> None:
        """Workers that find an engine's way of running unfit take another, and can tell nobody."""
        if engine.model_id() != model_id:
            self.observer.notice(f"{engine.name} runs another way now: {engine.describe()}.")

    def lexicon(self, read: Callable[[], Lexicon]) -> Lexicon:
        """The words that all articles of the run share, read once."""
        with self._lock:
            if self._lexicon is None:
                self._lexicon = read()
            return self._lexicon

    def articles_at_once(self) -> int:
        """Enough to keep all workers and all cores busy, if each article had one utterance."""
        with self._lock:
            workers = sum(each.size for each in self._workers.values())
        return min(MOST_AT_ONCE, self._cores + 2 + workers)


@dataclass(frozen=True, slots=True)
class Job:
    """An edition in the making: its place in the run, and who hears of it."""

    run: Run
    number: int
    observer: EditionObserver


def _share_arenas() -> None:
    """Have glibc give threads no more than two arenas of memory.

    By default each thread gets one of many in turn, and each keeps what it once needed: after 2,700
    short articles a run held 108 MiB, after 500 at most 84.
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library, another system
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


@contextmanager
def open_run(voice: Voice, options: Options, observer: Observer) -> Iterator[Run]:
    """A run whose workers end with it.

    Raises:
        ConfigError, MissingDependencyError: the cluster can't be used.
    """
    _share_arenas()
    with open_workshop(options.out) as workshop, ExitStack() as stack:
        run = Run(voice, options, observer, workshop, stack)
        if options.cluster:
            run.workers_of(voice)
        yield run
