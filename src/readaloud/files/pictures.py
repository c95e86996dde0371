"""What kind of picture a file is, by its first bytes."""

from __future__ import annotations

from typing import Literal

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"


def picture_kind(data: bytes) -> Literal["jpeg", "png", "webp"] | None:
    """The kind, None for anything else; a dozen bytes are enough."""
    if data.startswith(_JPEG):
        return "jpeg"
    if data.startswith(_PNG):
        return "png"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None
