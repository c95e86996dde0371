"""``readaloud morning``: what is new becomes the bulletin of the day, by a deadline."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readaloud.cli.flags import Config, Json
from readaloud.cli.outcomes_and_exit_codes import edition_object, exit_code
from readaloud.cli.terminal import print_json, say, tell
from readaloud.errors import Message, msg, msg_count

if TYPE_CHECKING:
    from readaloud.morning.told import Announced, Event, Gathered, Made, NoBulletin, Told

_FATES = {
    "late": msg("Late, goes into the next"),
    "left out": msg("Left out"),
    "failed": msg("Failed"),
}


def morning(
    by: Annotated[
        str | None,
        typer.Option(help="When the bulletin has to be there: 07:00. Without it, as in [morning]."),
    ] = None,
    gather: Annotated[
        bool, typer.Option("--gather", help="Only remember what is new; make no bulletin.")
    ] = False,
    config: Config = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only what is not in the bulletin, and why.")
    ] = False,
    json: Json = False,
) -> None:
    """Make the bulletin of the day of what is new in the sources of [morning]."""
    from readaloud.cli import progress
    from readaloud.config.run_options import make_options
    from readaloud.morning.run import run_morning
    from readaloud.morning.settings import read_morning

    settings = read_morning(config)
    if by is not None:
        settings = replace(settings, by=by)
    shown = _Shown(quiet=quiet, json=json)
    with progress.open_observer(quiet=quiet, json=json) as observer:
        options = make_options({}, config)
        for event in run_morning(
            settings, options, config=config, observer=observer, gather_only=gather
        ):
            shown.show(event)
    shown.close()
    raise typer.Exit(exit_code(shown.codes))


class _Shown:
    """Shows what became of articles and bulletin, as it comes; what waits is counted."""

    def __init__(self, *, quiet: bool, json: bool) -> None:
        self._quiet, self._json = quiet, json
        self._waiting: Counter[str] = Counter()
        self.codes: set[int] = set()

    def show(self, event: Event) -> None:
        """Print it, and keep its exit code."""
        from readaloud.morning.told import Announced, Gathered, Made, NoBulletin, Told

        if isinstance(event, Told):
            self._told(event)
        elif isinstance(event, Made):
            self._made(event)
        elif isinstance(event, NoBulletin):
            self._no_bulletin(event)
        elif isinstance(event, Gathered):
            self._gathered(event)
        elif isinstance(event, Announced):
            self._announced(event)

    def close(self) -> None:
        """Say how much waits."""
        if self._json or self._quiet:
            return
        for source, count in self._waiting.items():
            say(
                msg_count(
                    "{source}: {count} article more than fits; it waits.",
                    "{source}: {count} articles more than fit; they wait.",
                    count,
                    source=source,
                )
            )

    def _told(self, told: Told) -> None:
        if told.error is not None:
            self.codes.add(told.error.exit_code)
        if told.fate == "waits":
            self._waiting[told.source] += 1
        if self._json:
            print_json(_object(told))
        elif told.fate in _FATES:
            say(
                msg(
                    "{fate}: {name} ({source}): {reason}",
                    fate=_FATES[told.fate],
                    name=told.title or told.address,
                    source=told.source,
                    reason=told.reason,
                )
            )

    def _made(self, made: Made) -> None:
        outcome = made.outcome
        if outcome.error is not None:
            self.codes.add(outcome.error.exit_code)
            if self._quiet:
                say(msg("Error: {error}", error=outcome.error))
        if self._json:
            told: dict[str, Any] = {"kind": "bulletin", "day": made.day}
            if outcome.edition is not None:
                told |= edition_object(outcome.edition)
            elif outcome.error is not None:
                told |= {"error": outcome.error.message, "remedy": outcome.error.remedy}
            print_json(told)

    def _no_bulletin(self, event: NoBulletin) -> None:
        if self._json:
            print_json({"kind": "no bulletin", "reason": event.reason})
        else:
            say(msg("No bulletin: {reason}.", reason=event.reason))

    def _gathered(self, event: Gathered) -> None:
        if self._json:
            print_json({"kind": "gathered", "waiting": event.waiting})
        elif not self._quiet:
            tell(_waiting(event.waiting))

    def _announced(self, event: Announced) -> None:
        if event.error is not None:
            self.codes.add(event.error.exit_code)
            say(msg("Error: {error}", error=event.error))
        if self._json:
            error = event.error.message if event.error else None
            print_json(
                {"kind": "announced", "day": event.day, "told": list(event.told), "error": error}
            )
        elif not self._quiet:
            for line in event.told:
                tell(line)


def _waiting(count: int) -> Message:
    return msg_count(
        "{count} article waits for the next bulletin.",
        "{count} articles wait for the next bulletin.",
        count,
    )


def _object(told: Told) -> dict[str, Any]:
    return {
        "kind": "source" if told.fate == "failed" else "article",
        "source": told.source,
        "address": told.address,
        "title": told.title,
        "state": told.fate,
        "reason": told.reason,
        "same_as": told.same_as,
    }
