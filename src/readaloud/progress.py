"""What a person or another program sees of a run: progress, notices, closing lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from readaloud.errors import ReadaloudError
from readaloud.models import Script
from readaloud.observing import Edition, Observer, Outcome, Quiet
from readaloud.terminal import clock, open_console, print_json, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def open_observer(*, quiet: bool, json: bool) -> Iterator[Observer]:
    """A live bar where a person watches standard error, plain lines elsewhere."""
    if quiet:
        yield Quiet()
    elif json:
        yield NoticesOnly()
    elif sys.stderr.isatty():
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total} {task.fields[speed]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=open_console(stderr=True), transient=True) as progress:
            yield LiveBar(progress)
    else:
        yield PlainLines()


class NoticesOnly(Quiet):
    """For a program that reads standard output: what a person has to know goes beside it."""

    def notice(self, text: str) -> None:
        """Say it on standard error."""
        say(text)


class PlainLines(NoticesOnly):
    """Progress for logs: a line when an edition begins and one when it is done."""

    def planned(self, source: str, script: Script) -> None:
        """Say what is about to be spoken."""
        say(f"{source}: {len(script.utterances)} utterances, {_removed(script)} lines removed")

    def ended(self, outcome: Outcome) -> None:
        """Close with the edition's line, or the error's."""
        say(_closing_line(outcome))


class LiveBar:
    """One bar an edition: utterances done, speed against real time, time left."""

    def __init__(self, progress: Progress) -> None:
        """``progress`` is open while the run goes on."""
        self._progress = progress
        self._task: TaskID | None = None
        self._name = ""
        self._spoken_ms = 0

    def planned(self, source: str, script: Script) -> None:
        """Open a bar."""
        self._name = source if len(source) <= 40 else "…" + source[-39:]
        self._spoken_ms = 0
        total = len(script.utterances)
        self._task = self._progress.add_task(self._name, total=total, speed="")

    def spoke(self, duration_ms: int, cached: bool) -> None:
        """Move the bar; clips from the cache don't count as speed."""
        if self._task is None:
            return
        self._spoken_ms += 0 if cached else duration_ms
        elapsed = self._progress.tasks[-1].elapsed
        speed = f"{self._spoken_ms / 1000 / elapsed:.1f}×" if elapsed and self._spoken_ms else ""
        self._progress.update(self._task, advance=1, speed=speed)

    def stage(self, name: str) -> None:
        """Name the stage beside the bar."""
        if self._task is not None:
            self._progress.update(self._task, description=f"{self._name} · {name}")

    def notice(self, text: str) -> None:
        """Put it above the bar."""
        self._progress.console.print(text, highlight=False, markup=False, soft_wrap=True)

    def ended(self, outcome: Outcome) -> None:
        """Put the closing line above, and take the bar away."""
        if self._task is not None:
            self._progress.remove_task(self._task)
            self._task = None
        line = _closing_line(outcome)
        self._progress.console.print(line, highlight=False, markup=False, soft_wrap=True)


def close_run(outcomes: Sequence[Outcome], *, quiet: bool, json: bool) -> int:
    """Print what is left to say, and return the exit code of the run."""
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    if json:
        for outcome in outcomes:
            print_json(_outcome_summary(outcome))
    elif quiet:
        for outcome in failed:
            say(_closing_line(outcome))
    if not json and len(outcomes) > 1 and (failed or not quiet):
        say(f"{len(outcomes) - len(failed)} editions made, {len(failed)} failed.")
    return exit_code([outcome.error.exit_code if outcome.error else 0 for outcome in outcomes])


def exit_code(codes: Iterable[int]) -> int:
    """0 when all is well, the one reason of all failures, or 1 where reasons differ."""
    reasons = {code for code in codes if code}
    return 0 if not reasons else reasons.pop() if len(reasons) == 1 else 1


def _removed(script: Script) -> int:
    return len(script.article.removed)


def _closing_line(outcome: Outcome) -> str:
    if outcome.edition is None:
        return f"{outcome.source}: Error: {outcome.error}"
    made = outcome.edition
    audio = made.files[0] if made.files else ""
    if outcome.same_as:
        return f"{outcome.source}: the same article as {outcome.same_as}, made once"
    state = "up to date, " if made.fresh else ""
    return (
        f"{audio}  {state}{clock(made.duration_ms)}, {made.chapters} chapters, "
        f"{made.removed} lines removed, {made.loudness.integrated_lufs:.1f} LUFS"
    )


def _outcome_summary(outcome: Outcome) -> dict[str, Any]:
    if outcome.edition is None:
        error = outcome.error or ReadaloudError("unknown")
        return {"source": outcome.source, "error": error.message, "remedy": error.remedy}
    return edition_object(outcome.edition) | {"source": outcome.source, "same_as": outcome.same_as}


def edition_object(made: Edition) -> dict[str, Any]:
    """A finished edition as one JSON object; its keys are documented in the README."""
    return {
        "source": made.source,
        "title": made.title,
        "report": str(made.report) if made.report else None,
        "files": [str(path) for path in made.files],
        "voice": made.voice,
        "duration_ms": made.duration_ms,
        "chapters": made.chapters,
        "utterances": made.utterances,
        "synthesized": made.synthesized,
        "fresh": made.fresh,
        "removed": made.removed,
        "loudness_lufs": round(made.loudness.integrated_lufs, 2),
        "true_peak_dbtp": round(made.loudness.true_peak_dbtp, 2),
    }
