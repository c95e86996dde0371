"""Clips that were made and checked, kept on disk under a hash of all that shaped them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from readaloud.atomic import write_whole
from readaloud.errors import OutputError, msg, system_reason
from readaloud.model import Utterance, Voice


def clip_key(utterance: Utterance, voice: Voice, model_id: str) -> str:
    """SHA-256, in hexadecimal, of engine, model, voice, prosody, spoken text and readings.

    A style of a user's own counts too.

    The shown text, the id and the pauses are no part of it: they don't change the sound.
    """
    parts = (
        voice.engine,
        model_id,
        voice.engine_voice,
        repr(voice.prosody),
        utterance.spoken,
        " ".join(utterance.readings),
        repr(utterance.word_starts),
        *((repr(voice.options),) if voice.options else ()),
        *((voice.style_sha256,) if voice.style_sha256 else ()),
    )
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


class ClipCache:
    """A folder of clip files. Entries appear whole or not at all: temporary file, then rename."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is made when the first clip is stored."""
        self._folder = folder / "clips"

    def path(self, key: str) -> Path:
        """Where the clip of that key lies, or would lie."""
        return self._folder / key[:2] / f"{key}.wav"

    def has(self, key: str) -> bool:
        """Whether the clip is there."""
        return self.path(key).is_file()

    def put(self, key: str, data: bytes) -> None:
        """Store an encoded clip.

        Raises:
            OutputError: the folder can't be written or the disk is full.
        """
        path = self.path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise OutputError(
                msg(
                    "The clip cache {folder} can't be written: {reason}.",
                    folder=self._folder,
                    reason=system_reason(error),
                ),
                msg("Free some space, or choose another folder with --cache-dir."),
            ) from error

    def drop(self, key: str) -> None:
        """Forget a clip that turned out to be unreadable."""
        self.path(key).unlink(missing_ok=True)
