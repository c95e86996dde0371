"""What is made of the weights once on a machine: the choice of a path, its files, their check.

The files of a path lie in one folder, named by the weights' hash, the path and ``RECIPE``; the
folder appears whole, with the hashes of its files, which are compared each time they are loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from readaloud.engines.kokoro import plain
from readaloud.engines.kokoro.inputs import Inputs, inputs_of, symbols_of
from readaloud.engines.kokoro.plain import PlainPath, Sound
from readaloud.engines.kokoro.weights import find_model, model_hash, models_folder
from readaloud.errors import ConfigError, EngineError, OutputError
from readaloud.models import Utterance, Voice

if TYPE_CHECKING:
    from readaloud.engines.kokoro.fast import FastPath

RECIPE = 1
"""Raised when the same weights would give other files, and so other audio."""
PATH_VARIABLE = "READALOUD_KOKORO_PATH"
PATHS = ("fast", "plain")
_INSTRUCTIONS = "avx512_vnni"
"""What makes 8-bit convolutions faster than float ones, and right: without it sums saturate."""
_MANIFEST = "files.json"
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
    state = "prepared" if _is_whole(_folder(path)) else "prepared at first use"
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
    try:
        if choose_path() == "plain":
            return PlainPath(folder)
        from readaloud.engines.kokoro.fast import FastPath

        return FastPath(folder)
    except Exception as error:  # onnxruntime's own errors share no base but Exception
        raise _unreadable(error) from error


def prepare(say: Callable[[str], None]) -> Path:
    """The folder of this machine's path; ``say`` is told when it has to be made first.

    Raises: see ``open_path``.
    """
    path = choose_path()
    folder = _folder(path)
    if _is_whole(folder):
        return folder
    say(f"The embedded voice is prepared for this machine ({path} path), once.")
    model = find_model()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as name:
            made = Path(name)
            _make(path, model, made)
            _publish(made, folder)
    except OSError as error:
        raise OutputError(
            f"The embedded voice can't be prepared in {folder.parent}: {error.strerror or error}.",
            "Free 200 MB there, or name another folder in READALOUD_CACHE.",
        ) from error
    return folder


def _make(path: str, model: Path, folder: Path) -> None:
    try:
        if path == "plain":
            plain.make(model, folder)
        else:
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as name:
                plain.make(model, Path(name))
                expected = PlainPath(Path(name)).run(_trial())
            _make_fast(model, folder, expected)
    except (OSError, EngineError):
        raise
    except Exception as error:
        raise _unreadable(error) from error
    hashes = {item.name: _hash(item) for item in sorted(folder.iterdir())}
    (folder / _MANIFEST).write_text(json.dumps(hashes))


def _make_fast(model: Path, folder: Path, expected: Sound) -> None:
    """Make the fast path; a machine on which it fails or errs uses the plain one from now on.

    Raises:
        EngineError: it does.
    """
    from readaloud.engines.kokoro import fast

    try:
        fast.make(model, folder)
        found = fast.FastPath(folder).run(_trial())
    except OSError:
        raise
    except Exception as error:  # OpenVINO's errors share no base but Exception
        reason = f"can't be made: {error}"
    else:
        alike = np.array_equal(expected.durations, found.durations)
        if alike and _snr_db(expected.samples, found.samples) >= _LEAST_SNR_DB:
            return
        reason = "does not say on this machine what the plain one says"
    _unfit().touch()
    raise EngineError(
        f"The fast path of the embedded voice {reason}.",
        "Run again: the plain path is used from now on. Please report your processor.",
    )


def _trial() -> Inputs:
    text, said = "今天下雨，明天放晴。", "jin1 tian1 xia4 yu3 , ming2 tian1 fang4 qing2 ."
    readings = tuple(one if one.isalnum() else "" for one in said.split())
    utterance = Utterance("trial", "", "sentence", text, text, readings=readings)
    voice = Voice("trial", "kokoro", "zf_xiaoxiao", "zh-CN", "female", "simplified")
    return inputs_of(utterance, symbols_of(utterance), voice)


def _snr_db(expected: np.ndarray, found: np.ndarray) -> float:
    noise = float(np.square(expected - found).sum())
    return 10 * float(np.log10(np.square(expected).sum() / max(noise, 1e-12)))


def _publish(made: Path, folder: Path) -> None:
    """Rename; where another process was quicker, its files stay."""
    if folder.exists() and not _is_whole(folder):
        shutil.rmtree(folder)
    if not folder.exists():
        try:
            made.chmod(0o755)
            made.rename(folder)
            made.mkdir()  # what the temporary folder will remove
        except OSError:
            if not _is_whole(folder):
                raise


def _is_whole(folder: Path) -> bool:
    try:
        hashes = json.loads((folder / _MANIFEST).read_text())
        return bool(hashes) and all(_hash(folder / name) == hashes[name] for name in hashes)
    except (OSError, ValueError, AttributeError):
        return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


def _processor_flags() -> frozenset[str]:
    """As Linux names them; elsewhere nothing is known of the fast path."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return frozenset()
    line = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return frozenset(line.partition(":")[2].split())


def _unreadable(error: Exception) -> EngineError:
    return EngineError(f"{find_model()} can't be loaded: {error}.", "Remove it and run again.")
