"""What a child process runs: tasks come through its standard input, results leave by its output.

It is a program of its own and not a child of ``multiprocessing``, which would run the main module
of whoever called readaloud again: a script without a ``__main__`` guard would start itself. Both
ends are the same readaloud from the same folders, and nobody else holds the pipe: so what goes
through it is pickled.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import Any, BinaryIO

from readaloud.errors import EngineError, msg

Task = tuple[Callable[..., object], tuple[object, ...]]
Result = tuple[bool, Any]
"""Whether it went well, and what it gave or raised."""


def main() -> None:
    """Do one task after another until the other end lets go, or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the other end's to handle
    incoming, results = _take_streams()
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_receive, args=(incoming, tasks), daemon=True).start()
    try:
        while True:
            results.write(_packed(_do(*tasks.get())))
            results.flush()
    finally:  # an orderly end would wait for ever to close what is being read
        os._exit(1)


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output, for tasks and results alone.

    What libraries print goes where errors go. A process that a library forks closes its standard
    input, and would wait for ever for the one that is being read here; and if it held the pipe of
    results, nobody would see that this process has died.
    """
    incoming, results = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        os.dup2(2, 1)
    except OSError:  # nobody reads errors
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if hasattr(os, "register_at_fork"):
        for descriptor in (incoming, results):
            os.register_at_fork(after_in_child=partial(os.close, descriptor))
    return os.fdopen(incoming, "rb"), os.fdopen(results, "wb")


def _receive(stream: BinaryIO, tasks: SimpleQueue[Task]) -> None:
    """Pass tasks on; at their end this process ends too, whatever it is at."""
    with suppress(Exception):
        while True:
            tasks.put(pickle.load(stream))  # noqa: S301
    os._exit(0)


def _do(task: Callable[..., object], arguments: tuple[object, ...]) -> Result:
    try:
        return True, task(*arguments)
    except Exception as error:
        return False, error


def _packed(result: Result) -> bytes:
    """The result as bytes; an error of a library that can't be sent is told of in words."""
    with suppress(Exception):
        packed = pickle.dumps(result)
        if result[0] or pickle.loads(packed):  # noqa: S301 - packed in the line above
            return packed
    kind, said = type(result[1]).__name__, str(result[1])
    return pickle.dumps((False, EngineError(msg("{kind}: {error}", kind=kind, error=said))))


if __name__ == "__main__":
    main()
