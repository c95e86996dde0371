"""Where words go: a person's terminal, a log, a program that reads JSON."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from readaloud.cli.translation import shown
from readaloud.cli.visible import visible_json
from readaloud.errors import Several, msg, msg_count

if TYPE_CHECKING:
    from rich.console import Console

_NO_WRAP = 1_000_000
_plain_asked = False


def be_plain(asked: bool) -> None:
    """Whether this run was asked for lines of text alone."""
    global _plain_asked  # noqa: PLW0603 - a process has one person before it
    _plain_asked = asked


def is_plain(stream: TextIO) -> bool:
    """Whether a stream gets lines of text alone: no bars, no boxes, no colours."""
    return _plain_asked or os.environ.get("TERM") == "dumb" or not stream.isatty()


def clock(milliseconds: int) -> str:
    """Length as h:mm:ss or m:ss."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def left_out(removed: int, unspoken: int) -> Several:
    """How many lines and characters of an article are not spoken."""
    told = [msg_count("{count} line removed", "{count} lines removed", removed)]
    if unspoken:
        told.append(
            msg_count("{count} character not spoken", "{count} characters not spoken", unspoken)
        )
    return Several(told)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide


def open_console(*, stderr: bool = False) -> Console:
    """A terminal wraps; a file or a pipe gets whole lines."""
    from readaloud.cli.console import SafeConsole

    console = SafeConsole(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = _NO_WRAP
    return console


def say(line: str | Several) -> None:
    """A line on standard error, in the person's language; unread, it stops no work."""
    with suppress(OSError):
        print(shown(line), file=sys.stderr, flush=True)  # noqa: T201


def tell(line: str | Several) -> None:
    """A line on standard output, in the person's language."""
    print(shown(line), flush=True)  # noqa: T201


def tell_fields(fields: Mapping[str, object]) -> None:
    """Names and values, a line each; what has no value is left out."""
    for name, value in fields.items():
        if value not in {None, ""}:
            tell(msg("{name}: {value}", name=name, value=value))


def print_json(value: dict[str, Any]) -> None:
    """One object a line on standard output."""
    print(one_line(value), flush=True)  # noqa: T201


def one_line(value: dict[str, Any]) -> str:
    """An object as one line of JSON."""
    return visible_json(json.dumps(value, ensure_ascii=False))
