"""The picture of an edition: the user's, else the book's own, or the one that a page names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from readaloud.config.run_options import Options
from readaloud.errors import (
    ConfigError,
    MissingDependencyError,
    ReadaloudError,
    install_remedy,
    msg,
)
from readaloud.files import outside
from readaloud.files.pictures import picture_kind
from readaloud.model import Article, Text

if TYPE_CHECKING:
    from av import VideoFrame

    from readaloud.sources.find import Place

MOST_BYTES = 8_000_000
MOST_SECONDS = 15.0
_LEAST_PX, _MOST_PIXELS = 100, 40_000_000
"""Smaller ones are marks of a site, or count its readers."""
_NO_SIZES = frozenset({0xC4, 0xC8, 0xCC})
"""Segments of a JPEG between those that tell its size."""


def find_cover(article: Article, place: Place | None, options: Options) -> bytes | None:
    """A JPEG or PNG, None where there is none; a picture of an article's that fails is none.

    A page that was fetched may name any address, through the same guard as its own; a file names
    pictures that lie beside it.

    Raises:
        ConfigError: the picture that the user chose is broken.
        MissingDependencyError: one is to be drawn, and the extra ``feed`` is not installed.
    """
    if options.cover is not None:
        image = usable(_read(options.cover))
        if image is None:
            raise ConfigError(
                msg("The cover {path} can't be read.", path=options.cover), msg("Check --cover.")
            )
        return image
    if article.items and options.programme.cover:
        return _draw(article)
    cover = article.cover
    if cover is None:
        return None
    if cover.data:
        return _fit(cover.data)
    if isinstance(place, Path):
        folder = place.parent.resolve()
        beside = (path for path in _beside(cover.address, place) if _is_in(path, folder))
        found = (_fit(_read(path, MOST_BYTES)) for path in beside)
        return next(filter(None, found), None)
    page = place.address if isinstance(place, Text) else place
    return _fetch(urljoin(page, cover.address), options) if page else None


def _draw(article: Article) -> bytes:
    """A bulletin's cover: its name and its day."""
    from readaloud.editions.bulletin_words import spell, weekday

    try:
        from readaloud.podcast.cover import draw
    except ImportError as error:
        raise MissingDependencyError(
            msg("A cover with the date needs Pillow."), install_remedy("feed")
        ) from error
    day = date.fromisoformat(article.date or "")
    return draw(article.source_name, article.language, f"{spell(day)} {weekday(day)}")


def _read(path: Path, most_bytes: int = outside.MOST_BYTES) -> bytes:
    """A picture, nothing where it can't be read."""
    try:
        return outside.read_outside(path, most_bytes)
    except OSError:
        return b""


def usable(data: bytes) -> bytes | None:
    """The picture as it is, or as a JPEG where it is WebP; None for anything else."""
    if picture_kind(data) in {"jpeg", "png"}:
        return data
    size = size_of(data)
    if size is None or size[0] * size[1] > _MOST_PIXELS:
        return None
    return _as_jpeg(data)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a JPEG, PNG or WebP; None where it doesn't tell them."""
    match picture_kind(data):
        case "png":
            return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
        case "jpeg":
            return _size_of_jpeg(data)
        case "webp":
            return _size_of_webp(data)
        case _:
            return None


def _size_of_webp(data: bytes) -> tuple[int, int] | None:
    """As the first chunk tells it: https://developers.google.com/speed/webp/docs/riff_container."""
    match data[12:16]:
        case b"VP8X":
            return 1 + _little(data[24:27]), 1 + _little(data[27:30])
        case b"VP8L":
            bits = _little(data[21:25])
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            return _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF
        case _:
            return None


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _size_of_jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in _NO_SIZES:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 1 if kind == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def _fit(data: bytes) -> bytes | None:
    """The picture of an article, if it is one that a person would see as its cover."""
    size = size_of(data) if len(data) <= MOST_BYTES else None
    if size is None or min(size) < _LEAST_PX or size[0] * size[1] > _MOST_PIXELS:
        return None
    return usable(data)


def _as_jpeg(data: bytes) -> bytes | None:
    """The first picture of a file, on white where it is transparent."""
    import av
    import numpy as np

    try:
        with av.open(io.BytesIO(data), "r") as container:
            frame = next(container.decode(video=0))
        pixels = frame.to_ndarray(format="rgba").astype(np.uint16)
        clear = pixels[..., 3:]
        flat = (pixels[..., :3] * clear + 255 * (255 - clear)) // 255
        shown = av.VideoFrame.from_ndarray(flat.astype(np.uint8), format="rgb24")
        return _encode(shown.reformat(format="yuvj444p"))
    except (av.FFmpegError, StopIteration, ValueError, MemoryError):
        return None


def _encode(frame: VideoFrame) -> bytes:
    import av

    codec = av.CodecContext.create("mjpeg", "w")
    codec.width, codec.height, codec.pix_fmt = frame.width, frame.height, "yuvj444p"
    codec.time_base, frame.pts = Fraction(1, 1), 0
    codec.qmin = codec.qmax = 3  # of 31: hardly told from the original
    return b"".join(bytes(packet) for packet in (*codec.encode(frame), *codec.encode(None)))


def _beside(address: str, page: Path) -> Iterator[Path]:
    """Where a picture of a saved page may lie: by its own path, or where browsers save it."""
    parts = urlsplit(address)
    path = Path(unquote(parts.path))
    if not parts.scheme and not parts.netloc:
        yield page.parent / path
    for folder in ("", f"{page.stem}_files", f"{page.stem}.files"):
        yield page.parent / folder / path.name


def _is_in(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, ValueError):
        return False


def _fetch(address: str, options: Options) -> bytes | None:
    from readaloud.sources.fetch import fetch

    try:
        fetched = fetch(
            address,
            allow_private=options.allow_private,
            most_bytes=MOST_BYTES,
            most_seconds=MOST_SECONDS,
        )
    except ReadaloudError:
        return None
    return _fit(fetched.data)
