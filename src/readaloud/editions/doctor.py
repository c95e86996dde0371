"""What readaloud finds on this machine: versions, how voices run, folders, what is missing.

Nothing is made, loaded or fetched. What can't be looked at is a finding too: whoever asks has a
machine on which something is wrong.
"""

from __future__ import annotations

import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path

from readaloud.editions.region import label_of_region
from readaloud.errors import (
    MissingDependencyError,
    OutputError,
    ReadaloudError,
    install_remedy,
    msg,
    msg_count,
)

DISTRIBUTION = "readaloud-zh"
_SHOWN = ("av", "edge-tts", "kaldifst", "numpy", "onnxruntime", "openvino", "typer")
"""Libraries whose versions explain most reports."""
_NATIVE = ("numpy", "av", "onnxruntime", "kaldifst", "lxml.etree", "readaloud.audio.join")
"""What is not Python alone, and may be there and yet not run."""
_AGAIN = msg("Install readaloud again, with pip.")
_REQUIREMENT = re.compile(r"([\w.-]+)[^;]*(?:;\s*(.*))?", re.DOTALL)
_EXTRA = re.compile(r"""extra\s*==\s*["']([\w-]+)["']""")
_LITTLE_SPACE = 500_000_000
_MAINTAINERS = ("test", "docs")
"""Extras that nobody needs who makes editions."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what was found."""

    name: str
    found: str = ""
    problem: ReadaloudError | None = None
    stops: bool = True
    """Whether readaloud can't work with that problem; else it only lacks something."""


def examine() -> Iterator[Finding]:
    """Look at everything; a finding each, and never an error."""
    probes: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        (msg("program"), _program),
        (msg("packages"), _packages),
        (msg("voice"), _voice),
        (msg("engines"), _engines),
        (msg("voices"), _voices),
        (msg("settings"), _settings),
        (msg("label"), _label),
        (msg("cache"), _cache),
        (msg("extras"), _extras),
    )
    for name, probe in probes:
        try:
            yield from probe()
        except ReadaloudError as error:
            yield Finding(name, problem=error)
        except Exception as error:  # a broken installation may raise anything
            yield Finding(name, problem=_unexpected(error))


def _unexpected(error: Exception) -> ReadaloudError:
    kind, said = type(error).__name__, str(error)
    return ReadaloudError(
        msg("It can't be looked at ({kind}: {said}).", kind=kind, said=said),
        msg("Install readaloud again; if that doesn't help, report this."),
    )


def _program() -> Iterator[Finding]:
    from readaloud.audio.ahead import usable_cores
    from readaloud.model.version import __version__

    yield Finding("readaloud", f"{__version__} ({Path(__file__).parents[1]})")
    yield Finding("Python", f"{platform.python_version()} ({sys.executable})")
    cores = msg("{system}, {count} cores", system=platform.platform(), count=usable_cores())
    yield Finding(msg("system"), cores)
    yield from _memory()


def _memory() -> Iterator[Finding]:
    """How much can be had, and how many processes of the embedded voice that is enough for."""
    from readaloud.speech.memory import affordable_processes, available_bytes

    free = available_bytes()
    if free is not None:
        told = msg_count(
            "{size} available: {count} process speaks at once",
            "{size} available: {count} processes speak at once",
            affordable_processes(),
            size=_bytes(free),
        )
        yield Finding(msg("memory"), told)


def _packages() -> Iterator[Finding]:
    """Versions that matter, and packages that are missing; FFmpeg comes with PyAV."""
    versions = ((name, _version(name)) for name in _SHOWN)
    yield Finding(
        msg("libraries"), ", ".join(f"{name} {found}" for name, found in versions if found)
    )
    if not _required():
        yield Finding(msg("packages"), msg("unknown: readaloud was not installed by pip"))
    for name in _requirements().get("", ()):
        if _version(name) is None:
            raise MissingDependencyError(
                msg("The package {name} is not installed.", name=name), _AGAIN
            )
    for name in _NATIVE:
        try:
            import_module(name)
        except Exception as error:  # what a library of another language says when it can't start
            raise MissingDependencyError(
                msg("{name} can't be loaded: {error}.", name=name, error=str(error)), _AGAIN
            ) from error


