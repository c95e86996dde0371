"""What is made of the weights once on a machine: the choice of a path, its files, their check.

The files of a path lie in one folder, named by the weights' hash, the path, ``RECIPE``, and for the
fast path what they depend on of the processor: a cache can be copied, or shared by machines. The
folder appears whole, with the hashes of its files, which are compared each time they are loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from readaloud.config.folders import models_folder
from readaloud.errors import (
    ConfigError,
    EngineError,
    Message,
    OutputError,
    Several,
    msg,
    system_reason,
)
from readaloud.model import Utterance, Voice
from readaloud.speech.engines.kokoro import plain
from readaloud.speech.engines.kokoro.inputs import Inputs, inputs_of, symbols_of
from readaloud.speech.engines.kokoro.plain import PlainPath
from readaloud.speech.engines.kokoro.processor import fingerprint, isa_cap, why_no_avx2
from readaloud.speech.engines.kokoro.weights import (
    MODEL_VARIABLE,
    find_model,
    model_hash,
)
from readaloud.speech.packaged_models import drop_folder, is_whole, keep_folder

if TYPE_CHECKING:
    from readaloud.speech.engines.kokoro.fast import FastPath

RECIPE = 3
"""Raised when the same weights would give other files, and so other audio."""
PATH_VARIABLE = "READALOUD_KOKORO_PATH"
PATHS = ("fast", "plain")
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
            msg(
                "{path_variable} is {asked!r}, which is not a path.",
                path_variable=PATH_VARIABLE,
                asked=asked,
            ),
            msg("Choose one of {listed}.", listed=Several(PATHS)),
        )
    if asked == "fast" and reason:
        raise ConfigError(
            msg(
                "{path_variable} asks for the fast path: {reason}.",
                path_variable=PATH_VARIABLE,
                reason=reason,
            ),
            msg("Remove it."),
        )
    return asked


def describe_path() -> Message:
    """In a line: which path runs, why, and whether its files are made."""
    path = choose_path()
    state = msg("prepared") if is_whole(_folder(path)) else msg("prepared at first use")
    if path == "plain":
        reason = _why_not_fast() or msg("{variable} says so", variable=PATH_VARIABLE)
        return msg("plain path, onnxruntime alone ({reason}); {state}", reason=reason, state=state)
    if not isa_cap():
        return msg("fast path, 8-bit decoder on OpenVINO; {state}", state=state)
    return msg(
        "fast path, 8-bit decoder on OpenVINO, instructions up to {cap}; {state}",
        cap=isa_cap(),
        state=state,
    )


def path_id() -> str:
    """Names the path and its recipe, for the keys of kept clips; no processor makes others."""
    path = choose_path()
    return f"{path}{RECIPE}" if path == "fast" else path


def open_path(say: Callable[[str], None] = lambda _: None) -> PlainPath | FastPath:
    """The path's files loaded, made before where they are missing or damaged.

    Files that are whole and yet can't be loaded are made anew, once.

    Raises:
        MissingDependencyError, OutputError, ConfigError: see ``weights.find_model``.
        EngineError: the weights are no model that can be run.
    """
    folder = prepare(say)
    try:
        return _load(folder)
    except MemoryError as error:
        raise _too_little_memory() from error
    except Exception as error:  # the errors of both runtimes share no base but Exception
        say(
            msg(
                "{folder} can't be loaded ({error}). Making it again.",
                folder=folder,
                error=_in_a_line(error),
            )
        )
        return _make(choose_path(), say, anew=True)


def prepare(say: Callable[[str], None]) -> Path:
    """The folder of this machine's path; ``say`` is told when it has to be made first.

    Raises: see ``open_path``.
    """
    path = choose_path()
    if not is_whole(_folder(path)):
        say(
            msg(
                "Preparing the built-in voice for this computer ({path} path). This happens once.",
                path=path,
            )
        )
        _make(path, say)
    return _folder(choose_path())


def _load(folder: Path) -> PlainPath | FastPath:
    if (folder / plain.WHOLE).exists():
        return PlainPath(folder / plain.WHOLE)
    from readaloud.speech.engines.kokoro.fast import FastPath

    return FastPath(folder)


def _make(path: str, say: Callable[[str], None], *, anew: bool = False) -> PlainPath | FastPath:
    """Make the path's files, ``anew`` in place of those there are; or the plain path's instead.

    What is returned was loaded before its files came to their place, which another process may be
    about to make anew too.
    """
    folder = _folder(path)
    fill: Callable[[Path, Path], PlainPath | FastPath]
    fill = _make_plain if path == "plain" else _make_fast
    try:
        if anew:
            drop_folder(folder)
        model = find_model()
        return keep_folder(folder, lambda made: fill(model, made))
    except OSError as error:
        raise OutputError(
            msg(
                "The built-in voice can't be prepared in {parent}: {reason}.",
                parent=folder.parent,
                reason=system_reason(error),
            ),
            msg("Free 200 MB there, or set READALOUD_CACHE to another folder."),
        ) from error
    except MemoryError as error:
        raise _too_little_memory() from error
    except _UnfitError as error:
        say(
            msg(
                "The fast path {error}. Using the plain one. Please report your processor.",
                error=error,
            )
        )
        return open_path(say)


def _too_little_memory() -> EngineError:
    return EngineError(
        msg("There is too little memory to load the built-in voice."),
        msg("Run again with a lower --jobs."),
    )


def _make_plain(model: Path, folder: Path) -> PlainPath:
    with _readable(model):
        data = plain.make(model)
        loaded = PlainPath(data)
    (folder / plain.WHOLE).write_bytes(data)
    return loaded


class _UnfitError(Exception):
    """The fast path can't be used on this machine: why, and that is marked."""


