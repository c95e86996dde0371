"""Processes that speak, for an engine that computes: each dies alone, and another takes its place.

A pool of the standard library breaks as a whole when one of its processes dies, and all that was
under way is lost; so each process is a pool of its own.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import suppress
from typing import TypeVar

from readaloud.errors import EngineError, msg
from readaloud.model import Utterance, Voice
from readaloud.speech import worker as speaking

MOST_DEATHS = 3
"""An utterance that so many processes died of is not tried again; a process that dies once more
before anything was spoken in its place has no successor."""

Speak = Callable[[Utterance, Voice], tuple[bytes, int]]
"""As ``speaking.speak``: the encoded clip, and its length in ms."""
_Result = TypeVar("_Result")
_CONTEXT = multiprocessing.get_context("spawn")


class Processes:
    """All that were begun; they end together."""

    def __init__(self, engine: str) -> None:
        """``engine`` is what they load before their first utterance."""
        self._engine = engine
        self._all: list[_Process] = []

    def begin(self) -> Speak:
        """One more, that is ready to speak.

        What it raises then is what ``speaking.speak`` does, or EngineError where processes die.
        """
        process = _Process()
        self._all.append(process)
        process.warm(self._engine)
        return process.speak

    def close(self) -> None:
        """Let them end; nothing may be under way."""
        for process in self._all:
            process.pool.shutdown()

    def kill(self) -> None:
        """End them at once."""
        for process in self._all:
            process.kill()


class _Process:
    """One process at a time, started with its first task."""

    def __init__(self) -> None:
        self._deaths = 0
        self._open()

    def _open(self) -> None:
        watched, self._lifeline = _CONTEXT.Pipe(duplex=False)
        self.pool = ProcessPoolExecutor(1, _CONTEXT, speaking.prepare_process, (watched,))

    def warm(self, engine: str) -> None:
        """Load the engine; if it can't be, the first utterance says why."""
        with suppress(Exception):
            self._run(speaking.warm, engine)

    def speak(self, utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
        """See ``speaking.speak``; spoken again where the process died of something."""
        for _ in range(MOST_DEATHS):
            if self._deaths > MOST_DEATHS:
                break
            with suppress(BrokenExecutor):
                spoken = self._run(speaking.speak, utterance, voice)
                self._deaths = 0
                return spoken
        raise EngineError(
            msg("A speaking process died (out of memory, or killed)."),
            msg(
                "What was spoken is kept: run again, with a lower --jobs. A Python program that "
                'calls readaloud.build needs its own code under: if __name__ == "__main__".'
            ),
        )

    def _run(self, task: Callable[..., _Result], *args: object) -> _Result:
        try:
            return self.pool.submit(task, *args).result()
        except BrokenExecutor:
            self._deaths += 1
            self._open()
            raise

    def kill(self) -> None:
        """End it; none takes its place."""
        self._deaths = MOST_DEATHS + 1
        self._lifeline.close()
