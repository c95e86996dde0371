"""``readaloud plan``: what would be spoken, what was removed and why."""

from __future__ import annotations

from typing import Annotated

import typer

from readaloud.cli.flags import (
    AllowPrivate,
    Config,
    Json,
    LexiconFile,
    Rate,
    Sources,
    VoiceName,
    VoicesDir,
)


def plan(
    sources: Sources,
    voice: VoiceName = None,
    rate: Rate = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    config: Config = None,
    allow_private: AllowPrivate = False,
    explain: Annotated[bool, typer.Option("--explain", help="Which rule spoke, by line.")] = False,
    json: Json = False,
) -> None:
    """Show what would be spoken, in which chapters, and what was removed and why."""
    from readaloud.cli import display, progress
    from readaloud.config.options import make_options
    from readaloud.editions import plan as preview

    flags = {
        "voice": voice, "rate": rate, "voices_dir": voices_dir, "lexicon": lexicon,
        "allow_private": allow_private or None,
    }  # fmt: skip
    options = make_options(flags, config)
    if explain:
        codes = [
            display.show_explanation(source, told, json=json)
            for source, told in preview.explain_all(sources, options)
        ]
    else:
        codes = [
            display.show_plan(planned, json=json) for planned in preview.plan_all(sources, options)
        ]
    raise typer.Exit(progress.exit_code(codes))
