"""Sound that leaves while the rest is still made: WAV without an end, for a pipe or a player.

What is heard are the clips with their pauses, as they are joined for the edition, but before its
loudness is set: that can be known only when the last sentence has been spoken.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import BinaryIO

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.join import END_MS, sound_of
from readaloud.errors import OutputError, msg, system_reason
from readaloud.model import Clip, Utterance

_UNKNOWN = 0xFFFFFFFF
"""The length in a header of what has no end yet; players take it for “until it ends”."""
_HEADER_BYTES = 44

Ready = Callable[[], Clip | None]
"""Waits for a clip; None where there will be none."""


class LiveSound:
    """Writes utterances in the order in which they are put, each as soon as its clip is there.

    A listener who has heard enough, and hangs up, stops nothing else.
    """

    def __init__(self, file: BinaryIO) -> None:
        """``file`` is open for writing; it is not closed here."""
        self._file = file
        self._queue: SimpleQueue[tuple[Utterance, Ready] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="live", daemon=True)
        self._error: OSError | None = None
        self._bytes = 0
        self._thread.start()

    def put(self, utterance: Utterance, ready: Ready) -> None:
        """Have one more utterance written; what can't be spoken is passed over."""
        self._queue.put((utterance, ready))

    def close(self) -> None:
        """Wait until all is written, and end it.

        Raises:
            OutputError: it couldn't be written; that nobody listens any more is no error.
        """
        self._queue.put(None)
        while self._thread.is_alive():
            self._thread.join(0.2)  # a join without an end can't be interrupted
        if self._error is not None and not isinstance(self._error, BrokenPipeError):
            raise OutputError(
                msg("The stream can't be written: {reason}.", reason=system_reason(self._error)),
                msg("Check --stream."),
            )

    def _write_all(self) -> None:
        try:
            self._write(_header(_UNKNOWN))
            while (item := self._queue.get()) is not None:
                utterance, ready = item
                if (clip := ready()) is not None:
                    self._write(sound_of(utterance, clip))
            self._write(bytes(END_MS * SAMPLE_RATE_HZ // 1000 * 2))
            self._mend_header()
        except OSError as error:
            self._error = error

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) or len(rest) :]
        self._file.flush()
        self._bytes += len(data)

    def _mend_header(self) -> None:
        """In a file the length has a place; a pipe can't go back."""
        if self._file.seekable():
            self._file.seek(-self._bytes, 1)
            self._file.write(_header(self._bytes - _HEADER_BYTES))
            self._file.seek(0, 2)


def _header(size: int) -> bytes:
    """Of mono 16-bit PCM, ``size`` bytes of it."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", min(size + _HEADER_BYTES - 8, _UNKNOWN), b"WAVE"),
        *(b"fmt ", 16, 1, 1, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * 2, 2, 16),
        *(b"data", size),
    )
