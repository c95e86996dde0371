"""One run at a time, where two would be in each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readaloud.errors import Message, OutputError, msg


@contextmanager
def only_run(marker: Path, taken: Message) -> Iterator[None]:
    """Hold a file while the body runs; it is free again when this process ends, however it does.

    Where files can't be held (Windows, some shares, a folder that can't be written), two runs may
    go on at once.

    Raises:
        OutputError: another process holds it, which ``taken`` says.
    """
    try:
        import fcntl

        file = marker.open("a")
    except (ImportError, OSError):
        yield
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(taken, msg("Wait until it has ended, and run again.")) from error
        except OSError:  # no locks here
            pass
        yield
