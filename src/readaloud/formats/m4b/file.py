"""M4B: an audiobook of AAC in MP4, its chapters in both forms that players read.

Chapters stand as a QuickTime text track (Apple Books) and as Nero's ``chpl`` box (most others). The
box holds 255 chapters and 255 bytes a title; the track has all. The edit list takes the encoder's
delay off the start, so that cues are exact. 44.1 kHz mono, 80 kbit/s,
without the noise that FFmpeg's encoder can put for sounds: it raises peaks of speech by 1.7 dB.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import av
from mutagen import MutagenError
from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm

from readaloud.formats.shared.audio_encoding import Encoding, encode
from readaloud.formats.shared.credentials import sign_mp4
from readaloud.formats.shared.label import KEY, implicit_mark
from readaloud.formats.shared.tag_values import cover_type, tag_values, text_of, write_errors
from readaloud.model import ChapterMark, Narration

_AAC = Encoding(
    container="ipod",
    codec="aac",
    sample_rate_hz=44_100,
    bit_rate=80_000,
    codec_options={"aac_pns": "0"},
    container_options={"movflags": "faststart", "brand": "M4B "},
)
_MOST_TITLE_BYTES = 255
_AUDIOBOOK = 2
_MARK = f"----:com.apple.iTunes:{KEY}"
"""FFmpeg reads it by its last part. The ``mdta`` keys that the guide for videos names would replace
the tags that players show."""


def write_m4b(narration: Narration, path: Path) -> None:
    """Write the file; see ``readaloud.formats.Format``."""
    with write_errors(path, av.FFmpegError, MutagenError):
        encode(narration, path, _AAC, tags={}, marks=[fitting(m) for m in narration.marks])
        _tag(narration, path)
    if narration.label.mode == "eu":
        sign_mp4(narration, path)


def fitting(mark: ChapterMark) -> ChapterMark:
    """With a title that ``chpl`` can hold: FFmpeg would cut a longer one inside a character."""
    data = mark.title.encode()
    if len(data) <= _MOST_TITLE_BYTES:
        return mark
    ellipsis = "…"
    kept = data[: _MOST_TITLE_BYTES - len(ellipsis.encode())].decode(errors="ignore")
    return replace(mark, title=kept + ellipsis)


def _tag(narration: Narration, path: Path) -> None:
    """Set the tags; the audio track tells the language, ``stik`` that it is an audiobook."""
    file: Any = MP4(path)
    if file.tags is None:
        file.add_tags()
    values = tag_values(narration)
    told = {
        "\xa9nam": values.title,
        "\xa9ART": values.artist,
        "\xa9alb": values.album,
        "aART": values.album_artist,
        "\xa9wrt": values.narrator,
        "\xa9pub": values.publisher,
        "\xa9day": values.date,
        "\xa9gen": values.genre,
        "\xa9cmt": values.notice,
        "\xa9lyr": text_of(narration),
    }
    file.tags.update({name: [value] for name, value in told.items() if value})
    file.tags["stik"] = [_AUDIOBOOK]
    if mark := implicit_mark(narration):
        file.tags[_MARK] = [MP4FreeForm(mark.encode(), AtomDataType.UTF8)]
    if narration.cover is not None:
        is_png = cover_type(narration.cover) == "image/png"
        kind = MP4Cover.FORMAT_PNG if is_png else MP4Cover.FORMAT_JPEG
        file.tags["covr"] = [MP4Cover(narration.cover.read_bytes(), kind)]
    file.save()


def read_mark(path: Path) -> str | None:
    """The value of the field AIGC; None where there is none, or no tags can be read."""
    try:
        tags: Any = MP4(path).tags
    except MutagenError:
        return None
    found = (tags or {}).get(_MARK)
    return bytes(found[0]).decode("utf-8", "replace") if found else None
