"""DAISY 2.02: the talking book of libraries for the blind, in one zip file."""

from __future__ import annotations

from pathlib import Path

from readaloud.formats.daisy import parts as daisy_parts
from readaloud.formats.shared.archive import add_audio, open_archive
from readaloud.formats.shared.read_along import parts_of
from readaloud.model import Narration


def write_daisy(narration: Narration, path: Path) -> None:
    """Write the book; see ``readaloud.formats.Format``. The same edition is the same file."""
    parts = parts_of(narration)
    with open_archive(path) as archive:
        archive.add(daisy_parts.NCC, daisy_parts.control(narration, parts))
        archive.add(daisy_parts.MASTER, daisy_parts.master(narration, parts))
        archive.add(daisy_parts.TEXT, daisy_parts.content(narration, parts))
        for part in parts:
            archive.add(daisy_parts.smil_name(part), daisy_parts.smil(narration, part))
        add_audio(archive, daisy_parts.AUDIO, narration, path.parent)
