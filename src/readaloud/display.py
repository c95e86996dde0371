"""What a person or another program sees of a run: progress, plans, tables, closing lines."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from readaloud.errors import ReadaloudError
from readaloud.models import Removal, Script, Utterance, Voice
from readaloud.observing import Quiet

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from readaloud.checking import Checked
    from readaloud.observing import Edition, Observer, Outcome, Planned


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
        with Progress(*columns, console=_console(stderr=True), transient=True) as progress:
            yield LiveBar(progress)
    else:
        yield PlainLines()


class NoticesOnly(Quiet):
    """For a program that reads standard output: what a person has to know goes beside it."""

    def notice(self, text: str) -> None:
        """Say it on standard error."""
        _say(text)


class PlainLines(NoticesOnly):
    """Progress for logs: a line when an edition begins and one when it is done."""

    def planned(self, source: str, script: Script) -> None:
        """Say what is about to be spoken."""
        _say(f"{source}: {len(script.utterances)} utterances, {_removed(script)} lines removed")

    def ended(self, outcome: Outcome) -> None:
        """Close with the edition's line, or the error's."""
        _say(_closing_line(outcome))


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
            _print_json(_outcome_summary(outcome))
    elif quiet:
        for outcome in failed:
            _say(_closing_line(outcome))
    if not json and len(outcomes) > 1 and (failed or not quiet):
        _say(f"{len(outcomes) - len(failed)} editions made, {len(failed)} failed.")
    return exit_code([outcome.error.exit_code if outcome.error else 0 for outcome in outcomes])


def exit_code(codes: Iterable[int]) -> int:
    """0 when all is well, the one reason of all failures, or 1 where reasons differ."""
    reasons = {code for code in codes if code}
    return 0 if not reasons else reasons.pop() if len(reasons) == 1 else 1


def show_plan(planned: Planned, *, json: bool) -> int:
    """Print what would be spoken of one source; return its exit code."""
    if planned.script is None or planned.error is not None:
        error = planned.error or ReadaloudError("nothing was planned")
        if json:
            _print_json({"source": planned.source, "error": error.message, "remedy": error.remedy})
        _say(f"{planned.source}: Error: {error}")
        return error.exit_code
    if json:
        _print_json(plan_object(planned.source, planned.script, planned.estimated_ms))
    else:
        _draw_plan(planned.source, planned.script, planned.estimated_ms)
    return 0


def plan_object(source: str, script: Script, estimated_ms: int) -> dict[str, Any]:
    """The plan as one JSON object; its keys are documented in the README."""
    article = script.article
    return {
        "source": source,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title.text if chapter.title else None,
                "utterances": [
                    {"id": item.id, "text": item.text, "spoken": item.spoken}
                    for item in script.utterances
                    if item.chapter_id == chapter.id
                ],
            }
            for chapter in article.chapters
        ],
        "removed": [
            {"line": gone.line, "text": gone.text, "reason": gone.reason} for gone in _gone(script)
        ],
        "estimated_ms": estimated_ms,
    }


def show_voices(voices: Sequence[Voice], *, json: bool) -> None:
    """Print the voices as a table, or one JSON object a line."""
    if json:
        for voice in voices:
            _print_json(
                {
                    "name": voice.name,
                    "engine": voice.engine,
                    "engine_voice": voice.engine_voice,
                    "locale": voice.locale,
                    "gender": voice.gender,
                    "rate": voice.prosody.rate,
                    "description": voice.description,
                }
            )
        return
    from rich.table import Table

    table = Table("voice", "engine", "locale", "gender", "rate", "description", box=None)
    for voice in voices:
        rate = f"{voice.prosody.rate:g}"
        cells = (voice.name, voice.engine, voice.locale, voice.gender, rate, voice.description)
        table.add_row(*cells)
    _console().print(table)


def show_check(checked: Checked, *, json: bool) -> int:
    """Print what is wrong with an edition, a line each; return 1 if anything is."""
    if json:
        _print_json(check_object(checked))
        return int(bool(checked.problems))
    for problem in checked.problems:
        print(f"{checked.file}: {problem}")  # noqa: T201
    hearing = checked.hearing
    heard = ""
    if hearing is not None:
        heard = (
            f", {hearing.errors} of {hearing.syllables} syllables heard differently "
            f"({hearing.error_rate:.1%})"
        )
    if heard or not checked.problems:
        verdict = "not sound" if checked.problems else "sound"
        print(f"{checked.file}: {verdict}{heard}")  # noqa: T201
    return int(bool(checked.problems))


def check_object(checked: Checked) -> dict[str, Any]:
    """What a check found as one JSON object; its keys are documented in the README."""
    shown: dict[str, Any] = {"file": checked.file, "problems": list(checked.problems)}
    if checked.hearing is not None:
        shown["syllables"] = checked.hearing.syllables
        shown["errors"] = checked.hearing.errors
        shown["utterances"] = [
            {**asdict(item), "sounds_wrong": item.sounds_wrong}
            for item in checked.hearing.utterances
        ]
    return shown


def show_pronunciation(utterance: Utterance, *, json: bool) -> None:
    """Print what will be said: the spoken form, and its pinyin."""
    pinyin = [reading for reading in utterance.readings if reading]
    if json:
        _print_json({"text": utterance.text, "spoken": utterance.spoken, "pinyin": pinyin})
        return
    print(utterance.spoken)  # noqa: T201
    print(_interleave(utterance))  # noqa: T201


def _interleave(utterance: Utterance) -> str:
    """Pinyin for each Chinese character; the rest of the text stands as it is."""
    parts: list[str] = []
    for character, reading in zip(utterance.spoken, utterance.readings, strict=True):
        if reading:
            parts.append(f" {reading} ")
        else:
            parts.append(character)
    return " ".join("".join(parts).split())


def _draw_plan(source: str, script: Script, estimated_ms: int) -> None:
    """Chapters as a tree, then the removed lines, dim, with their reasons."""
    from rich.text import Text
    from rich.tree import Tree

    console = _console()
    article = script.article
    head = f"{article.title or source}  ~{_clock(estimated_ms)}"
    tree = Tree(Text(head, style="bold"))
    if article.byline:
        tree.add(Text(f"byline: {article.byline}"))
    for number, chapter in enumerate(article.chapters, 1):
        name = chapter.title.text if chapter.title else f"{number}"
        branch = tree.add(Text(f"{chapter.id} {name}", style="bold cyan"))
        for item in script.utterances:
            if item.chapter_id == chapter.id:
                branch.add(_utterance_line(item))
    console.print(tree)
    gone = _gone(script)
    console.print(Text(f"{len(gone)} removed"), soft_wrap=True)
    for removal in gone:
        line = f"  {removal.line}: {removal.text}  ({removal.reason})"
        console.print(Text(line, style="dim"), soft_wrap=True)


def _utterance_line(utterance: Utterance) -> Any:
    from rich.text import Text

    line = Text(f"{utterance.id} {utterance.text}")
    if utterance.spoken != utterance.text:
        line.append(f"\n      → {utterance.spoken}", style="green")
    return line


def _gone(script: Script) -> list[Removal]:
    """All that is not spoken, by line."""
    return sorted((*script.article.removed, *script.skipped), key=lambda gone: gone.line)


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
        f"{audio}  {state}{_clock(made.duration_ms)}, {made.chapters} chapters, "
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


def _clock(milliseconds: int) -> str:
    """Length as h:mm:ss or m:ss."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _console(*, stderr: bool = False) -> Any:
    """A terminal wraps; a file or a pipe gets whole lines."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = _NO_WRAP
    return console


_NO_WRAP = 1_000_000


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _print_json(value: dict[str, Any]) -> None:
    print(jsonlib.dumps(value, ensure_ascii=False), flush=True)  # noqa: T201
