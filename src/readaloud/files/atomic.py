"""Files that are seen whole or not at all: temporary names first, then one rename."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from readaloud.errors import OutputError, msg, system_reason

_WORKSHOP = ".readaloud-"


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file in one step for whoever looks at it (OSError as it comes)."""
    handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(mode)
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal (OSError as it comes)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def first_time(marker: Path) -> bool:
    """Whether the marker is not there yet; it is from now on, if it can be written."""
    try:
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError:
        pass
    return True


def publish(made: Sequence[Path], out: Path) -> tuple[Path, ...]:
    """Move whole files to their final names, each in one step (OSError as it comes).

    Raises:
        OutputError: a folder has one of the names; nothing was moved.
    """
    finals = tuple(out / path.name for path in made)
    for final in finals:
        if final.is_dir():
            raise OutputError(
                msg("{final} is a folder.", final=final),
                msg("Move it away, or choose another --out."),
            )
    for path, final in zip(made, finals, strict=True):
        os.replace(path, final)  # noqa: PTH105
    return finals


def prepare_output(out: Path) -> None:
    """Make the output folder, see that it can be written, and clear what killed runs left in it.

    Raises:
        OutputError: it can't.
    """
    with output_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
        for stale in out.glob(f"{_WORKSHOP}*"):
            owner = stale.name.removeprefix(_WORKSHOP).partition("-")[0]
            if owner.isdecimal() and not is_alive(int(owner)):
                shutil.rmtree(stale, ignore_errors=True)


@contextmanager
def open_workshop(out: Path) -> Iterator[Path]:
    """A private folder on the output's own file system, gone at the end whatever is in it then.

    Raises:
        OutputError: it can't be made.
    """
    with ExitStack() as stack:
        with output_errors(out):
            prefix = f"{_WORKSHOP}{os.getpid()}-"
            made = tempfile.TemporaryDirectory(prefix=prefix, dir=out, ignore_cleanup_errors=True)
            name = stack.enter_context(made)
        yield Path(name)


@contextmanager
def open_bench(workshop: Path, out: Path) -> Iterator[Path]:
    """A folder of the workshop for one edition; what the file system refuses is of ``out``.

    Raises:
        OutputError: the file system refuses, here or in the body.
    """
    with output_errors(out), tempfile.TemporaryDirectory(dir=workshop) as name:
        yield Path(name)


@contextmanager
def output_errors(out: Path) -> Iterator[None]:
    """Translate what the file system says of the output folder.

    Raises:
        OutputError: it can't be written, or the disk is full.
    """
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        remedy = msg("Choose another folder with --out.")
        if full:
            remedy = msg("Free some space, or choose another folder with --out.")
        raise OutputError(
            msg("{out} can't be written: {reason}.", out=out, reason=system_reason(error)), remedy
        ) from error


def is_alive(pid: int) -> bool:
    """Whether there is such a process here; where that can't be known, there is."""
    if os.name == "nt":  # there the question itself would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
