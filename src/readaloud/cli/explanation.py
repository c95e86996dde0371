"""``plan --explain``: what became of each line and why, the doubtful lines first."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from readaloud.cli.outcomes_and_exit_codes import show_failure
from readaloud.cli.terminal import cells, is_plain, open_console, print_json, tell, tell_fields
from readaloud.cli.translation import shown
from readaloud.errors import Message, ReadaloudError, msg, msg_count

if TYPE_CHECKING:
    from rich.text import Text

    from readaloud.model import Explanation, Verdict

DOUBTFUL = 0.25
"""From which doubt on a line is worth a look."""
_VERDICTS: dict[Verdict, Message] = {
    "title": msg("title"),
    "byline": msg("byline"),
    "heading": msg("heading"),
    "spoken": msg("spoken"),
    "removed": msg("removed"),
}


def show_explanation(source: str, told: list[Explanation] | ReadaloudError, *, json: bool) -> int:
    """Print what became of each line and which rule spoke; return the source's exit code."""
    if isinstance(told, ReadaloudError):
        return show_failure(source, told, json=json)
    if json:
        print_json({"source": source, "lines": [asdict(entry) for entry in told]})
    elif is_plain(sys.stdout):
        _tell(source, told)
    else:
        _draw(source, told)
    return 0


def _doubtful(told: Sequence[Explanation]) -> list[Explanation]:
    """The lines that may well be decided wrongly, in the order of the article."""
    return [entry for entry in told if entry.doubt >= DOUBTFUL]


def _heading(doubtful: Sequence[Explanation]) -> Message:
    return msg_count(
        "{count} line is doubtful; --keep and --drop take its number:",
        "{count} lines are doubtful; --keep and --drop take their numbers:",
        len(doubtful),
    )


def _tell(source: str, told: Sequence[Explanation]) -> None:
    """A line for each, its number and what became of it before it."""
    tell_fields({msg("source"): source})
    if doubtful := _doubtful(told):
        tell(_heading(doubtful))
        for entry in doubtful:
            _tell_line(entry)
        tell(msg("All lines:"))
    for entry in told:
        _tell_line(entry)


def _tell_line(entry: Explanation) -> None:
    verdict = _VERDICTS[entry.verdict]
    name = msg("line {line}, {verdict}", line=entry.line, verdict=verdict)
    if entry.doubt >= DOUBTFUL:
        name = msg("line {line}, {verdict}, doubtful", line=entry.line, verdict=verdict)
    tell_fields({name: f"{entry.text}{_why(entry)}"})


def _draw(source: str, told: Sequence[Explanation]) -> None:
    from rich.text import Text

    console = open_console()
    console.print(Text(source, style="bold"))
    if doubtful := _doubtful(told):
        console.print(Text(shown(_heading(doubtful)), style="bold"), soft_wrap=True)
        for entry in doubtful:
            console.print(_drawn(entry), soft_wrap=True)
        console.print(Text(shown(msg("All lines:")), style="bold"))
    for entry in told:
        console.print(_drawn(entry), soft_wrap=True)


def _drawn(entry: Explanation) -> Text:
    from rich.text import Text

    verdict = shown(_VERDICTS[entry.verdict])
    mark = "?" if entry.doubt >= DOUBTFUL else " "
    line = Text(f"{entry.line:5}{mark}{verdict}{' ' * (9 - cells(verdict))}", style="cyan")
    line.append(entry.text, style="dim" if entry.verdict == "removed" else "")
    return line.append(_why(entry), style="green")


def _why(entry: Explanation) -> str:
    """Why it was decided so, as the report says it; codes are for programs."""
    return f"  ({shown(entry.reason)})" if entry.reason else ""
