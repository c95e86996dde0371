"""``readaloud feed``: a podcast of a folder's editions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.flags import (
    Config,
)


def feed(
    folder: Annotated[Path, typer.Argument(help="The folder of the editions.")],
    base_url: Annotated[str, typer.Option(help="The address that the folder is published at.")],
    title: Annotated[
        str | None, typer.Option(help="The podcast's; else as [feed] says, or the folder's name.")
    ] = None,
    config: Config = None,
) -> None:
    """Write feed.xml, a podcast of a folder's editions, or bring it up to date."""
    from readaloud.podcast.feed import write_feed
    from readaloud.podcast.feed_settings import read_channel

    written = write_feed(folder, base_url, read_channel(folder, title, config))
    for line in written.left_out:
        typer.echo(f"Left out: {line}", err=True)
    typer.echo(f"{written.path}: {written.items} items, for {written.address}")
