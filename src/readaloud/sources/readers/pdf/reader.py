"""PDF files, read in a process of their own.

PDFium has no bound on time or memory: a page of 10 kB can unpack to a gigabyte, or hold texts
whose order takes hours to find. A process can be ended, and can fail alone.
"""

from __future__ import annotations

import os
import subprocess
import sys

from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Document, Source
from readaloud.sources.readers.pdf.wire import (
    OUT_OF_MEMORY,
    OUT_OF_TIME,
    pack_request,
    unpack_answer,
)

_CHILD = ("-P", "-m", "readaloud.sources.readers.pdf.child")
_MAX_SECONDS = 125.0
"""A little more than the child gives itself."""
_REMEDY = msg("Print or save it to a new PDF, and try that.")


def read_pdf(source: Source) -> Document:
    """Read the pages; running heads, page numbers and stamps go to ``removed``.

    Raises:
        UnreadableSourceError: damaged, protected, a scan, fonts without characters, or more
            time or memory than ``pdf_child`` gives.
    """
    try:
        done = _run(pack_request(source.name, source.data))
    except subprocess.TimeoutExpired as error:
        raise _too_long(source.name) from error
    if done.returncode == 0:
        return unpack_answer(done.stdout)
    raise _failure(source.name, done.returncode, done.stderr.decode(errors="replace"))


def _run(request: bytes) -> subprocess.CompletedProcess[bytes]:
    """Have the child answer; it sees the modules that this process sees, and is killed with it."""
    # An inherited search path makes the child find readaloud wherever this process found it.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(  # noqa: S603
        [sys.executable, *_CHILD],
        input=request,
        capture_output=True,
        timeout=_MAX_SECONDS,
        check=False,
        env=environment,
    )


def _failure(name: str, code: int, complaint: str) -> UnreadableSourceError:
    """What an exit code of the child, and what it wrote to standard error, mean."""
    if code == OUT_OF_TIME and complaint.startswith("Timeout ("):
        return _too_long(name)
    if code == OUT_OF_MEMORY or "MemoryError" in complaint:
        return UnreadableSourceError(
            msg(
                "{name} needs more memory than a PDF should. It is damaged, or made to do this.",
                name=name,
            ),
            _REMEDY,
        )
    if code < 0:
        return UnreadableSourceError(
            msg(
                "{name} makes PDFium fail (signal {signal}), for want of memory or by a fault. "
                "It is damaged, or made to do this.",
                name=name,
                signal=-code,
            ),
            _REMEDY,
        )
    last = complaint.strip().rpartition("\n")[2][:200]
    return UnreadableSourceError(
        msg(
            "{name} can't be read: reading it ended with code {code} ({last}).",
            name=name,
            code=code,
            last=last or "…",
        ),
        _REMEDY,
    )


def _too_long(name: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        msg("{name} takes too long to read. It is damaged, or made to do this.", name=name), _REMEDY
    )
