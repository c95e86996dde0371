"""``readaloud site`` and ``readaloud numbered``: a programme for those without a podcast app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.terminal import tell
from readaloud.errors import msg, msg_count

Folder = Annotated[Path, typer.Argument(help="The folder with the editions.")]


def site(folder: Folder) -> None:
    """Write the page of a folder's programme, index.html, which needs no server."""
    from readaloud.podcast.site import write_site

    tell(msg("Written: {path}", path=write_site(folder)))


def numbered(
    folder: Folder,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where the copies go: a stick, a folder.")
    ],
    newest: Annotated[int, typer.Option(help="Only the newest so many. 0 is all.")] = 0,
) -> None:
    """Copy the MP3s of a folder, numbered by date, with a playlist, for simple players."""
    from readaloud.podcast.numbered import write_numbered

    count = write_numbered(folder, out, newest)
    tell(msg_count("{out}: {count} MP3", "{out}: {count} MP3s", count, out=out))
