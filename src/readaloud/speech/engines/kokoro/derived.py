"""What is made of the weights once on a machine: the choice of a path, its files, their check.

The files of a path lie in one folder, named by the weights' hash, the path and ``RECIPE``; the
folder appears whole, with the hashes of its files, which are compared each time they are loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from readaloud.errors import ConfigError, EngineError, OutputError
from readaloud.model import Utterance, Voice
from readaloud.speech.engines.kokoro import plain
from readaloud.speech.engines.kokoro.inputs import Inputs, inputs_of, symbols_of
from readaloud.speech.engines.kokoro.plain import PlainPath
from readaloud.speech.engines.kokoro.weights import find_model, model_hash, models_folder
from readaloud.speech.packaged_models import is_whole, keep_folder

if TYPE_CHECKING:
    from readaloud.speech.engines.kokoro.fast import FastPath

RECIPE = 2
"""Raised when the same weights would give other files, and so other audio."""
PATH_VARIABLE = "READALOUD_KOKORO_PATH"
PATHS = ("fast", "plain")
_INSTRUCTIONS = "avx512_vnni"
"""What makes 8-bit convolutions faster than float ones, and right: without it sums saturate."""
_LEAST_SNR_DB = 4.0
"""The export's own 8-bit graph and the fast path differ by some 11 dB; noise would be below 0."""


def choose_path() -> str:
    """``fast`` where this machine can, else ``plain``; or what ``READALOUD_KOKORO_PATH`` says.

    Raises:
        ConfigError: the variable names no path, or one that can't run here.
    """
    asked = os.environ.get(PATH_VARIABLE)
    reason = _why_not_fast()
    if asked is None:
        return "plain" if reason else "fast"
    if asked not in PATHS:
        raise ConfigError(
            f"{PATH_VARIABLE} names no path: {asked!r}.", f"Paths: {', '.join(PATHS)}."
        )
    if asked == "fast" and reason:
        raise ConfigError(f"{PATH_VARIABLE} asks for the fast path: {reason}.", "Leave it out.")
    return asked


def describe_path() -> str:
    """In a line: which path runs, why, and whether its files are made."""
    path = choose_path()
    runtime = "8-bit decoder on OpenVINO" if path == "fast" else "onnxruntime alone"
    reason = "" if path == "fast" else f" ({_why_not_fast() or f'{PATH_VARIABLE} says so'})"
    state = "prepared" if is_whole(_folder(path)) else "prepared at first use"
    return f"{path} path, {runtime}{reason}; {state}"


def path_id() -> str:
    """Names the path and its recipe, for the keys of kept clips."""
    path = choose_path()
    return f"{path}{RECIPE}" if path == "fast" else path


def open_path() -> PlainPath | FastPath:
    """The path's files loaded, made before where they are missing or damaged.

    Raises:
        MissingDependencyError, OutputError, ConfigError: see ``weights.find_model``.
        EngineError: the weights are no model that can be run.
    """
    folder = prepare(lambda _: None)
    with _readable():
        if (folder / plain.WHOLE).exists():
            return PlainPath(folder / plain.WHOLE)
        from readaloud.speech.engines.kokoro.fast import FastPath

        return FastPath(folder)


def prepare(say: Callable[[str], None]) -> Path:
    """The folder of this machine's path; ``say`` is told when it has to be made first.

    Raises: see ``open_path``.
    """
    path = choose_path()
    folder = _folder(path)
    if is_whole(folder):
        return folder
    say(f"The embedded voice is prepared for this machine ({path} path), once.")
    make = _make_plain if path == "plain" else _make_fast
    try:
        keep_folder(folder, partial(make, find_model()))
    except OSError as error:
        raise OutputError(
            f"The embedded voice can't be prepared in {folder.parent}: {error.strerror or error}.",
            "Free 200 MB there, or name another folder in READALOUD_CACHE.",
        ) from error
    return folder


def _make_plain(model: Path, folder: Path) -> None:
    with _readable():
        data = plain.make(model)
    (folder / plain.WHOLE).write_bytes(data)


def _make_fast(model: Path, folder: Path) -> None:
    """Make the fast path; a machine on which it fails or errs uses the plain one from now on.

    Raises:
        EngineError: it does.
    """
    from readaloud.speech.engines.kokoro import fast

    with _readable():
        expected = PlainPath(plain.make(model)).run(_trial())
    try:
        fast.make(model, folder)
        found = fast.FastPath(folder).run(_trial())
    except OSError:
        raise
    except Exception as error:  # OpenVINO's errors share no base but Exception
        reason = f"can't be made: {error}"
    else:
        alike = np.array_equal(expected.durations, found.durations)
        if alike and snr_db(expected.samples, found.samples) >= _LEAST_SNR_DB:
            return
        reason = "does not say on this machine what the plain one says"
    _unfit().touch()
    raise EngineError(
        f"The fast path of the embedded voice {reason}.",
        "Run again: the plain path is used from now on. Please report your processor.",
    )


@contextmanager
def _readable() -> Iterator[None]:
    """What a runtime says of a model, in the program's words.

    Raises:
        EngineError: it can't be loaded.
    """
    try:
        yield
    except Exception as error:  # onnxruntime's own errors share no base but Exception
        raise EngineError(
            f"{find_model()} can't be loaded: {error}.", "Remove it and run again."
        ) from error


def _trial() -> Inputs:
    text, said = "今天下雨，明天放晴。", "jin1 tian1 xia4 yu3 , ming2 tian1 fang4 qing2 ."
    readings = tuple(one if one.isalnum() else "" for one in said.split())
    utterance = Utterance("trial", "", "sentence", text, text, readings=readings)
    voice = Voice("trial", "kokoro", "zf_xiaoxiao", "zh-CN", "female", "simplified")
    return inputs_of(utterance, symbols_of(utterance), voice)


def snr_db(expected: np.ndarray, found: np.ndarray) -> float:
    """How far the difference of two signals lies below the first of them."""
    noise = float(np.square(expected - found).sum())
    return 10 * float(np.log10(np.square(expected).sum() / max(noise, 1e-12)))


def _folder(path: str) -> Path:
    """OpenVINO reads no decoder that another version of it compiled."""
    runtime = f"-openvino-{version('openvino')}" if path == "fast" else ""
    return models_folder() / f"kokoro-v1.0-{model_hash()}-{path}{RECIPE}{runtime}"


def _unfit() -> Path:
    """A file that stands where the fast path of these weights failed on this machine."""
    return models_folder() / f"unfit-{model_hash()}-fast{RECIPE}"


def _why_not_fast() -> str:
    """Empty where the fast path can run."""
    if find_spec("openvino") is None:
        return "OpenVINO is not installed"
    if _INSTRUCTIONS not in _processor_flags():
        return f"this processor has no {_INSTRUCTIONS}"
    if _unfit().exists():
        return "it was found unfit on this machine"
    return ""


@lru_cache
def _processor_flags() -> frozenset[str]:
    """As Linux names them; elsewhere nothing is known of the fast path."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return frozenset()
    line = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return frozenset(line.partition(":")[2].split())
