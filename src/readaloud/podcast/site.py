"""``index.html``: the programme for those without a podcast app, from a server or from a stick."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from readaloud.errors import OutputError, UnreadableSourceError, msg
from readaloud.files.atomic import output_errors, write_whole
from readaloud.files.outside import is_file, is_folder, read_outside
from readaloud.podcast.edition_index import read_index
from readaloud.podcast.index_page import index_page

_OURS = b'<meta name="generator" content="readaloud">'


def write_site(folder: Path, without: Collection[str] = ()) -> Path:
    """Write the page of a folder; ``without`` are files that it does not tell of.

    Raises:
        UnreadableSourceError: there is no such folder.
        OutputError: it can't be written, or somebody else's page is there.
    """
    if not is_folder(folder):
        raise UnreadableSourceError(
            msg("There is no folder {folder}.", folder=folder),
            msg("Give the folder with the editions."),
        )
    path = folder / "index.html"
    with output_errors(folder):
        if not may_write(path):
            raise OutputError(
                msg("{path} is there, and not by readaloud.", path=path), msg("Move it away.")
            )
        index = replace(read_index(folder, without), folders=(), others=())
        write_whole(path, index_page(index).encode(errors="replace"), mode=0o644)
    return path


def may_write(path: Path) -> bool:
    """Whether nothing is there, or a page of ours (OSError as it comes)."""
    return not path.exists() or (is_file(path) and _OURS in read_outside(path))
