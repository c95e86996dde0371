"""Files of other people's: read whole, regular ones only, and never beyond a limit."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MOST_BYTES = 64_000_000
"""Of a file whose kind has no limit of its own."""
TOO_LARGE = "File too large"
NOT_REGULAR = "Not a regular file"
ZIP_METHODS = frozenset({0, 8})
"""Stored and deflated, all that EPUB and DOCX may have. What Python unpacks of bz2 or LZMA comes
out whole, whatever number of bytes is asked for, and a kilobyte may hold gigabytes."""
_CHUNK = 1 << 20
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
"""A pipe without a writer is opened at once, and so can be refused."""


def is_file(path: Path) -> bool:
    """Whether a regular file is there; no system has too long a name, or a zero in one."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Likewise, a folder."""
    return stat.S_ISDIR(_mode(path))


def read_outside(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """A file's bytes. What could block or never end (a pipe, a device) is not even looked into.

    Raises:
        OSError: it can't be read, is no regular file (EISDIR, EINVAL), or too large (EFBIG).
    """
    with os.fdopen(_open_regular(path), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        pieces: list[bytes] = []
        left = most_bytes - size
        while left >= 0 and (piece := file.read(max(size, _CHUNK) + 1)):
            pieces.append(piece)
            left = most_bytes - sum(map(len, pieces))
    if left < 0:
        raise OSError(errno.EFBIG, TOO_LARGE, str(path))
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def read_outside_text(path: Path, most_bytes: int = MOST_BYTES, errors: str = "strict") -> str:
    """Likewise, as text in UTF-8, with or without a mark of byte order; line ends become one.

    Raises:
        OSError: see ``read_outside``.
        UnicodeDecodeError: it is not UTF-8, and ``errors`` says nothing of that.
    """
    text = read_outside(path, most_bytes).decode("utf-8-sig", errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _open_regular(path: Path) -> int:
    try:
        descriptor = os.open(path, _FLAGS)
    except ValueError as error:  # no system has such a name: a zero in it, half a character
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), repr(str(path))) from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, NOT_REGULAR, str(path))
