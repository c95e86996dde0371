"""What a person or another program sees of a run while it goes on: bars, lines, a log."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from readaloud.cli.outcomes_and_exit_codes import closing_line, log_object
from readaloud.cli.pace import Pace
from readaloud.cli.terminal import clock, is_plain, left_out, one_line, open_console, say
from readaloud.editions.observer import EditionObserver, Observer, Quiet, QuietEdition
from readaloud.errors import OutputError, msg, msg_count, system_reason
from readaloud.model import Outcome, Script, Utterance

SECONDS_BETWEEN = 10
"""Lines of how far an edition is; a screen reader reads each of them out."""


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
    elif not is_plain(sys.stderr):
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
    """Progress for ears and logs: a line where a stage ends and the next begins.

    While an edition is spoken, a line says how far it is, none within ten seconds of another.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """``clock`` gives seconds."""
        self.clock = clock
        self._lock = threading.Lock()
        self._told_at = clock()

    def begin(self, source: str) -> EditionObserver:
        """Lines of one edition."""
        return _EditionLines(source, self)

    def is_time(self) -> bool:
        """Whether the last line on how far something is was long enough ago; this is one then."""
        with self._lock:
            now = self.clock()
            if now - self._told_at < SECONDS_BETWEEN:
                return False
            self._told_at = now
            return True


class _EditionLines(QuietEdition):
    def __init__(self, source: str, lines: PlainLines) -> None:
        self._source, self._lines = source, lines
        self._pace = Pace(lines.clock)

    def planned(self, script: Script) -> None:
        self._pace.plan(sum(len(each.spoken) for each in script.utterances))
        say(
            msg_count(
                "{source}: {count} utterance, {gone}. Speaking.",
                "{source}: {count} utterances, {gone}. Speaking.",
                len(script.utterances),
                source=self._source,
                gone=left_out(len(script.article.removed), script.unspoken),
            )
        )

    def spoke(self, utterance: Utterance, duration_ms: int, cached: bool) -> None:
        self._pace.hear(len(utterance.spoken), duration_ms, cached=cached)
        if self._pace.share is not None and self._lines.is_time():
            say(msg("{source}: {told}", source=self._source, told=how_far(self._pace)))

    def stage(self, name: str) -> None:
        """What has ended and what begins, by the name of the stage that begins."""
        audio = clock(self._pace.audio_ms)
        lines = {
            "join": msg(
                "{source}: spoken, {audio} of audio. Joining.", source=self._source, audio=audio
            ),
            "master": msg("{source}: joined. Adjusting the loudness.", source=self._source),
            "write": msg("{source}: loudness adjusted. Writing the files.", source=self._source),
        }
        if name in lines:
            say(lines[name])

    def ended(self, outcome: Outcome) -> None:
        say(closing_line(outcome))


def how_far(pace: Pace) -> str:
    """The share that is done, the audio made, the speed and the time left, as far as known."""
    told = msg(
        "{percent} % done, {audio} of audio",
        percent=int(100 * (pace.share or 0)),
        audio=clock(pace.audio_ms),
    )
    if pace.speed is None or pace.left_s is None:
        return told
    return msg(
        "{told}, {speed:.1f}× real time, {left} left",
        told=told,
        speed=pace.speed,
        left=clock(round(pace.left_s) * 1000),
    )


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
