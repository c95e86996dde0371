"""Progress at a terminal: a bar for each of a few editions, and a line for the whole of a run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text

from readaloud.cli.outcomes_and_exit_codes import closing_line
from readaloud.cli.pace import Pace
from readaloud.cli.terminal import clock
from readaloud.cli.translation import shown
from readaloud.editions.observer import EditionObserver
from readaloud.errors import Several, msg
from readaloud.model import Outcome, Script, Utterance

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

MOST_BARS = 6
"""Editions that are drawn at once; more of them would not be read."""
_NAME = 40


@contextmanager
def open_bars(console: Console) -> Iterator[LiveBars]:
    """Bars that are gone when the run is over."""
    columns = (
        TextColumn("{task.description}"),
        _Bar(),
        TextColumn("{task.fields[told]}"),
        _TimeLeft(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield LiveBars(progress)


class _Bar(BarColumn):
    def render(self, task: Task) -> RenderableType:  # type: ignore[override]
        return super().render(task) if task.fields["bar"] else ""


class _TimeLeft(ProgressColumn):
    """Counts down between utterances."""

    def render(self, task: Task) -> Text:
        pace: Pace | None = task.fields["pace"]
        left_s = pace.left_s if pace is not None else None
        if left_s is None or task.finished:
            return Text()
        return Text(shown(msg("{time} left", time=clock(round(left_s) * 1000))))


class LiveBars:
    """A bar an edition; from the second edition on, a line that counts them all."""

    def __init__(self, progress: Progress) -> None:
        """``progress`` is open while the run goes on."""
        self.progress = progress
        self.bars = 0
        self._lock = threading.Lock()
        self._line = progress.add_task("", visible=False, bar=False, told="", pace=None)
        self._began = monotonic()
        self._begun = self._ended = self._failed = self._spoken_ms = 0

    def begin(self, source: str) -> EditionObserver:
        """A bar is drawn when there is something to show."""
        self._begun += 1
        return _EditionBar(self, source if len(source) <= _NAME else "…" + source[1 - _NAME :])

    def notice(self, text: str) -> None:
        """Put it above the bars."""
        self.progress.console.print(shown(text), highlight=False, markup=False, soft_wrap=True)

    def count(self, outcome: Outcome, spoken_ms: int) -> None:
        """Put the closing line above, and count the edition."""
        with self._lock:
            self._ended += 1
            self._failed += outcome.error is not None
            self._spoken_ms += spoken_ms
            seconds = monotonic() - self._began
            told = msg(
                "{spoken} spoken, {speed:.1f}×",
                spoken=clock(self._spoken_ms),
                speed=self._spoken_ms / 1000 / seconds,
            )
            line = [msg("{ended:,} of {begun:,} done", ended=self._ended, begun=self._begun)]
            if self._failed:
                line.append(msg("{count:,} failed", count=self._failed))
            self.progress.update(
                self._line,
                description=shown(Several(line)),
                told=shown(told),
                visible=self._begun > 1,
            )
        self.notice(closing_line(outcome))


class _EditionBar:
    """Utterances done, audio made, speed against real time, time left, and the stage."""

    def __init__(self, bars: LiveBars, name: str) -> None:
        self._bars, self._progress, self._name = bars, bars.progress, name
        self._pace = Pace()
        self._task = None if bars.bars >= MOST_BARS else self._draw()
        self._done = 0
        self._total: int | None = None

    def planned(self, script: Script) -> None:
        """The bar has an end now."""
        self._total = len(script.utterances)
        self._pace.plan(sum(len(each.spoken) for each in script.utterances))
        self._show()

    def spoke(self, utterance: Utterance, duration_ms: int, cached: bool) -> None:
        """Move the bar."""
        self._done += 1
        self._pace.hear(len(utterance.spoken), duration_ms, cached=cached)
        self._show()

    def stage(self, name: str) -> None:
        """Name the stage beside the bar."""
        if self._task is not None:
            self._progress.update(self._task, description=f"{self._name} · {shown(name)}")

    def ended(self, outcome: Outcome) -> None:
        """Take the bar away."""
        if self._task is not None:
            self._bars.bars -= 1
            self._progress.remove_task(self._task)
        self._bars.count(outcome, self._pace.spoken_ms)

    def _draw(self) -> TaskID:
        self._bars.bars += 1
        return self._progress.add_task(
            self._name, total=None, visible=False, bar=True, told="", pace=self._pace
        )

    def _show(self) -> None:
        if self._task is None:
            return
        share, speed = self._pace.share, self._pace.speed
        count = f"{self._done}" if self._total is None else f"{self._done}/{self._total}"
        audio = shown(msg("{time} of audio", time=clock(self._pace.audio_ms)))
        told = "  ".join((count, audio, *([f"{speed:.1f}×"] if speed else [])))
        end = None if share is None else 1.0
        self._progress.update(self._task, completed=share, total=end, told=told, visible=True)
