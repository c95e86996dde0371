"""Where the editions of a run are finished: here, or in processes where they are many and short.

Joining and measuring a short edition holds Python's lock for most of its time, so the threads of
one process keep few cores busy. Each process costs half a second and 80 MB, which few editions
don't pay for; a long one keeps the cores busy from here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from readaloud.audio.ahead import usable_cores
from readaloud.config.run_options import Options
from readaloud.editions.finished_files import Named, produce
from readaloud.errors import EngineError
from readaloud.model import Narration
from readaloud.speech.child_process import ChildProcess, DiedError
from readaloud.speech.edition_clips import Clips

FEW = 12
"""Editions of a run that are all finished here."""
MOST_UTTERANCES = 60
"""Of an edition that is finished in a process; a run that is stopped waits for it."""


class Finishing(AbstractContextManager["Finishing"]):
    """As many editions at a time as there are cores; its processes end with it."""

    def __init__(self) -> None:
        self._room = threading.Semaphore(usable_cores())
        self._lock = threading.Lock()
        self._processes: list[ChildProcess] = []
        self._free: list[ChildProcess] = []
        self._taken = 0

    def finish(
        self,
        clips: Clips,
        named: Named,
        options: Options,
        folder: Path,
        on_stage: Callable[[str], None],
    ) -> tuple[Narration, list[Path]]:
        """See ``produce``; the stages in a process are told of as one."""
        with self._room:
            process = self._take(clips)
            if process is not None:
                try:
                    made: tuple[Narration, list[Path]] = process.run(
                        produce, clips, named, options, folder
                    )
                    return made
                except (DiedError, EngineError):
                    pass  # it was killed, or none can be started
                finally:
                    with self._lock:
                        self._free.append(process)
            return produce(clips, named, options, folder, on_stage)

    def _take(self, clips: Clips) -> ChildProcess | None:
        """A process that has nothing to do, once there were a few editions; none for a long one."""
        with self._lock:
            self._taken += 1
            if self._taken <= FEW or len(clips.keys) > MOST_UTTERANCES:
                return None
            if not self._free:
                self._processes.append(ChildProcess())
                return self._processes[-1]
            return self._free.pop()

    def __exit__(self, *_: object) -> None:
        """End all processes, whatever they are at."""
        with self._lock:
            for process in self._processes:
                process.kill()
