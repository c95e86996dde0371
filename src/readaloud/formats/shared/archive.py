"""Zip files that are the same whenever they are made, and the audio that goes into them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import av

from readaloud.formats.shared.mp3_audio import append_audio
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Narration

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can tell."""
_READABLE = 0o100644 << 16
_BLOCK_BYTES = 1 << 20
_ID3_HEADER_BYTES = 10


class Archive:
    """A zip file as it is written; names lie in the order in which they are added."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file

    def add(self, name: str, data: bytes, *, stored: bool = False) -> None:
        """Add a file from memory, compressed unless ``stored``."""
        self._file.writestr(_entry(name, ZIP_STORED if stored else ZIP_DEFLATED), data)

    def copy(self, name: str, source: IO[bytes], size: int) -> None:
        """Add the rest of an open file, ``size`` bytes, block by block and as it is."""
        entry = _entry(name, ZIP_STORED)
        entry.file_size = size
        with self._file.open(entry, "w") as target:
            shutil.copyfileobj(source, target, _BLOCK_BYTES)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Write a zip file.

    Raises:
        OutputError: the file system, or the encoder of the audio in it, refuses.
    """
    with write_errors(path, av.FFmpegError), ZipFile(path, "w") as file:
        yield Archive(file)


def add_audio(archive: Archive, name: str, narration: Narration, directory: Path) -> None:
    """Add the narration as MP3: the edition's own where it is in ``directory``, else a new one.

    It goes without its tags: text, chapters and cover are in the book, and old players choke on
    them. So the book is the same whether an MP3 is made beside it or not.
    """
    made = {kind: directory / file for kind, file, _ in narration.files}
    if "mp3" in made:
        _add_untagged(archive, name, made["mp3"])
        return
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        path = Path(folder, "audio.mp3")
        path.touch()
        append_audio(narration, path)
        _add_untagged(archive, name, path)


def identifier_of(narration: Narration) -> str:
    """A name for the edition that it always has: a UUID made of its key."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:readaloud:{narration.key}')}"


def date_of(narration: Narration) -> str:
    """The article's date, or the zip format's first day: books don't tell when they were built."""
    try:
        return date.fromisoformat(narration.script.article.date or "").isoformat()
    except ValueError:
        return date(*_EARLIEST[:3]).isoformat()


def _add_untagged(archive: Archive, name: str, path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(_ID3_HEADER_BYTES)
        start = 0
        if head.startswith(b"ID3"):
            start = _ID3_HEADER_BYTES
            for shift, byte in zip((21, 14, 7, 0), head[6:], strict=True):
                start += byte << shift
        file.seek(start)
        archive.copy(name, file, path.stat().st_size - start)


def _entry(name: str, method: int) -> ZipInfo:
    entry = ZipInfo(name, _EARLIEST)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = _READABLE
    return entry
