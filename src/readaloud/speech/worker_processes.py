"""Processes that speak, for an engine that computes: each dies alone, and another takes its place.

A pool of the standard library breaks as a whole when one of its processes dies, and all that was
under way is lost; and its processes run the caller's main module again. So each is a program of its
own (``worker_loop``), found where this process finds its modules.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.spawn import get_executable
from typing import Any

from readaloud.errors import EngineError, msg
from readaloud.model import Utterance, Voice
from readaloud.speech import worker as speaking

MOST_DEATHS = 3
"""An utterance that so many processes died of is not tried again; a process that dies once more
before anything was spoken in its place has no successor."""

Speak = Callable[[Utterance, Voice], tuple[bytes, int]]
"""As ``speaking.speak``: the encoded clip, and its length in ms."""
_LOOP = ("-P", "-m", "readaloud.speech.worker_loop")


class Processes:
    """All that were begun; they end together."""

    def __init__(self, engine: str) -> None:
        """``engine`` is what they load before their first utterance."""
        self._engine = engine
        self._all: list[_Process] = []
        self._are_over = False
        self._lock = threading.Lock()

    def begin(self) -> Speak:
        """One more, that is ready to speak.

        What it raises then is what ``speaking.speak`` does, or EngineError where processes die.
        """
        with self._lock:
            process = _Process(is_over=self._are_over)
            self._all.append(process)
        process.warm(self._engine)
        return process.speak

    def close(self) -> None:
        """Let them end; nothing may be under way."""
        for process in self._end():
            process.close()

    def kill(self) -> None:
        """End them at once."""
        for process in self._end():
            process.kill()

    def _end(self) -> list[_Process]:
        """All that were begun; a worker that asks for one more from now on gets none."""
        with self._lock:
            self._are_over = True
            return self._all


class _DiedError(Exception):
    """The process is gone, and what it was at is lost."""


class _Process:
    """One process at a time, started with its first task; used by one thread."""

    def __init__(self, *, is_over: bool = False) -> None:
        self._deaths = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._is_over = is_over
        self._lock = threading.Lock()
        """Held while a task is under way."""

    def warm(self, engine: str) -> None:
        """Load the engine; if it can't be, the first utterance says why."""
        with suppress(Exception):
            self._run(speaking.warm, engine)

    def speak(self, utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
        """See ``speaking.speak``; spoken again where the process died of something."""
        for _ in range(MOST_DEATHS):
            if self._deaths > MOST_DEATHS:
                break
            with suppress(_DiedError):
                spoken: tuple[bytes, int] = self._run(speaking.speak, utterance, voice)
                self._deaths = 0
                return spoken
        raise EngineError(
            msg("A speaking process died (out of memory, or killed)."),
            msg("What was spoken is kept: run again, with a lower --jobs."),
        )

    def _run(self, task: Callable[..., object], *arguments: object) -> Any:
        """What the task gives or raises, in the process."""
        packed = pickle.dumps((task, arguments))
        with self._lock:
            if self._is_over:
                raise _DiedError
            child = self._child = self._child or _start()
            if self._is_over:  # since a moment ago: who said so may have seen no child
                child.kill()
            try:
                went_well, result = _ask(child, packed)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self._deaths += 1
                self._bury()
                raise _DiedError from error
        if went_well:
            return result
        raise result

    def close(self) -> None:
        """Let it end; nothing may be under way."""
        self._is_over = True
        with self._lock:
            self._bury()

    def kill(self) -> None:
        """End it at once; none takes its place."""
        self._is_over = True
        child = self._child
        if child is not None:
            child.kill()
        self.close()

    def _bury(self) -> None:
        """Leave nothing of it open; it ends when its input does, if it lives. The lock is held."""
        child, self._child = self._child, None
        if child is None:
            return
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        child.wait()


def _start() -> subprocess.Popen[bytes]:
    """A process that waits for its first task.

    Raises:
        EngineError: this program is none that can start a Python.
    """
    python = os.fsdecode(get_executable() or "")
    if not python or (getattr(sys, "frozen", False) and python == sys.executable):
        raise EngineError(
            msg("This voice speaks in processes of Python, and this program can't start one."),
            msg("Name a Python that has readaloud: multiprocessing.set_executable(…)."),
        )
    # An inherited search path makes it find readaloud wherever this process found it.
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(  # noqa: S603
        [python, *_LOOP],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )


def _ask(child: subprocess.Popen[bytes], packed: bytes) -> tuple[bool, Any]:
    """Have a task done. Errors of the pipe, as they come, when the process dies of it."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(packed)
    child.stdin.flush()
    answer: tuple[bool, Any] = pickle.load(child.stdout)  # noqa: S301 - our own process's
    return answer
