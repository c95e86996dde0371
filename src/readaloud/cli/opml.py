"""``readaloud opml``: several programmes in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.terminal import tell
from readaloud.errors import msg_count


def opml(
    folders: Annotated[list[Path], typer.Argument(help="Folders with a feed.xml.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")] = Path(
        "programmes.opml"
    ),
    title: Annotated[str, typer.Option(help="What the list is called.")] = "readaloud",
) -> None:
    """List the podcasts of several folders in an OPML file, which podcast apps take whole."""
    from readaloud.podcast.opml import write_opml

    write_opml(folders, out, title)
    tell(
        msg_count("{path}: {count} programme", "{path}: {count} programmes", len(folders), path=out)
    )
