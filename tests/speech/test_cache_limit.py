"""The cache stays within its size, the longest unused goes first, and nothing that a run needs."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readaloud.speech.cache_limit import CacheLimit, look, trim
from readaloud.speech.clip_cache import ClipCache

SIZE = 1000
HOUR_NS = 3600 * 1_000_000_000


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    """Ten clips of former runs; clip 9 was used an hour ago, clip 0 ten."""
    made = ClipCache(tmp_path)
    for number in range(10):
        store(made, number)
        at = time.time_ns() - (10 - number) * HOUR_NS
        os.utime(made.path(key(number)), ns=(at, at))
    return ClipCache(tmp_path)


def key(number: int) -> str:
    return f"{number}{number}" + "f" * 62


def store(cache: ClipCache, number: int) -> None:
    cache.put(key(number), bytes(SIZE - 4))


def there(cache: ClipCache) -> list[int]:
    return [number for number in range(10) if cache.has(key(number))]


def test_the_least_recently_used_go_first(cache: ClipCache) -> None:
    removed = trim(cache.folder, 5 * SIZE)
    assert (removed.count, removed.size) == (6, 6 * SIZE)
    assert there(cache) == [6, 7, 8, 9]
    assert look(cache.folder).size == 4 * SIZE
    assert trim(cache.folder, 5 * SIZE).count == 0


def test_what_was_read_counts_as_used(cache: ClipCache, tmp_path: Path) -> None:
    from readaloud.audio.clipfile import encode_clip
    from readaloud.model import Clip

    cache.put(key(0), encode_clip(Clip("u1", b"ab" * 100, 24_000)))
    os.utime(cache.path(key(0)), ns=(0, 0))
    assert cache.check(key(0), "u1") == 4
    trim(cache.folder, 3 * SIZE)
    assert 0 in there(cache)
    assert 1 not in there(cache)


def test_a_run_that_stored_something_keeps_to_the_limit_when_it_ends(cache: ClipCache) -> None:
    CacheLimit(cache, 5 * SIZE / 1e9).close()
    assert len(there(cache)) == 10
    limit = CacheLimit(cache, 5 * SIZE / 1e9)
    with limit.edition():
        store(cache, 0)
    limit.close()
    assert there(cache) == [0, 7, 8, 9]


def test_what_an_edition_in_the_making_asked_for_stays(cache: ClipCache) -> None:
    limit = CacheLimit(cache, 0)
    with limit.edition():
        for number in (2, 3):
            os.utime(cache.path(key(number)))
        assert trim(cache.folder, 0).count == 8
        assert there(cache) == [2, 3]
    limit.close()
    trim(cache.folder, 0)
    assert there(cache) == []


def test_the_oldest_edition_of_several_counts(cache: ClipCache) -> None:
    limit = CacheLimit(cache, 0)
    with limit.edition():
        os.utime(cache.path(key(4)))
        time.sleep(0.01)
        with limit.edition():
            pass
        trim(cache.folder, 0)
        assert there(cache) == [4]


def _lease(cache: ClipCache, name: str, hours_ago: float) -> Path:
    lease = cache.folder.parent / "running" / name
    lease.parent.mkdir(exist_ok=True)
    lease.touch()
    at = time.time_ns() - int(hours_ago * HOUR_NS)
    os.utime(lease, ns=(at, at))
    return lease


def test_runs_of_other_processes_and_machines_are_heeded(cache: ClipCache) -> None:
    _lease(cache, f"{platform.node() or 'here'}-{os.getppid()}-abcd", 3.5)
    trim(cache.folder, 0)
    assert there(cache) == [7, 8, 9]
    _lease(cache, "elsewhere-7-abcd", 2.5)
    trim(cache.folder, 0)
    assert there(cache) == [7, 8, 9]


def test_runs_that_died_are_not(cache: ClipCache) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    lease = _lease(cache, f"{platform.node() or 'here'}-{dead.pid}-abcd", 3.5)
    gone = _lease(cache, "else-where-7-abcd", 24 * 20)
    odd = _lease(cache, "odd", 0)
    trim(cache.folder, 0)
    assert there(cache) == []
    assert (lease.exists(), gone.exists()) == (False, False)
    odd.unlink(missing_ok=True)


def test_an_empty_cache_is_no_error(tmp_path: Path) -> None:
    assert look(tmp_path / "clips").count == 0
    assert trim(tmp_path / "clips", 0).count == 0
