"""A place that fsspec reaches: written under another name, read back, and renamed.

WebDAV servers remove a file before another is moved to its name (RFC 4918, section 9.9.3), so that
a file that is replaced is away for a moment; SFTP servers with ``posix-rename@openssh.com``, and
S3, have no such moment.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from readaloud.publishing.targets.place import (
    PART,
    ChangedError,
    Found,
    Outgoing,
    failures,
    hash_pieces,
)

_PIECE_BYTES = 1 << 20


class RemoteTarget:
    """Files below ``root`` of a file system of fsspec's; ``kinds`` are its library's failures."""

    def __init__(
        self,
        name: str,
        fs: Any,
        root: str,
        kinds: tuple[type[Exception], ...],
        close: Callable[[Any], object],
    ) -> None:
        self.name = name
        self._close = close
        self._fs = fs
        self._root = root.rstrip("/")
        self._kinds = kinds
        self._folders: set[str] = set()

    def find(self) -> dict[str, Found]:
        """See ``Target``."""
        with failures(self.name, *self._kinds):
            self._fs.invalidate_cache()
            try:
                found = self._fs.find(self._root, detail=True)
            except FileNotFoundError:
                return {}
            return {self._below(name): self._found(info) for name, info in found.items()}

    def is_same(self, outgoing: Outgoing, found: Found) -> bool:
        """See ``Target``."""
        return found.size == outgoing.size and self._hash(outgoing.path) == outgoing.sha256

    def put(self, outgoing: Outgoing) -> Found:
        """See ``Target``."""
        part = self._part(outgoing.path)
        with failures(self.name, *self._kinds):
            self._make_folder(part)
            self._fs.put_file(str(outgoing.file), self._at(part))
        if self._hash(part) != outgoing.sha256:
            self.remove(part)
            raise ChangedError(outgoing.path)
        self.rename(part, outgoing.path)
        return self._look(outgoing.path)

    def put_bytes(self, path: str, data: bytes) -> None:
        """See ``Target``."""
        part = self._part(path)
        with failures(self.name, *self._kinds):
            self._make_folder(part)
            self._fs.pipe_file(self._at(part), data)
        self.rename(part, path)

    def read(self, path: str) -> bytes:
        """See ``Target``."""
        with failures(self.name, *self._kinds):
            return b"".join(self._pieces(path))

    def rename(self, path: str, to: str) -> None:
        """See ``Target``."""
        with failures(self.name, *self._kinds):
            self._make_folder(to)
            self._move(self._at(path), self._at(to))

    def remove(self, path: str) -> None:
        """See ``Target``."""
        with failures(self.name, *self._kinds):
            self._fs.rm_file(self._at(path))

    def close(self) -> None:
        """See ``Target``."""
        with failures(self.name, *self._kinds):
            self._close(self._fs)

    def _look(self, path: str) -> Found:
        with failures(self.name, *self._kinds):
            return self._found(self._fs.info(self._at(path)))

    def _move(self, path: str, to: str) -> None:
        self._fs.mv(path, to)

    def _found(self, info: dict[str, Any]) -> Found:
        """What the file system says of a file."""
        mark = info.get("etag") or info.get("modified") or info.get("mtime") or ""
        return Found(info["size"] or 0, str(mark))

    def _hash(self, path: str) -> str:
        with failures(self.name, *self._kinds):
            return hash_pieces(self._pieces(path))

    def _pieces(self, path: str) -> Iterator[bytes]:
        with self._fs.open(self._at(path), "rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece

    def _make_folder(self, path: str) -> None:
        """Make the folder of a file, once; of the root's own folders, too."""
        folder = self._at(path).rpartition("/")[0]
        if folder and folder not in self._folders:
            self._fs.makedirs(folder, exist_ok=True)
            self._folders.add(folder)

    def _part(self, path: str) -> str:
        return str(PurePosixPath(path).with_name(f"{PART}{secrets.token_hex(6)}"))

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if self._root else path

    def _below(self, name: str) -> str:
        return name.strip("/").removeprefix(self._root.strip("/")).strip("/")
