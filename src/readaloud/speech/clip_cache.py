"""Clips that were made and checked, kept on disk under a hash of all that shaped them."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from readaloud.audio.clipfile import clip_ms, decode_clip
from readaloud.errors import IncompleteAudioError, OutputError, msg, system_reason
from readaloud.files.atomic import write_whole
from readaloud.model import Clip, Utterance, Voice

_SEAL_BYTES = 4


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
    """A folder of clip files. Entries appear whole or not at all: temporary file, then rename.

    Behind its bytes each has a CRC-32 of its key and them, so that no clip passes for another.
    """

    def __init__(self, folder: Path) -> None:
        """``folder`` is made when the first clip is stored."""
        self.folder = folder / "clips"
        self.written = 0
        """Bytes stored by this object, roughly: threads don't wait for each other here."""

    def path(self, key: str) -> Path:
        """Where the clip of that key lies, or would lie."""
        return self.folder / key[:2] / f"{key}.flac"

    def has(self, key: str) -> bool:
        """Whether the clip is there."""
        return self.path(key).is_file()

    def read(self, key: str, utterance_id: str) -> Clip:
        """The clip of a key, for an utterance.

        Raises:
            IncompleteAudioError: it is damaged, cut, or another key's.
            OSError: it is not there, or can't be read.
        """
        return decode_clip(self._unsealed(key, utterance_id), utterance_id)

    def check(self, key: str, utterance_id: str) -> int:
        """The clip's length in ms, if it is whole; from now on it counts as used.

        What it raises is what ``read`` does.
        """
        length_ms = clip_ms(self._unsealed(key, utterance_id), utterance_id)
        with suppress(OSError):  # a cache that can only be read has no limit either
            os.utime(self.path(key))
        return length_ms

    def _unsealed(self, key: str, utterance_id: str) -> bytes:
        sealed = self.path(key).read_bytes()
        data = sealed[:-_SEAL_BYTES]
        if sealed[-_SEAL_BYTES:] != _seal(key, data):
            raise IncompleteAudioError(
                msg(
                    "The stored clip of utterance {utterance_id} is damaged.",
                    utterance_id=utterance_id,
                ),
                msg("Run again, and it will be spoken again."),
            )
        return data

    def put(self, key: str, data: bytes) -> None:
        """Store an encoded clip.

        Raises:
            OutputError: the folder can't be written or the disk is full.
        """
        path = self.path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data + _seal(key, data))
            self.written += len(data)
        except OSError as error:
            raise OutputError(
                msg(
                    "The clip cache {folder} can't be written: {reason}.",
                    folder=self.folder,
                    reason=system_reason(error),
                ),
                msg("Free some space, or choose another folder with --cache-dir."),
            ) from error

    def drop(self, key: str) -> None:
        """Forget a clip that turned out to be unreadable."""
        self.path(key).unlink(missing_ok=True)


def _seal(key: str, data: bytes) -> bytes:
    return crc32(data, crc32(key.encode())).to_bytes(_SEAL_BYTES, "little")
