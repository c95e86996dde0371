"""Where memory is short, fewer processes speak: the machine's, and a container's limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from readaloud.speech import memory
from readaloud.speech.memory import affordable_processes, available_bytes
from readaloud.speech.utterance_queue import open_workers

GB = 1_000_000_000


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


MEMINFO = {"proc/meminfo": "MemTotal: 9000000 kB\nMemAvailable: 5000000 kB\n"}


def test_without_limits_it_is_what_the_machine_has(tmp_path: Path) -> None:
    _write(tmp_path, MEMINFO)
    assert available_bytes(tmp_path) == 5_000_000 * 1024


def test_a_container_has_what_its_group_leaves(tmp_path: Path) -> None:
    inside = {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "2000000000\n"}
    inside |= {"sys/fs/cgroup/memory.current": "700000000\n"}
    inside |= {"sys/fs/cgroup/memory.stat": "anon 5\ninactive_file 200000000\n"}
    _write(tmp_path, MEMINFO | inside)
    assert available_bytes(tmp_path) == 1_500_000_000


def test_a_limit_of_an_outer_group_counts(tmp_path: Path) -> None:
    groups = {"proc/self/cgroup": "0::/user/job\n", "sys/fs/cgroup/user/job/memory.max": "max\n"}
    groups |= {"sys/fs/cgroup/user/memory.max": "3000000000\n"}
    groups |= {"sys/fs/cgroup/user/memory.current": "1000000000\n"}
    _write(tmp_path, MEMINFO | groups)
    assert available_bytes(tmp_path) == 2_000_000_000


def test_version_1_of_control_groups(tmp_path: Path) -> None:
    base = "sys/fs/cgroup/memory"
    groups = {"proc/self/cgroup": "3:cpu:/\n7:memory:/docker/a1\n0::/\n"}
    groups |= {f"{base}/memory.limit_in_bytes": "9223372036854771712\n"}
    _write(tmp_path, MEMINFO | groups)
    assert available_bytes(tmp_path) == 5_000_000 * 1024
    _write(tmp_path, {f"{base}/memory.limit_in_bytes": "1200000000\n"})
    _write(tmp_path, {f"{base}/memory.usage_in_bytes": "200000000\n"})
    assert available_bytes(tmp_path) == GB


def test_what_is_not_said_limits_nothing(tmp_path: Path) -> None:
    assert available_bytes(tmp_path) is None


@pytest.mark.parametrize(
    ("free", "processes"), [(None, 8), (0, 1), (GB, 1), (2.3 * GB, 2), (40 * GB, 8)]
)
def test_processes_that_fit(
    monkeypatch: pytest.MonkeyPatch, free: int | None, processes: int
) -> None:
    monkeypatch.setattr(memory, "usable_cores", lambda: 8)
    monkeypatch.setattr(memory, "available_bytes", lambda: free)
    assert affordable_processes() == processes


def test_workers_are_no_more_than_fit_but_as_many_as_were_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from readaloud.speech.engines import load_engine

    monkeypatch.setattr(memory, "usable_cores", lambda: 8)
    monkeypatch.setattr(memory, "available_bytes", lambda: 3 * GB)
    for jobs, size in ((None, 2), (5, 5)):
        with open_workers(load_engine("kokoro"), jobs) as workers:
            assert workers.size == size
