"""Writes into files that a person may have written, and may go on writing."""

from __future__ import annotations

from pathlib import Path

from readaloud.errors import OutputError, msg, system_reason
from readaloud.files.atomic import write_whole


def write_users_file(path: Path, text: str) -> None:
    """Put a text in place of what is in the file; anybody may read it.

    Raises:
        OutputError: it can't be written.
    """
    try:
        write_whole(path, text.encode("utf-8", "replace"), mode=0o644)
    except OSError as error:
        raise OutputError(
            msg("{path} can't be written: {reason}.", path=path, reason=system_reason(error)),
            msg("Check that you are allowed to write there."),
        ) from error
