"""Reads the parts of an EPUB or DOCX file in memory, within limits; nothing is ever unpacked."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from readaloud.errors import UnreadableSourceError, msg

MAX_PARTS = 20_000
MAX_TOTAL = 96 * 1024 * 1024
"""Bytes of all parts that are read; a novel of a million characters takes about 5 MB."""
MAX_RATIO = 200
"""Book text shrinks 3 to 20 times; deflate can't pass 1,032."""
RATIO_FROM = 1024 * 1024
_CHUNK = 65_536


class Archive:
    """A ZIP file in memory: parts by their exact path, each read once and counted.

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
        """One part's bytes, None where there is no such part.

        Raises:
            UnreadableSourceError: broken, encrypted, or unpacked larger than any article.
        """
        try:
            info = self._zip.getinfo(path)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise UnreadableSourceError(
                msg("{name} is protected by a password.", name=self._name),
                msg("Save it without one."),
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
