"""Ogg Opus: speech at 32 kbit/s, with the chapters of the Vorbis comment chapter extension.

RFC 7845 gives the container, https://wiki.xiph.org/Chapter_Extension the chapters. They have
three digits: an edition of more than 999 chapters shows the first 999.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
from mutagen import MutagenError
from mutagen.flac import Picture
from mutagen.oggopus import OggOpus

from readaloud.formats.opus import MOST_CHAPTERS
from readaloud.formats.shared.audio_encoding import Encoding, encode
from readaloud.formats.shared.label import KEY, implicit_mark
from readaloud.formats.shared.tag_values import cover_type, tag_values, text_of, write_errors
from readaloud.model import ChapterMark, Narration

_OPUS = Encoding(
    container="opus",
    codec="libopus",
    sample_rate_hz=48_000,
    bit_rate=32_000,
    codec_options={"application": "audio"},
    container_options={"fflags": "+bitexact"},
)
"""``bitexact`` numbers the stream 0 instead of by chance: the same edition is the same file."""
_FRONT_COVER = 3


def write_opus(narration: Narration, path: Path) -> None:
    """Write the file; see ``readaloud.formats.Format``."""
    with write_errors(path, av.FFmpegError):
        encode(narration, path, _OPUS, tags=_comments(narration))


def _comments(narration: Narration) -> dict[str, str]:
    values = tag_values(narration)
    told = {
        "TITLE": values.title,
        "ARTIST": values.artist,
        "ALBUM": values.album,
        "ALBUMARTIST": values.album_artist,
        "COMPOSER": values.narrator,
        "PERFORMER": values.narrator,
        "PUBLISHER": values.publisher,
        "DATE": values.date,
        "LANGUAGE": values.language,
        "GENRE": values.genre,
        "LYRICS": text_of(narration),
        "COMMENT": values.notice,
        KEY: implicit_mark(narration),
    }
    comments = {name: value for name, value in told.items() if value}
    if narration.cover is not None:
        comments["METADATA_BLOCK_PICTURE"] = _picture(narration.cover)
    return comments | dict(_chapters(narration.marks))


def _chapters(marks: Sequence[ChapterMark]) -> Iterator[tuple[str, str]]:
    for number, mark in enumerate(marks[:MOST_CHAPTERS], 1):
        seconds, ms = divmod(mark.start_ms, 1000)
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
        yield f"CHAPTER{number:03}", clock
        yield f"CHAPTER{number:03}NAME", mark.title


def _picture(cover: Path) -> str:
    """A FLAC picture block in Base64, as Vorbis comments hold it."""
    picture = Picture()
    picture.type = _FRONT_COVER
    picture.mime = cover_type(cover)
    picture.data = cover.read_bytes()
    return base64.b64encode(picture.write()).decode("ascii")


def read_mark(path: Path) -> str | None:
    """The value of the field AIGC; None where there is none, or no tags can be read."""
    try:
        tags: Any = OggOpus(path).tags
    except MutagenError:
        return None
    found = tags.get(KEY) if tags else None
    return str(found[0]) if found else None