def _voice() -> Iterator[Finding]:
    """The voice that a run would take here; its engine has to run."""
    from readaloud.config.run_options import make_options
    from readaloud.editions.voice_and_lexicon import find_voice
    from readaloud.speech.engines import load_engine

    voice = find_voice(make_options({}))
    load_engine(voice.engine).describe()
    yield Finding(msg("voice"), msg("{name}, by {engine}", name=voice.name, engine=voice.engine))


def _engines() -> Iterator[Finding]:
    """How all engines run; one that can't is no reason not to use another."""
    from readaloud.speech.engines import ENGINES

    for engine in ENGINES.all():
        name = msg("engine {name}", name=engine.name)
        try:
            yield Finding(name, engine.describe())
        except ReadaloudError as error:
            yield Finding(name, problem=error, stops=False)


def _voices() -> Iterator[Finding]:
    from readaloud.config.voices import broken_profiles, load_voices

    yield Finding(msg("voices"), str(len(load_voices())))
    for error in broken_profiles():
        yield Finding(msg("voices"), problem=error, stops=False)


def _settings() -> Iterator[Finding]:
    from readaloud.config.folders import user_folder
    from readaloud.config.readaloud_toml import CONFIG_NAME
    from readaloud.config.run_options import make_options

    make_options({})
    here = Path(CONFIG_NAME).resolve()
    yield Finding(msg("settings"), str(here) if here.is_file() else msg("none in this folder"))
    yield Finding(msg("own voices and words"), str(user_folder()))


def _label() -> Iterator[Finding]:
    """How editions are marked as synthetic speech; else what holds where this machine stands."""
    from readaloud.config.run_options import make_options

    mode = make_options({}).mark.mode
    if mode != "off":
        yield Finding(msg("label"), mode)
        return
    advice = {
        "cn": msg("none. In China synthetic speech has to be labelled: --label cn."),
        "eu": msg("none. In the EU synthetic speech has to be labelled: --label eu."),
    }
    yield Finding(msg("label"), advice.get(label_of_region(), msg("none")))


def _cache() -> Iterator[Finding]:
    """Where clips are kept, how much they take, and whether more can be written."""
    from readaloud.config.folders import CACHE_VARIABLE, cache_folder

    folder = cache_folder()
    elsewhere = msg("Name another folder in {variable}.", variable=CACHE_VARIABLE)
    try:
        there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
        with tempfile.TemporaryFile(dir=there):
            pass
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        free = shutil.disk_usage(there).free
    except OSError as error:
        raise OutputError(
            msg("{folder} can't be written: {reason}.", folder=folder, reason=error.strerror),
            elsewhere,
        ) from error
    told = msg("{folder}, {size}; {free} free", folder=folder, size=_bytes(size), free=_bytes(free))
    little = OutputError(msg("There is little space."), elsewhere) if free < _LITTLE_SPACE else None
    yield Finding(msg("cache"), told, little, stops=False)


def _extras() -> Iterator[Finding]:
    """Optional parts: which are there, and how to get the others."""
    for extra, names in _requirements().items():
        if extra in {"", *_MAINTAINERS}:
            continue
        missing = [name for name in names if _version(name) is None]
        name = msg("extra {extra}", extra=extra)
        if not missing:
            yield Finding(name, msg("installed"))
            continue
        error = MissingDependencyError(msg("Not installed."), install_remedy(extra))
        yield Finding(name, problem=error, stops=False)


def _requirements() -> dict[str, list[str]]:
    """What the distribution asks for, by extra; what is asked for on some machines is left out."""
    found: dict[str, list[str]] = {}
    for line in _required():
        parts = _REQUIREMENT.match(line)
        if parts is None:
            continue
        extra = _EXTRA.search(parts[2] or "")
        if extra or not parts[2]:
            found.setdefault(extra[1] if extra else "", []).append(parts[1])
    return found


def _required() -> list[str]:
    try:
        return metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _bytes(count: int) -> str:
    """A size for people."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
