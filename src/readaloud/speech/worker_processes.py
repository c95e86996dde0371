"""Processes that speak, for an engine that computes: each dies alone, and is replaced alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from readaloud.errors import EngineError, msg
from readaloud.model import Utterance, Voice
from readaloud.speech import worker as speaking
from readaloud.speech.child_process import ChildProcess, DiedError

MOST_DEATHS = 3
"""An utterance that so many processes died of is not tried again; a process that dies once more
before anything was spoken in its place has no successor."""

Speak = Callable[[Utterance, Voice], tuple[bytes, int]]
"""As ``speaking.speak``: the encoded clip, and its length in ms."""


class Processes:
    """All that were begun; they end together."""

    def __init__(self, engine: str) -> None:
        """``engine`` is what they load before their first utterance."""
        self._engine = engine
        self._all: list[_Speaker] = []
        self._are_over = False
        self._lock = threading.Lock()

    def begin(self) -> Speak:
        """One more, that is ready to speak.

        What it raises then is what ``speaking.speak`` does, or EngineError where processes die.
        """
        with self._lock:
            process = _Speaker(is_over=self._are_over)
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

    def _end(self) -> list[_Speaker]:
        """All that were begun; a worker that asks for one more from now on gets none."""
        with self._lock:
            self._are_over = True
            return self._all


class _Speaker:
    """Speaks in a process, for one thread."""

    def __init__(self, *, is_over: bool = False) -> None:
        self._process = ChildProcess(is_over=is_over)
        self.close, self.kill = self._process.close, self._process.kill

    def warm(self, engine: str) -> None:
        """Load the engine; if it can't be, the first utterance says why."""
        with suppress(Exception):
            self._process.run(speaking.warm, engine)

    def speak(self, utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
        """See ``speaking.speak``; spoken again where the process died of something."""
        for _ in range(MOST_DEATHS):
            if self._process.deaths > MOST_DEATHS:
                break
            with suppress(DiedError):
                spoken: tuple[bytes, int] = self._process.run(speaking.speak, utterance, voice)
                self._process.deaths = 0
                return spoken
        raise EngineError(
            msg("A speaking process died (out of memory, or killed)."),
            msg("What was spoken is kept: run again, with a lower --jobs."),
        )
