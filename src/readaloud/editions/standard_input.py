"""Standard input as an article, or as lines: UTF-8, whatever the locale says."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Text

MARK = "-"
"""What stands for standard input among the names of sources."""


def with_standard_input(names: Sequence[str], called: str) -> list[str | Text]:
    """The names, with the text of standard input in the place of its mark.

    Args:
        names: what to read.
        called: what the text is called: ``news``, or ``news.md``, which is read as that.

    Raises:
        UnreadableSourceError: it is closed, or not UTF-8.
    """
    if MARK not in names:
        return list(names)
    text = _read_text(called)
    return [text if name == MARK else name for name in dict.fromkeys(names)]


def read_lines() -> Iterator[str]:
    """The lines of standard input, as they come.

    Raises:
        UnreadableSourceError: it is closed, or a line is not UTF-8.
    """
    for number, line in enumerate(_open(), 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise _no_utf8(number) from error


def _read_text(called: str) -> Text:
    from readaloud.sources.readers import known_suffixes

    data = _open().read()
    path = Path(called)
    suffix = path.suffix.lower()
    name = path.stem if suffix in known_suffixes() else called
    try:
        return Text(data.decode("utf-8-sig"), name, suffix if name != called else ".txt")
    except UnicodeDecodeError as error:
        raise _no_utf8(data.count(b"\n", 0, error.start) + 1) from error


def _open() -> BinaryIO:
    if sys.stdin is None:
        raise UnreadableSourceError(
            msg("Standard input is closed."), msg("Give the text as an argument.")
        )
    return sys.stdin.buffer


def _no_utf8(line: int) -> UnreadableSourceError:
    return UnreadableSourceError(
        msg("Line {number} of standard input is not UTF-8.", number=line),
        msg("Convert it, with iconv."),
    )
