"""A Python process that does one task after another; when it dies, another takes its place.

It is a program of its own (``worker_loop``), found where this process finds its modules; a pool of
the standard library breaks as a whole when one of its processes dies, and runs the caller's main
module again.
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

_LOOP = ("-P", "-m", "readaloud.speech.worker_loop")


class DiedError(Exception):
    """The process is gone, and what it was at is lost."""


class ChildProcess:
    """One process at a time, started with its first task; used by one thread at a time."""

    def __init__(self, *, is_over: bool = False) -> None:
        self.deaths = 0
        """How many have died since ``deaths`` was set to 0."""
        self._child: subprocess.Popen[bytes] | None = None
        self._is_over = is_over
        self._lock = threading.Lock()
        """Held while a task is under way."""

    def run(self, task: Callable[..., object], *arguments: object) -> Any:
        """What the task gives or raises, in the process; both have to be such as can be pickled.

        Raises:
            DiedError: the process died of it, or none is to live any more.
            EngineError: no process can be started.
        """
        packed = pickle.dumps((task, arguments))
        with self._lock:
            if self._is_over:
                raise DiedError
            child = self._child = self._child or _start()
            if self._is_over:  # since a moment ago: who said so may have seen no child
                child.kill()
            try:
                went_well, result = _ask(child, packed)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self.deaths += 1
                self._bury()
                raise DiedError from error
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
