"""``readaloud feed``: a podcast of a folder's editions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.flags import (
    Config,
)
from readaloud.cli.terminal import say, tell
from readaloud.errors import msg, msg_count


def feed(
    folder: Annotated[Path, typer.Argument(help="The folder with the editions.")],
    base_url: Annotated[
        str,
        typer.Option(
            help="The web address where the folder is published. Without it, the one in [feed]."
        ),
    ] = "",
    title: Annotated[
        str | None,
        typer.Option(
            help="The title of the podcast. Without it, the one in [feed], or the folder's name."
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Make or update feed.xml, a podcast of a folder's editions."""
    from readaloud.podcast.feed import write_feed
    from readaloud.podcast.feed_settings import read_channel

    written = write_feed(folder, base_url, read_channel(folder, title, config))
    for line in written.left_out:
        say(msg("Left out: {line}", line=line))
    tell(
        msg_count(
            "{path}: {count} item, for {address}",
            "{path}: {count} items, for {address}",
            written.items,
            path=written.path,
            address=written.address,
        )
    )
