"""A folder of this machine: a web server's, a mounted share, a stick."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from readaloud.files.atomic import hash_file, write_whole
from readaloud.publishing.targets.place import PART, ChangedError, Found, Outgoing, failures

_MODE = 0o644


class FolderTarget:
    """See ``Target``."""

    def __init__(self, root: Path) -> None:
        self.name = str(root)
        self._root = root

    def find(self) -> dict[str, Found]:
        """See ``Target``."""
        found: dict[str, Found] = {}
        with failures(self.name):
            for folder, _, names in os.walk(self._root):
                for name in names:
                    path = Path(folder, name)
                    found[path.relative_to(self._root).as_posix()] = _found(path)
        return found

    def is_same(self, outgoing: Outgoing, found: Found) -> bool:
        """See ``Target``."""
        with failures(self.name):
            same = found.size == outgoing.size
            return same and hash_file(self._root / outgoing.path) == outgoing.sha256

    def put(self, outgoing: Outgoing) -> Found:
        """See ``Target``."""
        final = self._root / outgoing.path
        part = final.with_name(f"{PART}{secrets.token_hex(6)}")
        with failures(self.name):
            final.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(outgoing.file, part)
                part.chmod(_MODE)
                if hash_file(part) != outgoing.sha256:
                    raise ChangedError(outgoing.path)
                part.replace(final)
                return _found(final)
            finally:
                part.unlink(missing_ok=True)

    def put_bytes(self, path: str, data: bytes) -> None:
        """See ``Target``."""
        with failures(self.name):
            self._root.mkdir(parents=True, exist_ok=True)
            write_whole(self._root / path, data, _MODE)

    def read(self, path: str) -> bytes:
        """See ``Target``."""
        with failures(self.name):
            return (self._root / path).read_bytes()

    def rename(self, path: str, to: str) -> None:
        """See ``Target``."""
        with failures(self.name):
            (self._root / to).parent.mkdir(parents=True, exist_ok=True)
            (self._root / path).replace(self._root / to)

    def remove(self, path: str) -> None:
        """See ``Target``."""
        with failures(self.name):
            (self._root / path).unlink()

    def close(self) -> None:
        """There is none."""


def _found(path: Path) -> Found:
    status = path.lstat()
    return Found(status.st_size, str(status.st_mtime_ns))
