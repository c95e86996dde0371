"""What was published at a place: a file that lies there itself, so that any machine can go on.

It says of each file of ours with which bytes it was put there, and by which mark of the place it is
known again; and of those that the folder has no more, since when.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from readaloud.publishing.targets.place import Found, Outgoing, Target

NAME = ".readaloud-published.json"
_EVERY_SECONDS = 10.0
"""Between two writings of it; what a killed run had not written is read back by the next one."""


class _Put(msgspec.Struct, omit_defaults=True):
    sha256: str = ""
    size: int = 0
    mark: str = ""
    modified_ns: int = 0
    """Of the file here; while it is the same, the file is not hashed again."""


class _Kept(msgspec.Struct):
    files: dict[str, _Put] = msgspec.field(default_factory=dict)
    gone: dict[str, float] = msgspec.field(default_factory=dict)


@dataclass(slots=True)
class Records:
    """The records of a place, to be changed as it changes."""

    target: Target
    kept: _Kept = field(default_factory=_Kept)
    written: bytes = b""
    written_s: float = 0

    @property
    def ours(self) -> set[str]:
        """All that was put there by this program and not taken away since."""
        return set(self.kept.files)

    def sha256_of(self, path: str, found: Found) -> str | None:
        """Of what lies there, if it still is what was put there."""
        put = self.kept.files.get(path)
        return put.sha256 if put and put.mark and found == Found(put.size, put.mark) else None

    def sha256_here(self, path: str, size: int, modified_ns: int) -> str | None:
        """Of the file of the folder, if it did not change since it was published."""
        put = self.kept.files.get(path)
        same = put is not None and (put.size, put.modified_ns) == (size, modified_ns)
        return put.sha256 if put and same and put.mark else None

    def gone_since(self, path: str, now: float) -> float:
        """When the feed stopped naming it, which is now if that was not known."""
        return self.kept.gone.setdefault(path, now)

    def wanted(self, paths: Iterable[str]) -> None:
        """Say that these are ours, before they are put there, and not gone."""
        for path in paths:
            self.kept.files.setdefault(path, _Put())
            self.kept.gone.pop(path, None)

    def put(self, outgoing: Outgoing, found: Found) -> None:
        """Say that a file lies there, verified."""
        self.kept.files[outgoing.path] = _Put(
            outgoing.sha256, found.size, found.mark, outgoing.modified_ns
        )

    def removed(self, path: str) -> None:
        """Say that a file was taken away."""
        self.kept.files.pop(path, None)
        self.kept.gone.pop(path, None)

    def write(self) -> None:
        """Put the records there, if they changed."""
        told = msgspec.json.encode(self.kept, order="sorted")
        if told != self.written:
            self.target.put_bytes(NAME, told)
        self.written, self.written_s = told, time.monotonic()

    def is_due(self) -> bool:
        """Whether they were not written for a while."""
        return time.monotonic() - self.written_s > _EVERY_SECONDS


def read_records(target: Target) -> Records:
    """What the place says of itself; nothing where it has no records, or broken ones."""
    try:
        told = target.read(NAME)
        return Records(target, msgspec.json.decode(told, type=_Kept), told)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return Records(target)
