"""What every place can do, and how its failures are told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from readaloud.errors import MissingDependencyError, OutputError, install_remedy, msg

PART = ".part-"
"""How names begin of files that are not whole yet."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file that is to be published: its path below the folder, with slashes, and its bytes."""

    path: str
    file: Path
    size: int
    sha256: str
    media_type: str
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file at the place; ``mark`` changes with its content: an ETag, or when it was written."""

    size: int
    mark: str


class ChangedError(Exception):
    """The file here is not the one any more that was to be published."""


class Target(Protocol):
    """A place where files are published. Failures are an OutputError, or FileNotFoundError."""

    name: str
    """As people know it, without a secret."""

    def find(self) -> dict[str, Found]:
        """All files there, by path; none where the place is not there yet."""

    def is_same(self, outgoing: Outgoing, found: Found) -> bool:
        """Whether what is there has the same bytes: by its sum, else read back."""

    def put(self, outgoing: Outgoing) -> Found:
        """Put a file there, whole and verified, in one step for whoever looks at it.

        Raises:
            ChangedError: it changed here meanwhile.
        """

    def put_bytes(self, path: str, data: bytes) -> None:
        """Likewise, what is no file here."""

    def read(self, path: str) -> bytes:
        """The bytes of a small file."""

    def rename(self, path: str, to: str) -> None:
        """Move a file; what is there is replaced."""

    def remove(self, path: str) -> None:
        """Remove a file."""

    def close(self) -> None:
        """End the connection."""


@contextmanager
def failures(name: str, *kinds: type[Exception]) -> Iterator[None]:
    """Translate what a library says of a place.

    Raises:
        OutputError: it can't be reached, or refuses.
        FileNotFoundError, ChangedError: as they come.
    """
    known: tuple[type[Exception], ...] = (OSError, *kinds)
    try:
        yield
    except (FileNotFoundError, ChangedError):
        raise
    except known as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise OutputError(
            msg("{name} can't be written: {reason}.", name=name, reason=reason),
            msg("Check the address, the name and the secret. Run again to go on where it stopped."),
        ) from error


def load(extra: str, name: str, begin: Callable[[], Any]) -> Any:
    """What ``begin`` imports and opens.

    Raises:
        MissingDependencyError: the extra is not installed.
    """
    try:
        return begin()
    except ImportError as error:
        raise MissingDependencyError(
            msg("Publishing to {name} needs a package more.", name=name), install_remedy(extra)
        ) from error


def hash_pieces(pieces: Iterator[bytes]) -> str:
    """SHA-256, in hexadecimal."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
