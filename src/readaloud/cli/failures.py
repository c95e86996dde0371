"""How a run ends that can't go on: the only handler of errors, and the streams it leaves behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from readaloud.cli.terminal import say
from readaloud.errors import OutputError, ReadaloudError, msg, system_reason

STOPPED = msg("Stopped. Everything spoken so far is kept: run again to continue.")
STOPPED_CODE = 130


@contextmanager
def failures_told() -> Iterator[None]:
    """Errors become a line on standard error and their exit code; what is printed gets out.

    A reader of standard output that has seen enough ends the run quietly, as success; a full disk
    behind it is an error.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except ReadaloudError as error:
        _end(msg("Error: {error}", error=error), error.exit_code)
    except KeyboardInterrupt:
        _end(STOPPED, STOPPED_CODE)
    except BrokenPipeError:
        _end(None, 0)
    except OSError as error:
        failed = msg("The output can't be written: {reason}.", reason=system_reason(error))
        _end(msg("Error: {error}", error=failed), OutputError.exit_code)


def _end(line: str | None, code: int) -> NoReturn:
    """Leave, with a last word for whoever can still read it."""
    if line is not None:
        say(line)
    for stream in (sys.stdout, sys.stderr):
        _let_go(stream)
    sys.exit(code)


def _let_go(stream: TextIO) -> None:
    """See that what can't be written any more does not trouble Python when it ends."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
