"""Reads the parts of an EPUB or DOCX file in memory, within limits; nothing is ever unpacked."""

from __future__ import annotations

import posixpath
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from readaloud.errors import UnreadableSourceError, msg
from readaloud.files.outside import ZIP_METHODS

MAX_PARTS = 20_000
MAX_TOTAL = 96 * 1024 * 1024
"""Bytes of all parts that are read; a novel of a million characters takes about 5 MB."""
MAX_RATIO = 200
"""Book text shrinks 3 to 20 times; deflate can't pass 1,032."""
RATIO_FROM = 1024 * 1024
_CHUNK = 65_536
_UTF8_NAMES = 0x800
"""The bit of an entry that says that its name is UTF-8; without it ZIP means code page 437."""
_OLD_ENCODINGS = ("utf-8", "gb18030", "big5")
"""What programs write into names all the same, where that bit is not set."""


class Archive:
    """A ZIP file in memory: parts by their path, each read once and counted.

    Paths are only compared, never opened on the disk: one that leads out finds nothing.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """List the parts.

        Raises:
            UnreadableSourceError: no ZIP file, broken, or of too many parts.
        """
        self._name = name
        self._total = 0
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise self._broken() from error
        if len(self._zip.filelist) > MAX_PARTS:
            raise UnreadableSourceError(
                msg("{name} has more than {max_parts} parts.", name=name, max_parts=MAX_PARTS),
                msg("Check the file."),
            )
        self.paths = tuple(info.filename for info in self._zip.filelist)

    def read(self, path: str) -> bytes | None:
        """One part's bytes, None where there is no such part, however its name is spelled.

        Raises:
            UnreadableSourceError: broken, encrypted, packed by bz2 or LZMA, or unpacked larger
                than any article.
        """
        try:
            info = self._zip.getinfo(self.entry(path))
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise UnreadableSourceError(
                msg("{name} is protected by a password.", name=self._name),
                msg("Save it without one."),
            )
        if info.compress_type not in ZIP_METHODS:
            raise UnreadableSourceError(
                msg(
                    "{name} is packed in a way that books don't allow ({path}).",
                    name=self._name,
                    path=path,
                ),
                msg("It may be made to do harm. Save the text again from its source."),
            )
        try:
            return self._unpack(info)
        except (
            BadZipFile,
            zlib.error,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            raise self._broken(path) from error

    def entry(self, path: str) -> str:
        """The name of the part that a path leads to, however it is spelled; else the path."""
        return path if path in self._names else self._alike.get(_plain(path), path)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.paths)

    @cached_property
    def _alike(self) -> dict[str, str]:
        """The parts' names by the plain form of all that may be meant; the first counts."""
        found: dict[str, str] = {}
        for info in self._zip.filelist:
            for name in _spellings(info):
                found.setdefault(_plain(name), info.filename)
        return found

    def _unpack(self, info: ZipInfo) -> bytes:
        pieces: list[bytes] = []
        size = 0
        with self._zip.open(info) as part:
            while chunk := part.read(_CHUNK):
                pieces.append(chunk)
                size += len(chunk)
                self._total += len(chunk)
                swollen = size > RATIO_FROM and size > MAX_RATIO * max(info.compress_size, 1)
                if swollen or self._total > MAX_TOTAL:
                    raise UnreadableSourceError(
                        msg(
                            "{name} unpacks to more than an article or a book can hold "
                            "({filename}).",
                            name=self._name,
                            filename=info.filename,
                        ),
                        msg("It may be made to do harm. Save the text again from its source."),
                    )
        return b"".join(pieces)

    def _broken(self, path: str = "") -> UnreadableSourceError:
        told = msg("{name} is damaged or incomplete.", name=self._name)
        if path:
            told = msg("{name} is damaged or incomplete at {path}.", name=self._name, path=path)
        return UnreadableSourceError(told, msg("Download or save the file again."))


def _plain(path: str) -> str:
    """The same for all spellings of a path that readers take for one.

    Case, slash or backslash, percent signs, composed or decomposed characters don't count.
    """
    plain = unicodedata.normalize("NFC", unquote(path).replace("\\", "/"))
    return posixpath.normpath("/" + plain.lstrip("/")).casefold()


def _spellings(info: ZipInfo) -> Iterator[str]:
    """An entry's name as ZIP has it, and as the program may have meant that wrote it."""
    yield info.filename
    if info.flag_bits & _UTF8_NAMES or info.orig_filename.isascii():
        return
    for encoding in _OLD_ENCODINGS:
        try:
            yield info.orig_filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
