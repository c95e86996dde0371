"""Mends the characters that scraping and PDF conversion leave behind; no visible one is lost."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_ENTITY = re.compile(r"&(?:amp;){0,4}(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SOFT_END = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0e\ufeff\ufff9-\ufffb\U000e0100-\U000e01ef]"
    "|\u200d(?![\u2640-\u27bf\U0001f000-\U0001faff])"
)
"""Zero-width and bidirectional controls. A joiner inside an emoji stays: without it the picture
falls apart; so does its presentation selector, U+FE0F."""
_SPACES = re.compile(r"\s+")
_COMPATIBILITY = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
"""The CJK Radicals Supplement forms that stand for a whole character, as the fonts of many PDF
files name them; NFKC leaves this block alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A repaired line of a file; ``number`` is 1-based, ``indented`` whether white space led it."""

    number: int
    text: str
    indented: bool = False


def split_lines(text: str) -> list[Line]:
    """Cut a text into its repaired, non-empty lines.

    Only the line ends that editors count raise the number; other separators only cut.
    """
    return [
        Line(number, line, indented=piece[0].isspace())
        for number, raw in enumerate(_LINE_END.split(text), 1)
        for piece in _SOFT_END.split(raw)
        if (line := repair(piece))
    ]


def repair(text: str) -> str:
    """Mend one line: entities, controls, spaces, and code points that only look like characters.

    Kangxi radicals and compatibility ideographs become the characters they show (U+2F64 is read
    as 用). Punctuation and full-width letters stay: their form is part of the text. Every run of
    white space, the ideographic space too, becomes one space.
    """
    text = _ENTITY.sub(lambda match: html.unescape(f"&{match[1]};"), text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text = _COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _SPACES.sub(" ", text.translate(_RADICALS)).strip()
