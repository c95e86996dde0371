"""The player for other people's pages: a custom element, one script file without dependences."""

from __future__ import annotations

from pathlib import Path

from readaloud.files.atomic import output_errors, prepare_output, write_whole
from readaloud.formats.shared.page_parts import page_script
from readaloud.model.version import __version__

FILE_NAME = "readaloud-player.js"


def write_player(folder: Path) -> Path:
    """Write the script file into a folder; where it lies.

    Raises:
        OutputError: the folder can't be written.
    """
    prepare_output(folder)
    path = folder / FILE_NAME
    with output_errors(folder):
        write_whole(path, player_script().encode(), 0o644)
    return path


def player_script() -> str:
    """The script file, which defines ``<readaloud-player src="….timeline.json">``."""
    about = f"/*! {FILE_NAME}, of readaloud {__version__}. Apache-2.0. */\n"
    return about + page_script(__package__, "page_text.js", "player_words.js", "player.js")
