"""A run that is heard while it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from readaloud.audio.live_sound import LiveSound

__all__ = ["LiveSound", "heard_live"]


@contextmanager
def heard_live(file: BinaryIO) -> Iterator[LiveSound]:
    """What ``build`` takes to be heard in a file that is open for writing, as WAV.

    At the end, if all went well, it waits until everything is written.

    Raises:
        OutputError: it can't be written.
    """
    live = LiveSound(file)
    yield live
    live.close()
