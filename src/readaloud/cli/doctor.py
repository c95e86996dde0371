"""``readaloud doctor``: what readaloud finds on this machine, for whoever has to help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from readaloud.cli.flags import Json
from readaloud.cli.terminal import print_json, tell, tell_fields
from readaloud.errors import msg

if TYPE_CHECKING:
    from readaloud.editions.doctor import Finding


def doctor(json: Json = False) -> None:
    """Show versions, how the voice runs here, folders, and what is missing."""
    from readaloud.cli import outcomes_and_exit_codes as outcomes
    from readaloud.editions.doctor import examine

    findings = list(examine())
    stops = [each.problem for each in findings if each.problem is not None and each.stops]
    if json:
        shown = [finding_object(each) for each in findings]
        print_json({"usable": not stops, "findings": shown})
    else:
        for each in findings:
            tell_fields({each.name: _told(each)})
        tell(msg("Something is missing.") if stops else msg("All that is needed is there."))
    raise typer.Exit(outcomes.exit_code(error.exit_code for error in stops))


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding as one JSON object."""
    problem = finding.problem
    return {
        "name": finding.name,
        "found": finding.found,
        "problem": problem.message if problem else None,
        "remedy": problem.remedy if problem else None,
        "stops": problem is not None and finding.stops,
    }


def _told(finding: Finding) -> object:
    problem = finding.problem
    if problem is None:
        return finding.found
    if finding.stops:
        return msg("Error: {error}", error=problem)
    return msg("{found}. {error}", found=finding.found, error=problem) if finding.found else problem
