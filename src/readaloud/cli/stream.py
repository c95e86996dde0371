"""``--stream``: where the sound goes while it is made, a pipe or a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from readaloud.errors import ConfigError, OutputError, msg, system_reason

if TYPE_CHECKING:
    from readaloud.editions.heard_live import LiveSound

MARK = "-"
"""What stands for standard output."""


@contextmanager
def open_live(
    stream: str | None, *, json: bool, fallback: str | None
) -> Iterator[LiveSound | None]:
    """The sound of a run, written while it is made; waited for at the end, if all went well.

    Raises:
        ConfigError: it can't go where it should, or not together with another option.
        OutputError: it can't be written.
    """
    if stream is None:
        yield None
        return
    _check(stream, json=json, fallback=fallback)
    from readaloud.editions.heard_live import heard_live

    with _open(stream) as file, heard_live(file) as live:
        yield live


def _check(stream: str, *, json: bool, fallback: str | None) -> None:
    if fallback is not None:
        raise ConfigError(
            msg("--stream and --fallback don't go together: what was heard can't be taken back."),
            msg("Leave one of them out."),
        )
    if stream == MARK and json:
        raise ConfigError(
            msg("--stream - and --json would both write to standard output."),
            msg("Write one of them to a file: --stream FILE, or --log-json FILE."),
        )
    if stream == MARK and (sys.stdout is None or sys.stdout.isatty()):
        raise ConfigError(
            msg("--stream - writes sound, and no program reads it."),
            msg("Pipe it into a player, for example: | ffplay -nodisp -autoexit -"),
        )


def _open(stream: str) -> BinaryIO:
    """Unbuffered: each sentence leaves when it is there."""
    try:
        if stream == MARK:
            return os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
        return Path(stream).open("wb", buffering=0)
    except OSError as error:
        raise OutputError(
            msg("{path} can't be written: {reason}.", path=stream, reason=system_reason(error)),
            msg("Check --stream."),
        ) from error
