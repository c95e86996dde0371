"""Standard input as an article, or as lines: UTF-8, whatever the locale says."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from readaloud.errors import ConfigError, Several, UnreadableSourceError, msg
from readaloud.model import Text

MARK = "-"
"""What stands for standard input among the names of sources."""
_TYPES = {"text": ".txt", "markdown": ".md", "html": ".html"}


@dataclass(frozen=True, slots=True)
class Piped:
    """What the user says of standard input."""

    name: str | None = None
    """``news``, or ``news.md``, which is read as that."""
    kind: str | None = None
    """``text``, ``markdown`` or ``html``."""
    address: str | None = None
    """Where on the web it stands."""


def with_standard_input(names: Sequence[str], piped: Piped) -> list[str | Text]:
    """The names, with the text of standard input in the place of its mark.

    Args:
        names: what to read.
        piped: what is said of the text.

    Raises:
        ConfigError: it has no such type, or no such address; or there is no mark for them.
        UnreadableSourceError: it is closed, or not UTF-8.
    """
    if MARK not in names:
        if piped.kind is not None or piped.address is not None:
            raise ConfigError(
                msg("--type and --url are said of standard input, which is not read here."),
                msg("Put - among the articles."),
            )
        return list(names)
    text = _described(piped)
    data = _open().read()
    try:
        text = Text(data.decode("utf-8-sig"), text.name, text.suffix, text.address)
    except UnicodeDecodeError as error:
        raise _no_utf8(data.count(b"\n", 0, error.start) + 1) from error
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


def _described(piped: Piped) -> Text:
    """A text without words: its name, how it is read, its address."""
    from readaloud.sources.fetch import is_address, name_of
    from readaloud.sources.readers import known_suffixes

    if piped.address is not None and not is_address(piped.address):
        raise ConfigError(
            msg("“{address}” is no address of the web.", address=piped.address),
            msg("Write it whole: --url https://example.com/news."),
        )
    if piped.kind is not None and piped.kind not in _TYPES:
        raise ConfigError(
            msg("Standard input can't be of the type “{kind}”.", kind=piped.kind),
            msg("Choose one of {known}.", known=Several(_TYPES)),
        )
    called = piped.name or (name_of(piped.address) if piped.address else "") or "stdin"
    suffix = Path(called).suffix.lower() if piped.name else ""
    is_known = suffix in known_suffixes()
    name = Path(called).stem if is_known else called
    told = _TYPES[piped.kind] if piped.kind else suffix if is_known else ".txt"
    return Text("", name, told, piped.address or "")


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