def _make_fast(model: Path, folder: Path) -> FastPath:
    """Make the fast path, and hold it against the plain one.

    Raises:
        _UnfitError: it can't be made here, or errs; the plain one is chosen from now on.
    """
    with _readable(model):
        expected = PlainPath(plain.make(model)).run(_trial())
    try:
        from readaloud.speech.engines.kokoro import fast

        fast.make(model, folder)
        loaded = fast.FastPath(folder)
        found = loaded.run(_trial())
    except (OSError, MemoryError):
        raise
    except Exception as error:  # OpenVINO's errors share no base but Exception
        reason = msg("can't be made: {error}", error=_in_a_line(error))
    else:
        alike = np.array_equal(expected.durations, found.durations)
        if alike and snr_db(expected.samples, found.samples) >= _LEAST_SNR_DB:
            return loaded
        reason = msg("gives other speech on this computer than the plain one")
    _unfit().write_text(reason, encoding="utf-8")
    raise _UnfitError(reason)


@contextmanager
def _readable(model: Path) -> Iterator[None]:
    """What a runtime says of a model, in the program's words.

    Raises:
        EngineError: it can't be loaded.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # onnxruntime's own errors share no base but Exception
        remedy = msg("Remove it and run again.")
        if os.environ.get(MODEL_VARIABLE):
            remedy = msg("Name another model in {variable}, or none.", variable=MODEL_VARIABLE)
        raise EngineError(
            msg("{model} can't be loaded: {error}.", model=model, error=_in_a_line(error)), remedy
        ) from error


def _in_a_line(error: Exception) -> str:
    """The end of what a runtime says: OpenVINO begins with places in its own source."""
    return " ".join(str(error).split())[-300:].rstrip(".") or type(error).__name__


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
    """Where a path's files lie; the plain path's are a graph that any processor runs."""
    runtime = f"-{fingerprint()}" if path == "fast" else ""
    return models_folder() / f"kokoro-v1.0-{model_hash()}-{path}{RECIPE}{runtime}"


def _unfit() -> Path:
    """A file that says why the fast path of these weights failed, on processors like this one."""
    return models_folder() / f"unfit-{model_hash()}-fast{RECIPE}-{fingerprint()}"


def _why_not_fast() -> Message:
    """Empty where the fast path can run."""
    if find_spec("openvino") is None:
        return msg("OpenVINO is not installed")
    if reason := why_no_avx2():
        return reason
    try:
        told = _unfit().read_text(encoding="utf-8")
    except OSError:
        return msg("")
    return msg(
        "the fast one {told}; to try again, remove {file}", told=Message(told), file=_unfit()
    )
