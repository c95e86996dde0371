"""How many speaking processes the memory of this machine, or of this container, has room for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from readaloud.audio.ahead import usable_cores

PROCESS_BYTES = 1_000_000_000
"""What a process of the embedded voice takes at work: 780 MB, or 930 on some processors."""
_OTHERS_BYTES = 250_000_000
"""For planning, joining and encoding beside them."""
_UNLIMITED = 1 << 60
"""Version 1 of cgroups says no limit by a number near 2^63."""


def affordable_processes() -> int:
    """One a core, or fewer where memory is short; one at least."""
    free = available_bytes()
    if free is None:
        return usable_cores()
    return max(1, min(usable_cores(), (free - _OTHERS_BYTES) // PROCESS_BYTES))


def available_bytes(root: Path = Path("/")) -> int | None:
    """What can be had without swapping, within the limits of the control groups of this process.

    None where Linux's files don't say it. ``root`` is where ``proc`` and ``sys`` are.
    """
    found = [*_of_machine(root / "proc" / "meminfo"), *_of_groups(root)]
    return min(found, default=None)


def _of_machine(path: Path) -> Iterator[int]:
    for line in _lines(path):
        name, _, rest = line.partition(":")
        if name == "MemAvailable":
            yield int(rest.split()[0]) * 1024


def _of_groups(root: Path) -> Iterator[int]:
    """What is left in each group that limits this process; caches of files can be had back."""
    for line in _lines(root / "proc" / "self" / "cgroup"):
        number, controllers, inner = line.split(":", 2)
        if number == "0":
            yield from _left(root / "sys/fs/cgroup", inner, "memory.max", "memory.current")
        elif "memory" in controllers.split(","):
            names = "memory.limit_in_bytes", "memory.usage_in_bytes"
            yield from _left(root / "sys/fs/cgroup/memory", inner, *names)


def _left(base: Path, inner: str, most: str, used: str) -> Iterator[int]:
    """From the group outwards; inside of a container the path may lead nowhere, and base is it."""
    group = base / inner.strip("/")
    for folder in (group, *group.parents):
        limit = _number(folder / most)
        if limit is not None and limit < _UNLIMITED:
            yield max(0, limit - (_number(folder / used) or 0) + _file_cache(folder))
        if folder == base:
            return


def _file_cache(folder: Path) -> int:
    for line in _lines(folder / "memory.stat"):
        name, _, size = line.partition(" ")
        if name == "inactive_file":
            return int(size)
    return 0


def _number(path: Path) -> int | None:
    """None where there is none, as ``max``."""
    for line in _lines(path):
        return int(line) if line.isdecimal() else None
    return None


def _lines(path: Path) -> list[str]:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    return []
