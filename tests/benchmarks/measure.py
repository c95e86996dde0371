"""Wall time and peak memory of a command with all its processes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Run:
    """Seconds, and the largest sum of the tree's unshared memory (USS) that was seen."""

    seconds: float
    peak_mib: float
    stdout: str


def run(command: Sequence[str]) -> Run:
    """Run a command to its end, looking at its memory every 200 ms: to look slows it down.

    Raises:
        RuntimeError: it failed; its standard error is the message.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _tree_bytes(process.pid))
        time.sleep(0.2)
    seconds = time.perf_counter() - start
    stdout, stderr = process.communicate()
    if process.returncode:
        raise RuntimeError(stderr)
    return Run(seconds, peak / 2**20, stdout)


def _tree_bytes(pid: int) -> int:
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_full_info().uss
    except psutil.Error:
        pass
    return total
