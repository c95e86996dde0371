"""``readaloud player``: the script with which a page of one's own plays editions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readaloud.cli.terminal import tell
from readaloud.errors import msg


def player(
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The folder for the script. Without it, this one.")
    ] = Path(),
) -> None:
    """Write readaloud-player.js, with which a page of your own plays editions."""
    from readaloud.formats.timeline.player import write_player

    tell(msg("{path}: for <readaloud-player src=…>", path=write_player(out)))
