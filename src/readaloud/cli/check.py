"""``readaloud check``: finished editions held against their reports."""

from __future__ import annotations

from typing import Annotated

import typer

from readaloud.cli.flags import (
    Json,
)


def check(
    files: Annotated[list[str], typer.Argument(help="MP3 editions, or folders of them.")],
    listen: Annotated[
        bool, typer.Option("--listen", help="Recognise the speech: utterances that sound wrong.")
    ] = False,
    json: Json = False,
) -> None:
    """Hold finished editions against their reports; exit 1 when something is wrong."""
    from readaloud.cli import display, progress
    from readaloud.editions import check as checking

    found = [display.show_check(each, json=json) for each in checking.check(files, listen=listen)]
    raise typer.Exit(progress.exit_code(found))
