"""``readaloud correct``: one article of a bulletin replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.flags import AllowPrivate, Config, Json, LexiconFile, VoicesDir
from readaloud.cli.terminal import say
from readaloud.errors import msg


def correct(
    episode: Annotated[Path, typer.Argument(help="A file of the bulletin, such as its MP3.")],
    source: Annotated[str, typer.Argument(help="The article that replaces another.")],
    item: Annotated[
        str | None,
        typer.Option(
            help="The article that is replaced: its number, or a part of its title. Without it, "
            "the one that came from the same file or address."
        ),
    ] = None,
    cache_dir: Annotated[Path | None, typer.Option(help="Where to keep spoken clips.")] = None,
    voices_dir: VoicesDir = None,
    lexicon: LexiconFile = None,
    allow_private: AllowPrivate = False,
    config: Config = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json: Json = False,
) -> None:
    """Replace one article of a bulletin, say so at its start, and renew its feed."""
    from readaloud.cli import outcomes_and_exit_codes as outcomes
    from readaloud.cli import progress
    from readaloud.config.run_options import make_options
    from readaloud.editions import correct as correcting

    flags = {
        "cache_dir": cache_dir, "voices_dir": voices_dir, "lexicon": lexicon,
        "allow_private": allow_private or None,
    }  # fmt: skip
    options = make_options(flags, config)
    with progress.open_observer(quiet=quiet, json=json, log=None) as observer:
        outcome = correcting.correct(episode, source, item, options, observer)
        tally = outcomes.follow([outcome], quiet=quiet, json=json)
    feed = correcting.renew_feed(episode.parent, config) if outcome.edition else None
    if feed is not None and not quiet:
        say(msg("{path} is renewed.", path=feed))
    raise typer.Exit(outcomes.close_run(tally, quiet=quiet, json=json))
