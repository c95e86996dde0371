"""What a person or another program sees of a run while it goes on: bars, lines, a log."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readaloud.cli.outcomes_and_exit_codes import closing_line, log_object
from readaloud.cli.terminal import left_out, one_line, open_console, say
from readaloud.editions.observer import EditionObserver, Observer, Quiet, QuietEdition
from readaloud.errors import OutputError, msg, msg_count, system_reason
from readaloud.model import Outcome, Script


@contextmanager
def open_observer(*, quiet: bool, json: bool, log: Path | None = None) -> Iterator[Observer]:
    """A live bar where a person watches standard error, plain lines elsewhere; and the log.

    Raises:
        OutputError: the log can't be written.
    """
    with _open_display(quiet=quiet, json=json) as display:
        if log is None:
            yield display
            return
        try:
            descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        except OSError as error:
            raise OutputError(
                msg(
                    "The log {log} can't be written: {reason}.",
                    log=log,
                    reason=system_reason(error),
                ),
                msg("Check --log-json."),
            ) from error
        try:
            yield Logged(display, descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _open_display(*, quiet: bool, json: bool) -> Iterator[Observer]:
    if quiet:
        yield Quiet()
    elif json:
        yield NoticesOnly()
    elif sys.stderr.isatty():
        from readaloud.cli.live_bar import open_bars

        with open_bars(open_console(stderr=True)) as bars:
            yield bars
    else:
        yield PlainLines()


class NoticesOnly(Quiet):
    """For a program that reads standard output: what a person has to know goes beside it."""

    def notice(self, text: str) -> None:
        """Say it on standard error."""
        say(text)


class PlainLines(NoticesOnly):
    """Progress for logs: a line when an edition has been planned and one when it is done."""

    def begin(self, source: str) -> EditionObserver:
        """Lines of one edition."""
        return _EditionLines(source)


class _EditionLines(QuietEdition):
    def __init__(self, source: str) -> None:
        self._source = source

    def planned(self, script: Script) -> None:
        say(
            msg_count(
                "{source}: {count} utterance, {gone}",
                "{source}: {count} utterances, {gone}",
                len(script.utterances),
                source=self._source,
                gone=left_out(len(script.article.removed), script.unspoken),
            )
        )

    def ended(self, outcome: Outcome) -> None:
        say(closing_line(outcome))


class Logged:
    """Another observer, and a line of JSON on a file for each source that ends.

    A line is one write to the end of the file: whoever kills the run finds whole lines.
    """

    def __init__(self, shown: Observer, descriptor: int) -> None:
        """``descriptor`` is open for appending."""
        self._shown, self._descriptor = shown, descriptor

    def begin(self, source: str) -> EditionObserver:
        """The other observer's, with a line at its end."""
        return _LoggedEdition(self._shown.begin(source), self._descriptor)

    def notice(self, text: str) -> None:
        """Pass it on."""
        self._shown.notice(text)


class _LoggedEdition:
    def __init__(self, shown: EditionObserver, descriptor: int) -> None:
        self._descriptor, self._shown = descriptor, shown
        self.planned, self.spoke, self.stage = shown.planned, shown.spoke, shown.stage

    def ended(self, outcome: Outcome) -> None:
        os.write(self._descriptor, (one_line(log_object(outcome)) + "\n").encode())
        self._shown.ended(outcome)
