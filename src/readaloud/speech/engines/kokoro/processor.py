"""What this processor can, how much of it OpenVINO may use, and what ties files to it."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from readaloud.errors import Message, msg

CAP_VARIABLES = ("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA")
"""A user's own limit for oneDNN, which OpenVINO's kernels come from, in the order it looks."""
_WITHOUT_AMX = "AVX512_CORE_VNNI"
_BELOW_AVX2 = frozenset({"SSE41", "AVX"})
_SETS = ("sse", "ssse", "avx", "amx", "fma", "f16c", "bmi", "gfni")
"""How the names of instruction sets begin that kernels are chosen by."""


def why_no_avx2() -> Message:
    """Why 8-bit convolutions would not be quicker than float ones; empty where they are."""
    if "avx2" not in flags():
        return msg("this processor has no avx2")
    if isa_cap() in _BELOW_AVX2:
        return msg("oneDNN is limited to {cap}, which lacks avx2", cap=isa_cap())
    return msg("")


def isa_cap() -> str:
    """The highest instruction set that OpenVINO may use, as oneDNN names it; empty for any.

    What a user has set counts. Else AMX is off: with it each new length of a sentence costs nearly
    as much again as speaking it and keeps 100 MB (a sample of eight minutes took 1.7 times the time
    and 10 GB), known lengths gain a tenth, and 8-bit models of variable length have crashed with
    it (openvino issue 37577). OpenVINO has no property for that, only oneDNN's variable.
    """
    own = next((os.environ[name] for name in CAP_VARIABLES if os.environ.get(name)), "")
    return own.upper() or (_WITHOUT_AMX if "amx_tile" in flags() else "")


def fingerprint() -> str:
    """What a compiled decoder depends on: OpenVINO's version, the instruction sets and their limit.

    OpenVINO refuses what another version or other instruction sets compiled.
    """
    sets = sorted(flag for flag in flags() if flag.startswith(_SETS))
    known = " ".join((platform.machine(), isa_cap(), *sets))
    digest = hashlib.sha256(known.encode()).hexdigest()[:8]
    return f"openvino-{version('openvino')}-{digest}"


@lru_cache
def open_core() -> Any:
    """OpenVINO, within ``isa_cap``."""
    import openvino

    with _limited():
        core = openvino.Core()
        core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return core


@contextmanager
def _limited() -> Iterator[None]:
    """Set oneDNN's variable for as long as OpenVINO's CPU plugin is loaded.

    It is read once in a process, at that moment. Other libraries of the process, and processes that
    it starts, have an oneDNN of their own that this is none of: they don't see it.
    """
    name, cap = CAP_VARIABLES[0], isa_cap()
    if not cap or any(map(os.environ.get, CAP_VARIABLES)):
        yield
        return
    os.environ[name] = cap
    try:
        yield
    finally:
        del os.environ[name]


@lru_cache
def flags() -> frozenset[str]:
    """What the processor has, as Linux names it; elsewhere nothing is known of the fast path."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return frozenset()
    line = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return frozenset(line.partition(":")[2].split())
