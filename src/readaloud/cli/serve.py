"""``readaloud serve``: a folder of editions for the players of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.terminal import tell


def serve(
    folder: Annotated[Path, typer.Argument(help="The folder of the editions.")],
    port: Annotated[int, typer.Option(help="On this machine only; 0 takes a free one.")] = 8000,
) -> None:
    """Serve a folder of editions to the players of this machine, until Ctrl-C."""
    from readaloud.podcast import server

    try:
        server.serve(folder, port, tell)
    except KeyboardInterrupt:
        raise typer.Exit from None
