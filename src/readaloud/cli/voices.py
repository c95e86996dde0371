"""``readaloud voices``: the voices there are, samples of them, and their preparation."""

from __future__ import annotations

from typing import Annotated

import typer

from readaloud.cli.flags import (
    Json,
    Out,
    VoicesDir,
)


def voices(
    name: Annotated[
        str | None, typer.Argument(help="One voice; without it, all. prepare: make them ready.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Write a short sample.")] = False,
    online: Annotated[bool, typer.Option("--online", help="Ask the online service.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="How each engine runs here.")] = False,
    out: Out = None,
    voices_dir: VoicesDir = None,
    json: Json = False,
) -> None:
    """List the voices, write a sample of one, or prepare them before their first use."""
    from readaloud.cli import display, progress
    from readaloud.config.options import make_options
    from readaloud.config.voices import broken_profiles, find_voice, load_voices
    from readaloud.editions import pipeline
    from readaloud.editions import plan as preview

    if online:
        display.show_voices(preview.online_voices(progress.NoticesOnly()), json=json)
        return
    if name == "prepare":
        preview.prepare_engines(progress.NoticesOnly())
        display.show_engines(list(load_voices(voices_dir).values()), json=json)
        return
    chosen = [find_voice(name, voices_dir)] if name else list(load_voices(voices_dir).values())
    for error in [] if name else broken_profiles(voices_dir):
        typer.echo(f"Error: {error}", err=True)
    if not sample:
        display.show_voices(chosen, json=json)
        if verbose:
            display.show_engines(chosen, json=json)
        return
    for each in chosen:
        options = make_options({"voice": each.name, "out": out, "voices_dir": voices_dir})
        typer.echo(str(pipeline.write_sample(options)))
