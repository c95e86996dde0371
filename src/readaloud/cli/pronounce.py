"""``readaloud pronounce``: what will be said, syllable by syllable."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from readaloud.cli.flags import (
    Config,
    Json,
    LexiconFile,
    Out,
    VoiceName,
    VoicesDir,
)


def pronounce(
    text: Annotated[str | None, typer.Argument(help="Text; without it, standard input.")] = None,
    voice: VoiceName = None,
    sample: Annotated[bool, typer.Option("--sample", help="Write it to an MP3 too.")] = False,
    out: Out = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Show what will be said, syllable by syllable."""
    from readaloud.cli import display
    from readaloud.config.options import make_options
    from readaloud.editions import pipeline
    from readaloud.editions import plan as preview

    flags = {"voice": voice, "out": out, "voices_dir": voices_dir, "lexicon": lexicon}
    options = make_options(flags, config)
    for line in [text] if text is not None else preview.read_lines(sys.stdin):
        display.show_pronunciation(preview.pronounce(line, options), json=json)
        if sample:
            typer.echo(str(pipeline.write_sample(options, line)), err=True)
