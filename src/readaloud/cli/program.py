"""The program around the commands: streams, signals, and the only handler of errors."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from readaloud.cli.help_page import Command, Program
from readaloud.cli.terminal import tell
from readaloud.cli.translation import LANGUAGES, shown
from readaloud.errors import OutputError, ReadaloudError, msg, system_reason

app = typer.Typer(
    name="readaloud",
    cls=Program,
    help="Turn Chinese articles into accessible audio editions.",
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 all is well; 1 a check found a problem, or sources failed for different "
    "reasons; 2 wrong usage or settings; 3 a source can't be read; 4 the voice failed; 5 the "
    "result can't be written; 6 an optional part is missing; 130 stopped.",
)

_STOPPED = msg("Stopped. Everything spoken so far is kept: run again to continue.")


def add_command(function: Callable[..., None], cls: type[Command] = Command) -> None:
    """Make a function a command of the program, its errors handled."""
    app.command(cls=cls)(_guarded(function))


def main() -> None:
    """Run the command line."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, _stop_once)
    _open_streams()
    try:
        app()
    except KeyboardInterrupt:  # before or after a command's own work
        typer.echo(shown(_STOPPED), err=True)
        sys.exit(130)


def _stop_once(*_: object) -> NoReturn:
    """The first signal stops the run; more of them would break the tidying up."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    raise KeyboardInterrupt


def _open_streams() -> None:
    """A closed stream is one that nobody reads; one that is no terminal speaks UTF-8."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif not stream.isatty():
            stream.reconfigure(encoding="utf-8")
        else:
            stream.reconfigure(errors="replace")


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    lang: Annotated[  # noqa: ARG001 - taken by Program, wherever it stands
        str | None,
        typer.Option(
            metavar="|".join(LANGUAGES),
            help="The language of messages and help. It may follow any command.",
        ),
    ] = None,
) -> None:
    if version:
        from readaloud.model.version import __version__

        tell(msg("readaloud {version}", version=__version__))
        raise typer.Exit


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """The only handler of errors: a line on standard error and the error's exit code."""

    @functools.wraps(command)
    def guarded(*args: Any, **flags: Any) -> None:
        try:
            command(*args, **flags)
        except ReadaloudError as error:
            _fail(msg("Error: {error}", error=error), error.exit_code)
        except KeyboardInterrupt:
            _fail(_STOPPED, 130)
        except BrokenPipeError:  # the reader of a pipe has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            failed = msg("The output can't be written: {reason}.", reason=system_reason(error))
            _fail(msg("Error: {error}", error=failed), OutputError.exit_code)

    return guarded


def _fail(line: str, code: int) -> NoReturn:
    typer.echo(shown(line), err=True)
    raise typer.Exit(code)
