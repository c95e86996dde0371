"""The process in which PDFium reads one file, within bounds of time and memory.

``python -m readaloud.sources.readers.pdf.child`` takes a request of ``wire`` on standard input and
writes the answer to standard output. It ends with OUT_OF_TIME or OUT_OF_MEMORY, or by a signal
where PDFium fails.
"""

from __future__ import annotations

import faulthandler
import sys
import time
from collections.abc import Callable

from readaloud.errors import UnreadableSourceError
from readaloud.sources.readers.pdf.document import extract
from readaloud.sources.readers.pdf.wire import (
    OUT_OF_MEMORY,
    pack_document,
    pack_refusal,
    unpack_request,
)

MEMORY = 2**30
"""Bytes over those of the interpreter and the file."""
MAX_SECONDS = 120.0

_BASE_SECONDS = 7.5
_BASE_BYTES = 2_000_000
_SECONDS_A_BYTE = 4e-6
_SECONDS_A_CHAR = 1e-4
"""Four times what a character takes on a busy machine."""


def seconds_for(size: int, chars: int) -> float:
    """How long a file of ``size`` bytes may take once it has given ``chars`` characters.

    Time is earned by text: a long book has it, a file that only unpacks and unpacks does not.
    """
    over = max(0, size - _BASE_BYTES)
    return min(_BASE_SECONDS + over * _SECONDS_A_BYTE + chars * _SECONDS_A_CHAR, MAX_SECONDS)


def answer(request: bytes, tell: Callable[[int], None] = lambda _: None) -> bytes:
    """The document, or the refusal, as bytes of ``pdf_wire``."""
    name, data = unpack_request(request)
    try:
        return pack_document(extract(name, data, tell))
    except UnreadableSourceError as error:
        return pack_refusal(error)


def _bound_memory() -> None:
    """Hold this process to MEMORY more; only Linux keeps such a limit, and says what is in use."""
    if sys.platform == "win32":
        return
    import resource

    # The processor's time is the watchdog's backstop.
    limits = [(resource.RLIMIT_CPU, int(MAX_SECONDS) + 1), (resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            own = int(file.read().split()[0]) * resource.getpagesize()
        limits.append((resource.RLIMIT_AS, own + MEMORY))
    for kind, wanted in limits:
        hard = resource.getrlimit(kind)[1]
        least = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (least, hard))


def main() -> int:
    """Answer the request on standard input; returns the exit code."""
    begun = time.monotonic()
    request = sys.stdin.buffer.read()

    def allow(chars: int) -> None:
        left = seconds_for(len(request), chars) - (time.monotonic() - begun)
        faulthandler.dump_traceback_later(max(left, 0.01), exit=True)

    allow(0)
    _bound_memory()
    try:
        sys.stdout.buffer.write(answer(request, allow))
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())
