"""The podcast's image: the user's, or one that is drawn from its title.

Apple asks for a square JPEG or PNG of 1400 to 3000 pixels in RGB. The title is set in parts of Noto
Sans CJK (SIL Open Font License 1.1), as ``tests/benchmarks/cover_fonts.py`` makes them, so that a
machine without any Chinese font draws the same cover.
"""

from __future__ import annotations

import hashlib
import io
from colorsys import hls_to_rgb
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont, UnidentifiedImageError

from readaloud.errors import ConfigError, msg
from readaloud.files.atomic import write_whole
from readaloud.files.outside import is_file, read_outside
from readaloud.podcast.feed_settings import Channel
from readaloud.podcast.rss_xml import Image
from readaloud.podcast.title_lines import CLOSING, title_lines

SIDE_PX = 1400
_SMALLER_PX = (600, 300)
_LEAST_PX, _MOST_PX = 1400, 3000
_MARGIN_PX = 140
_LINE_PX = SIDE_PX - 2 * _MARGIN_PX
_LEADING = 1.35
"""From line to line, in sizes of the font."""
_MOST_LINES = 5
_SIZES_PX = range(300, 79, -10)
_DAY_PX = 90
_ROOM_PX = SIDE_PX - 540
"""The most that the lines of a title may take, one below the other."""
_MOST_CHARS = 400
"""More than five lines of the narrowest letters in the smallest size."""
_FONTS = ("cover-sc.otf", "cover-tc.otf")
_SIMPLIFIED = {"zh-cn", "zh-hans", "zh-sg"}
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png"}


def publish_covers(channel: Channel, folder: Path) -> tuple[Image, ...]:
    """Put the image into the folder in several sizes, the largest first (OSError as it comes).

    Raises:
        ConfigError: the user's image can't be read or has a wrong form.
    """
    if channel.image:
        data, suffix = _given(Path(channel.image))
    else:
        data, suffix = draw(channel.title, channel.language), ".png"
    path = folder / f"feed-cover{suffix}"
    smaller = {side: folder / f"feed-cover-{side}{suffix}" for side in _SMALLER_PX}
    with PillowImage.open(io.BytesIO(data)) as image:
        whole = Image(path.name, image.width)
        is_there = path.is_file() and path.read_bytes() == data
        if not is_there or not all(map(is_file, smaller.values())):
            write_whole(path, data, mode=0o644)
            for side, small in smaller.items():
                write_whole(small, _resized(image, side), mode=0o644)
    return (whole, *(Image(small.name, side) for side, small in smaller.items()))


def _resized(image: PillowImage.Image, side_px: int) -> bytes:
    buffer = io.BytesIO()
    image.resize((side_px, side_px)).save(buffer, image.format, optimize=True)
    return buffer.getvalue()


def draw(title: str, language: str, day: str = "") -> bytes:
    """A PNG of the title on a calm ground whose colour is the title's own; the same each time.

    ``day``, a short line, stands above the title. White on the ground has a contrast of 7 to 1 and
    more.
    """
    hue = hashlib.sha256(title.encode()).digest()[0] / 256
    ground = _rgb(hue, 0.17)
    image = PillowImage.new("RGB", (SIDE_PX, SIDE_PX), ground)
    pen = ImageDraw.Draw(image)
    _draw_waves(pen, _rgb(hue, 0.32))
    fonts = _FONTS if language.casefold() in _SIMPLIFIED else _FONTS[::-1]
    above = round(_DAY_PX * _LEADING) if day else 0
    lettering, lines = _fit(title, fonts, _ROOM_PX - above)
    step = round(lettering.size * _LEADING)
    top = above + (SIDE_PX - 260 - above - step * len(lines)) // 2
    if day:
        _Lettering(fonts, _DAY_PX).write(pen, (_MARGIN_PX, _MARGIN_PX), day)
    for number, line in enumerate(lines):
        lettering.write(pen, (_MARGIN_PX, top + number * step), line)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _draw_waves(pen: ImageDraw.ImageDraw, colour: tuple[int, int, int]) -> None:
    """A row of bars, as of a recorded voice."""
    heights = (40, 90, 150, 70, 190, 110, 220, 130, 60, 170, 100, 200, 80, 140, 50)
    width = (SIDE_PX - 2 * _MARGIN_PX) / len(heights)
    for number, height in enumerate(heights):
        left, middle = _MARGIN_PX + number * width, SIDE_PX - 240
        box = (left, middle - height / 2, left + width * 0.5, middle + height / 2)
        pen.rounded_rectangle(box, radius=width * 0.25, fill=colour)


