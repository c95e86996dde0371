"""What of a line is weighed: its pieces of up to three characters that have a weight, and its shape."""

from __future__ import annotations

import math
import re

from readaloud.chinese.fold import fold
from readaloud.editing.line_shape import size

LONGEST = 3
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile("[A-Za-z]{3,}")
_COMMA = re.compile("[，、；,]")
SHAPES = {
    "<label>": re.compile(r"[^：:|｜丨/／，。]{1,8}\s?[：:|｜丨/／✎]"),
    "<bar>": re.compile("[|｜丨]"),
    "<number>": re.compile(r"\d{5,}|\d{3,4}-\d{4,}"),
    "<address>": re.compile(r"@|https?:|www\.|\.com|\.cn|[A-Za-z0-9_]{6,}"),
    "<quotation>": re.compile('[“「『"]'),
    "<title marks>": re.compile("《"),
    "<urge>": re.compile("[！!~～]$|[吧哦呗]$"),
    "<full stop>": re.compile("。[”」』）)]?$"),
    "<question>": re.compile("[？?]"),
    "<arrow>": re.compile("[👇👆↓↑▼▲→←⬇⬆☝]"),
    "<opening mark>": re.compile("[■□◆◇●▍◎▌]"),
    "<inner stop>": re.compile("[。！？]."),
}
"""Signs of a line's shape by name; those without a place are looked for at its beginning or anywhere."""
AT_START = frozenset({"<label>", "<opening mark>"})
SIZE = "<size>"
COMMAS = "<commas>"


def measure(text: str) -> dict[str, float]:
    """The pieces and signs of a line, most of them 1, folded: numbers are 0, Latin words A."""
    folded = fold(text)
    signs = {
        name: 1.0
        for name, pattern in SHAPES.items()
        if (pattern.match(folded) if name in AT_START else pattern.search(folded))
    }
    signs[SIZE] = min(math.log1p(size(folded)) / 5, 1.0)
    signs[COMMAS] = min(len(_COMMA.findall(folded)), 4) / 4
    plain = "^" + _LETTERS.sub("A", _DIGITS.sub("0", "".join(folded.split()))) + "$"
    return signs | dict.fromkeys(pieces(plain), 1.0)


def pieces(text: str) -> set[str]:
    """All pieces of a text of up to ``LONGEST`` characters."""
    return {text[n : n + k] for k in range(1, LONGEST + 1) for n in range(len(text) - k + 1)}
