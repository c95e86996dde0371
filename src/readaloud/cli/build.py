"""``readaloud build``: articles become editions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from readaloud.cli.commands import Command
from readaloud.cli.flags import (
    AddressOfInput,
    AllowPrivate,
    AltText,
    Called,
    CodeFlag,
    Config,
    Drop,
    EngineOptions,
    Json,
    Keep,
    LabelFlag,
    LexiconFile,
    Out,
    Pitch,
    Rate,
    Remember,
    Sources,
    TypeOfInput,
    VoiceName,
    VoicesDir,
    Volume,
    complete_formats,
)
from readaloud.errors import msg


class BuildCommand(Command):
    """``build`` with the list of formats below its options, made when it is asked for."""

    def format_epilog(self, _: Any, formatter: Any) -> None:
        """Write the formats there are."""
        from readaloud.formats import FORMATS

        with formatter.section(msg("Formats")):
            formatter.write_dl([(each.name, each.purpose) for each in FORMATS.all()])


def build(
    sources: Sources,
    voice: VoiceName = None,
    rate: Rate = None,
    pitch: Pitch = None,
    volume: Volume = None,
    engine_option: EngineOptions = None,
    out: Out = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="Formats, separated by commas: mp3,json.",
            autocompletion=complete_formats,
        ),
    ] = None,
    cover: Annotated[
        Path | None,
        typer.Option(help="A cover image: JPEG, PNG or WebP. Without it, the article's own."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", help="How many sentences to speak at once. Without it, one per core."
        ),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(help="Speak on a Dask cluster: tcp://scheduler:8786.")
    ] = None,
    fallback: Annotated[
        str | None, typer.Option(help="The voice to use when an online service is down.")
    ] = None,
    cache_dir: Annotated[Path | None, typer.Option(help="Where to keep spoken clips.")] = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    alt_text: AltText = None,
    code: CodeFlag = None,
    label: LabelFlag = None,
    keep: Keep = None,
    drop: Drop = None,
    remember: Remember = False,
    config: Config = None,
    bulletin: Annotated[
        str | None, typer.Option(help="Make one edition of all articles, under this name.")
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The date of the bulletin. Without it, today."),
    ] = None,
    chime: Annotated[
        bool, typer.Option(help="Play a chime between the articles of a bulletin.")
    ] = True,
    name: Called = None,
    kind: TypeOfInput = None,
    url: AddressOfInput = None,
    allow_private: AllowPrivate = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make everything again, even what is up to date.")
    ] = False,
    log_json: Annotated[
        Path | None, typer.Option(help="Add a line of JSON for each article to this file.")
    ] = None,
    stream: Annotated[
        str | None,
        typer.Option(
            help="Play while it is made: WAV into this file, or - for a pipe to a player."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json: Json = False,
) -> None:
    """Make an audio edition of each article."""
    from readaloud.cli import outcomes_and_exit_codes as outcomes
    from readaloud.cli import progress
    from readaloud.cli.stream import open_live
    from readaloud.config.run_options import make_options
    from readaloud.editions import bulletin as bulletins
    from readaloud.editions import pipeline
    from readaloud.editions.standard_input import Piped, with_standard_input

    flags = {
        "voice": voice, "rate": rate, "pitch_hz": pitch, "volume_percent": volume,
        "out": out, "formats": formats, "cover": cover, "jobs": jobs,
        "cache_dir": cache_dir, "voices_dir": voices_dir, "fallback": fallback,
        "cluster": cluster, "alt_text": alt_text, "code": code, "engine_options": engine_option,
        "label": label, "lexicon": lexicon, "keep": keep, "drop": drop,
        "rebuild": rebuild or None, "allow_private": allow_private or None,
    }  # fmt: skip
    options = make_options(flags, config)
    names = with_standard_input(sources, Piped(name, kind, url))
    if remember:
        from readaloud.cli.plan import say_remembered

        say_remembered(names, options)
    with (
        open_live(stream, json=json, fallback=options.fallback) as live,
        progress.open_observer(quiet=quiet, json=json, log=log_json) as observer,
    ):
        if bulletin is None:
            ended = pipeline.build(names, options, observer, live)
        else:
            day = (date or datetime.now()).date()
            bound = bulletins.Bulletin(bulletin, day, chime)
            ended = bulletins.build(names, bound, options, observer, live)
        tally = outcomes.follow(ended, quiet=quiet, json=json)
    raise typer.Exit(outcomes.close_run(tally, quiet=quiet, json=json))
