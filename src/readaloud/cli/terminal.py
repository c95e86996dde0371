"""Where words go: a person's terminal, a log, a program that reads JSON."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

from readaloud.cli.translation import shown
from readaloud.errors import Several, msg_count

if TYPE_CHECKING:
    from rich.console import Console

_NO_WRAP = 1_000_000


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
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = _NO_WRAP
    return console


def say(line: str | Several) -> None:
    """A line on standard error, in the person's language."""
    print(shown(line), file=sys.stderr, flush=True)  # noqa: T201


def tell(line: str | Several) -> None:
    """A line on standard output, in the person's language."""
    print(shown(line), flush=True)  # noqa: T201


def print_json(value: dict[str, Any]) -> None:
    """One object a line on standard output."""
    print(one_line(value), flush=True)  # noqa: T201


def one_line(value: dict[str, Any]) -> str:
    """An object as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)
