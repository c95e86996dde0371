"""The program around the commands: streams, signals, and its own options."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from readaloud.cli.commands import PLAIN_HELP, Command, Program
from readaloud.cli.failures import failures_told
from readaloud.cli.terminal import be_plain, tell
from readaloud.cli.translation import LANGUAGES
from readaloud.errors import msg

app = typer.Typer(
    name="readaloud",
    cls=Program,
    help="Turn Chinese articles into accessible audio editions.",
    no_args_is_help=True,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 all is well; 1 a check found a problem, or sources failed for different "
    "reasons; 2 wrong usage or settings; 3 a source can't be read; 4 the voice failed; 5 the "
    "result can't be written; 6 an optional part is missing; 130 stopped.",
)


def add_command(function: Callable[..., None], cls: type[Command] = Command) -> None:
    """Make a function a command of the program."""
    app.command(cls=cls)(function)


def main() -> None:
    """Run the command line."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, _stop_once)
    _open_streams()
    with failures_told():  # of completion, and of what stands before and after a command
        app()


def _stop_once(*_: object) -> NoReturn:
    """The first signal stops the run; more of them would break the tidying up."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    raise KeyboardInterrupt


def _open_streams() -> None:
    """A closed stream is one that nobody reads; one that is no terminal speaks UTF-8.

    The name of a file may be no text in any encoding: its odd bytes are shown as escapes, which
    JSON understands.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        else:
            stream.reconfigure(errors="replace")


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help=PLAIN_HELP)] = False,
    lang: Annotated[  # noqa: ARG001 - taken by Program, wherever it stands
        str | None,
        typer.Option(
            metavar="|".join(LANGUAGES),
            help="The language of messages and help. It may follow any command.",
        ),
    ] = None,
) -> None:
    be_plain(plain)
    if version:
        from readaloud.model.version import __version__

        tell(msg("readaloud {version}", version=__version__))
        raise typer.Exit
