"""``readaloud check``: finished editions held against their reports."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readaloud.cli.flags import (
    Json,
)
from readaloud.cli.terminal import print_json, tell
from readaloud.errors import Several, msg

if TYPE_CHECKING:
    from readaloud.editions.check import Checked


def check(
    files: Annotated[list[str], typer.Argument(help="Files of editions, or folders of them.")],
    listen: Annotated[
        bool, typer.Option("--listen", help="Also listen, and name the sentences that sound wrong.")
    ] = False,
    json: Json = False,
) -> None:
    """Check finished editions against their reports. Exit code 1 if something is wrong."""
    from readaloud.cli import outcomes_and_exit_codes as outcomes
    from readaloud.editions import check as checking

    found = [show_check(each, json=json) for each in checking.check(files, listen=listen)]
    raise typer.Exit(outcomes.exit_code(found))


def show_check(checked: Checked, *, json: bool) -> int:
    """Print what is wrong with an edition, a line each; return 1 if anything is."""
    if json:
        print_json(check_object(checked))
        return int(bool(checked.problems))
    for problem in checked.problems:
        tell(msg("{file}: {problem}", file=checked.file, problem=problem))
    hearing = checked.hearing
    verdict = [msg("not sound") if checked.problems else msg("sound")]
    if hearing is not None:
        verdict.append(
            msg(
                "{errors} of {syllables} syllables heard differently ({share:.1%})",
                errors=hearing.errors,
                syllables=hearing.syllables,
                share=hearing.error_rate,
            )
        )
    if hearing is not None or not checked.problems:
        tell(msg("{file}: {verdict}", file=checked.file, verdict=Several(verdict)))
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