class _Lettering:
    """Two fonts at one size: the second has what the first lacks.

    A character that both lack is drawn as the first font's empty box, so that it is missed.
    """

    def __init__(self, names: tuple[str, str], size: int) -> None:
        paths = [Path(__file__).with_name(name) for name in names]
        self._first, self._second = (ImageFont.truetype(str(path), size) for path in paths)
        self._names = names
        self.size = size

    def write(self, pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str) -> None:
        """Draw a line from its upper left corner."""
        x, y = place
        for font, run in self._runs(text):
            pen.text((x, y), run, font=font, fill="white")
            x += font.getlength(run)

    def width(self, text: str) -> float:
        """Of a line, in pixels."""
        return sum(font.getlength(run) for font, run in self._runs(text))

    def _runs(self, text: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        return [(font, "".join(run)) for font, run in groupby(text, self._choose)]

    def _choose(self, character: str) -> ImageFont.FreeTypeFont:
        first, second = self._names
        lacks = not _has(first, character) and _has(second, character)
        return self._second if lacks else self._first


@lru_cache(maxsize=1024)
def _has(name: str, character: str) -> bool:
    """Whether a font draws a character otherwise than U+FFFF, which no font has."""
    font = ImageFont.truetype(str(Path(__file__).with_name(name)), 24)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


def _fit(
    title: str, fonts: tuple[str, str], room_px: int = _ROOM_PX
) -> tuple[_Lettering, list[str]]:
    """The largest size in which the title fits whole words; what never does is cut where it is."""
    text = " ".join(title[: 2 * _MOST_CHARS].split())[:_MOST_CHARS]
    for size in _SIZES_PX:
        lettering = _Lettering(fonts, size)
        most_lines = min(_MOST_LINES, int(room_px / (size * _LEADING)))
        lines = title_lines(text, lettering.width, _LINE_PX, most_lines)
        if lines is not None:
            return lettering, lines
    lines = _cut(text, lettering)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…"]
    return lettering, lines


def _cut(text: str, lettering: _Lettering) -> list[str]:
    """Full lines, whatever they end in; closing marks don't begin one."""
    lines = [""]
    for character in text:
        fits = lettering.width(lines[-1] + character) <= _LINE_PX
        if fits or character in CLOSING:
            lines[-1] += character
        else:
            lines.append(character.lstrip())
    return [line.strip() for line in lines]


def _rgb(hue: float, lightness: float) -> tuple[int, int, int]:
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, lightness, 0.45))
    return red, green, blue


def _given(path: Path) -> tuple[bytes, str]:
    """The user's image as it is, and its suffix.

    Raises:
        ConfigError: it can't be read, or Apple would refuse it.
    """
    try:
        data = read_outside(path)
        with PillowImage.open(io.BytesIO(data)) as image:
            kind, (width, height), mode = image.format, image.size, image.mode
    except (
        OSError,
        UnidentifiedImageError,
        PillowImage.DecompressionBombError,
        ValueError,
        SyntaxError,
    ) as error:
        raise ConfigError(
            msg("The feed image {path} can't be read.", path=path), msg("Check image under [feed].")
        ) from error
    if (
        kind not in _SUFFIXES
        or width != height
        or not _LEAST_PX <= width <= _MOST_PX
        or mode != "RGB"
    ):
        raise ConfigError(
            msg(
                "The feed image {path} is {kind}, {width} x {height}, {mode}.",
                path=path,
                kind=kind,
                width=width,
                height=height,
                mode=mode,
            ),
            msg("Use a square JPEG or PNG of 1400 to 3000 pixels, in RGB."),
        )
    return data, _SUFFIXES[kind]
