"""What became of the sources: a closing line each, a summary of the run, JSON, the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from readaloud.cli.terminal import clock, left_out, print_json, say
from readaloud.errors import Message, ReadaloudError, Several, msg, msg_count
from readaloud.model import Edition, Outcome, State

_STATES: dict[State, str] = {
    "made": msg("made"),
    "fresh": msg("up to date"),
    "same": msg("the same as another"),
    "failed": msg("failed"),
}


@dataclass
class Tally:
    """What is kept of a run's outcomes, however many there are."""

    states: Counter[State] = field(default_factory=Counter)
    codes: set[int] = field(default_factory=set)
    audio_ms: int = 0
    """Of the editions that were made."""
    began: float = field(default_factory=perf_counter)

    def add(self, outcome: Outcome) -> None:
        """Count one."""
        self.states[outcome.state] += 1
        self.codes.add(outcome.error.exit_code if outcome.error else 0)
        if outcome.edition is not None and outcome.state == "made":
            self.audio_ms += outcome.edition.duration_ms

    def summary(self) -> Message:
        """How many articles came to which end, how much audio was made, and in what time."""
        told = Several(
            msg("{count:,} {state}", count=self.states[state], state=said)
            for state, said in _STATES.items()
            if self.states[state]
        )
        count = self.states.total()
        time = clock(round((perf_counter() - self.began) * 1000))
        if not self.audio_ms:
            return msg_count(
                "{count:,} article: {told}; in {time}.",
                "{count:,} articles: {told}; in {time}.",
                count,
                told=told,
                time=time,
            )
        return msg_count(
            "{count:,} article: {told}; {audio} of audio, made in {time}.",
            "{count:,} articles: {told}; {audio} of audio, made in {time}.",
            count,
            told=told,
            audio=clock(self.audio_ms),
            time=time,
        )


def follow(outcomes: Iterable[Outcome], *, quiet: bool, json: bool) -> Tally:
    """Count outcomes as they come; print them where another program reads, or say what failed."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
        if json:
            print_json(_outcome_summary(outcome))
        elif quiet and outcome.error is not None:
            say(closing_line(outcome))
        elif quiet and outcome.edition is not None:
            for notice in outcome.edition.notices:
                say(notice)
    return tally


def close_run(tally: Tally, *, quiet: bool, json: bool) -> int:
    """Say the summary of several articles, and return the exit code of the run."""
    if not json and tally.states.total() > 1 and (tally.states["failed"] or not quiet):
        say(tally.summary())
    return exit_code(tally.codes)


def exit_code(codes: Iterable[int]) -> int:
    """0 when all is well, the one reason of all failures, or 1 where reasons differ."""
    reasons = {code for code in codes if code}
    return 0 if not reasons else reasons.pop() if len(reasons) == 1 else 1


def show_failure(source: str, error: ReadaloudError, *, json: bool) -> int:
    """Print why one of the sources failed; return its exit code."""
    if json:
        print_json(_failure_object(source, error))
    say(_failure_line(source, error))
    return error.exit_code


def _failure_line(source: str, error: ReadaloudError | None) -> Message:
    return msg("{source}: Error: {error}", source=source, error=error)


def _failure_object(source: str, error: ReadaloudError) -> dict[str, Any]:
    return {"source": source, "error": error.message, "remedy": error.remedy}


def closing_line(outcome: Outcome) -> Message:
    """What became of a source, for a person."""
    if outcome.edition is None:
        return _failure_line(outcome.source, outcome.error)
    made = outcome.edition
    audio = made.files[0] if made.files else ""
    if outcome.same_as:
        return msg(
            "{source}: the same article as {other}, made once",
            source=outcome.source,
            other=outcome.same_as,
        )
    told = [
        *((msg("up to date"),) if made.fresh else ()),
        clock(made.duration_ms),
        msg_count("{count} chapter", "{count} chapters", made.chapters),
        *left_out(made.removed, made.unspoken),
        msg("{lufs:.1f} LUFS", lufs=made.loudness.integrated_lufs),
    ]
    return msg("{file}  {told}", file=audio, told=Several(told))


def _outcome_summary(outcome: Outcome) -> dict[str, Any]:
    if outcome.edition is None:
        return _failure_object(outcome.source, outcome.error or ReadaloudError(msg("unknown")))
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
        "unspoken": made.unspoken,
        "loudness_lufs": round(made.loudness.integrated_lufs, 2),
        "true_peak_dbtp": round(made.loudness.true_peak_dbtp, 2),
    }


def log_object(outcome: Outcome) -> dict[str, Any]:
    """A line of the log; its keys are documented in the README."""
    made, error = outcome.edition, outcome.error
    return {
        "source": outcome.source,
        "state": outcome.state,
        "same_as": outcome.same_as,
        "files": [str(path) for path in made.files] if made else [],
        "duration_ms": made.duration_ms if made else 0,
        "utterances": made.utterances if made else 0,
        "synthesized": made.synthesized if made and outcome.state == "made" else 0,
        "seconds": round(outcome.seconds, 3),
        "error": error.message if error else None,
        "remedy": error.remedy if error else None,
    }
