"""``readaloud serve``: a folder of editions for the players of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.terminal import tell


def serve(
    folder: Annotated[Path, typer.Argument(help="The folder with the editions.")],
    port: Annotated[
        int, typer.Option(help="The port, on this computer only. 0 takes any free one.")
    ] = 8000,
) -> None:
    """Let players on this computer open a folder of editions, until you press Ctrl-C."""
    from readaloud.podcast import server

    try:
        server.serve(folder, port, tell)
    except KeyboardInterrupt:
        raise typer.Exit from None
