"""Models that come with pip in parts: joined once, checked, kept in the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from readaloud.errors import MissingDependencyError, OutputError
from readaloud.files import write_whole


@dataclass(frozen=True, slots=True)
class Model:
    """What messages call a model, and what they advise; ``remedy`` may hold ``{package}``."""

    name: str
    remedy: str
    reinstall: str
    megabytes: int


def join_parts(model: Model, parts: Sequence[tuple[str, str]], sha256: str, path: Path) -> None:
    """Join (package, file) pairs to ``path``: two processes may do it at once, to the same end.

    Raises:
        MissingDependencyError: a part is not installed, or is not what it should be.
        OutputError: the folder can't be written.
    """
    data = b"".join(_part(model, package, file) for package, file in parts)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise MissingDependencyError(
            f"The packages of {model.name} do not add up to the {path.name} they should be.",
            f"Install them again: {model.reinstall}.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise OutputError(
            f"The model of {model.name} can't be put into {path.parent}: "
            f"{error.strerror or error}.",
            f"Free {model.megabytes} MB there, or name another folder in READALOUD_CACHE.",
        ) from error


def _part(model: Model, package: str, file: str) -> bytes:
    try:
        return resources.files(package).joinpath(file).read_bytes()
    except (ModuleNotFoundError, OSError) as error:
        named = package.replace("_", "-")
        raise MissingDependencyError(
            f"The package {named} of {model.name} is missing.", model.remedy.format(package=named)
        ) from error
