"""Text of a file in which a few bytes are broken: U+FFFD stands where a character was.

UTF-8 finds its step again by itself. GBK and Big5 don't: behind a lost byte each pair is cut in the
wrong place. So a line that is damaged is cut in the way in which it is likeliest as a whole.
"""

from __future__ import annotations

import re

from readaloud.sources.likelihood import likelihood, weight, wide

LOST = "\ufffd"
_ENCODINGS = ("utf-8", "gb18030", "cp950")
_COST = -3.0
"""Of a byte that is left out, in the weight of characters."""
_BROKEN = re.compile(f"{LOST}+")
_FEW, _MOST_BROKEN = 2, 0.04
"""Broken places that are allowed, in all or as a share of the characters."""
_LIKELY, _LONG = 0.4, 30
_LEAST, _LIKELY_SHORT = 6, 0.15
_LONGEST_LINE = 20_000


def decode_damaged(data: bytes) -> str | None:
    """The text of the encoding that fits best; None where none fits but for a few bytes."""
    texts = filter(_is_text, (_decode(data, encoding) for encoding in _ENCODINGS))
    return max(texts, key=lambda text: likelihood(text) - _broken(text) / 10, default=None)


def _is_text(text: str) -> bool:
    found = wide(text.replace(LOST, ""))
    if len(found) < _LEAST or _broken(text) > max(_FEW, len(found) * _MOST_BROKEN):
        return False
    return likelihood(found) >= (_LIKELY if len(found) >= _LONG else _LIKELY_SHORT)


def _broken(text: str) -> int:
    """Places; a character is at most three marks."""
    return sum(-(-len(marks) // 3) for marks in _BROKEN.findall(text))


def _decode(data: bytes, encoding: str) -> str:
    """Every line strictly where that can be, else what can be had of it."""
    lines = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode(encoding))
        except UnicodeDecodeError:
            lines.append(_mend(line, encoding))
    return "\n".join(lines)


def _mend(line: bytes, encoding: str) -> str:
    if encoding == "utf-8" or len(line) > _LONGEST_LINE:
        return _in_gbk(line) or line.decode(encoding, "replace")
    return _likeliest_cut(line, encoding)


def _in_gbk(line: bytes) -> str:
    """A line from another file, put between those of this one; empty where it is none."""
    text = line.decode("gb18030", "ignore")
    whole = len(wide(text)) >= _LEAST and text.encode("gb18030") == line
    return text if whole and likelihood(text) >= _LIKELY else ""


def _likeliest_cut(line: bytes, encoding: str) -> str:
    """The line as characters of one and two bytes, and bytes that are none, at best weight."""
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]
    for end in range(1, len(line) + 1):
        ways = [(best[end - 1][0] + _COST, end - 1, LOST)]
        if line[end - 1] < 0x80:
            ways.append((best[end - 1][0], end - 1, chr(line[end - 1])))
        if end > 1 and line[end - 2] > 0x80:
            pair = line[end - 2 : end].decode(encoding, "ignore")
            if len(pair) == 1:
                ways.append((best[end - 2][0] + weight(pair), end - 2, pair))
        best.append(max(ways))
    return _walk_back(best)


def _walk_back(best: list[tuple[float, int, str]]) -> str:
    characters: list[str] = []
    at = len(best) - 1
    while at:
        _, at, character = best[at]
        characters.append(character)
    return "".join(reversed(characters))
