"""The cache of clips stays within a size: the least recently used go first, none that is in use.

A run says since when it may need clips: since its oldest edition in the making began. It says so by
a file in the cache's folder ``running``, whose time that is; other runs, of other processes and of
other machines that share the folder, leave alone all that was used since then.
"""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from readaloud.files.atomic import is_alive
from readaloud.speech.clip_cache import ClipCache

GB = 1_000_000_000
UNLIMITED_GB = 1e6
_LEFT = 0.9
"""What stays, of the most, when clips have to go: so that it is seldom looked again."""
_EVERY_S = 60.0
"""How often a run looks while it lasts; all clips are looked at each time."""
_CLOCKS_DIFFER_NS = 5 * 1_000_000_000
_FORGOTTEN_NS = 14 * 24 * 3600 * 1_000_000_000
"""A run of another machine that began an edition so long ago has died."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a cache holds; ``oldest_s``: when its longest unused clip was used last (Unix time)."""

    count: int
    size: int
    oldest_s: float | None


class CacheLimit:
    """Keeps the cache of one run within a size; a limit that can't be kept stops no run."""

    def __init__(self, cache: ClipCache, most_gb: float) -> None:
        """``most_gb`` is in units of 10^9 bytes."""
        self._cache, self._most = cache, int(most_gb * GB)
        name = f"{_here()}-{os.getpid()}-{uuid4().hex[:8]}"
        self._lease = _running(cache.folder) / name
        self._began: dict[int, int] = {}
        self._lock = threading.Lock()
        self._looked_s, self._written = time.monotonic(), 0

    @contextmanager
    def edition(self) -> Iterator[None]:
        """While an edition is made, no run removes the clips that it asks for."""
        mine = object()
        with self._lock:
            self._began[id(mine)] = time.time_ns()
            self._renew()
        try:
            yield
        finally:
            with self._lock:
                del self._began[id(mine)]
                self._renew()
            if time.monotonic() - self._looked_s > _EVERY_S:
                self.keep()

    def close(self) -> None:
        """The run is over."""
        with suppress(OSError):
            self._lease.unlink(missing_ok=True)
        self.keep()

    def keep(self) -> None:
        """Remove what is too much, if anything was stored since it was last looked."""
        self._looked_s = time.monotonic()
        if self._written != self._cache.written:
            self._written = self._cache.written
            with suppress(OSError):
                trim(self._cache.folder, self._most)

    def _renew(self) -> None:
        """Say since when clips may be needed; the lock is held."""
        since = min(self._began.values(), default=time.time_ns())
        with suppress(OSError):
            self._lease.parent.mkdir(parents=True, exist_ok=True)
            self._lease.touch()
            os.utime(self._lease, ns=(since, since))


def look(folder: Path) -> Kept:
    """What is kept in the folder of clips (OSError as it comes)."""
    found = _files(folder)
    oldest = min((used for used, _, _ in found), default=None)
    return Kept(len(found), sum(size for _, size, _ in found), oldest and oldest / 1e9)


def trim(folder: Path, most: int) -> Kept:
    """Where clips have more than ``most`` bytes, remove the least recently used ones.

    Returns:
        What was removed. Clips that a run may need stay, whatever the size is then.

    OSError as it comes, but for single files.
    """
    found = sorted(_files(folder), key=lambda entry: entry[0])
    size = sum(entry[1] for entry in found)
    count = gone = 0
    if size > most:
        needed_ns = _needed_since(folder)
        for used, its_size, path in found:
            if size - gone <= most * _LEFT or used >= needed_ns:
                break
            if _remove(path, needed_ns):
                count, gone = count + 1, gone + its_size
    return Kept(count, gone, None)


def _remove(path: Path, needed_ns: int) -> bool:
    """Whether the file is gone; one that was used a moment ago stays."""
    with suppress(OSError):
        if path.stat().st_mtime_ns < needed_ns:
            path.unlink()
            return True
    return False


def _files(folder: Path) -> list[tuple[int, int, Path]]:
    """When each was last used (ns), its bytes, and where it is."""
    found = []
    for inner in _scan(folder):
        if inner.is_dir(follow_symlinks=False):
            for file in _scan(Path(inner.path)):
                with suppress(OSError):
                    if file.is_file(follow_symlinks=False):
                        stat = file.stat(follow_symlinks=False)
                        found.append((stat.st_mtime_ns, stat.st_size, Path(file.path)))
    return found


def _scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except FileNotFoundError:
        return


def _needed_since(folder: Path) -> int:
    """The moment since when clips may be needed by runs that live (ns); those of the dead go."""
    since = now = time.time_ns()
    for lease in _scan(_running(folder)):
        with suppress(OSError):
            at = lease.stat().st_mtime_ns
            if _is_over(lease.name, now - at):
                Path(lease.path).unlink()
            else:
                since = min(since, at - _CLOCKS_DIFFER_NS)
    return since


def _is_over(name: str, age_ns: int) -> bool:
    node, _, rest = name.rpartition("-")[0].rpartition("-")
    if node == _here() and rest.isdecimal():
        return not is_alive(int(rest))
    return age_ns > _FORGOTTEN_NS


def _here() -> str:
    return platform.node() or "here"


def _running(folder: Path) -> Path:
    """Beside the clips."""
    return folder.parent / "running"
