"""What of a line tells an article's own text from a page's furniture, as numbers one can read.

All is taken from the text alone, folded to Simplified: marks, length, dates, words of furniture, and
the same of the lines around it, since a line of an article stands among lines of an article.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from readaloud.chinese.fold import fold
from readaloud.editing.line_shape import ends_sentence

NEAR = 5
"""How many lines on either side count as a line's neighbours."""
SHORT = 12
"""Characters of a line that might be a link of a menu."""
PROSE = 30
"""Characters from which a line that ends like a sentence counts as prose."""
_WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split("\n")
_FURNITURE = re.compile("|".join(map(re.escape, sorted(filter(None, _WORDS), key=len)[::-1])))
_DAY = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?!\d)|(?<!\d)(?:0?\d|1[0-2])[-/月][0-3]?\d(?:日|(?!\d))"
)
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d[:：][0-5]\d(?!\d)|\d\s?(?:小时|分钟|天|个月)前")
_BARS = re.compile(r"[|｜┊│>›»＞·•\[\]【】_—\-→◆■▪]")
_INNER = re.compile(r"[，、；：“”]")
_LATIN = re.compile("[A-Za-z]")
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"https?:|www\.|\.com|\.cn|@", re.IGNORECASE)
_COUNTED = re.compile(r"[（(\[【]?\d[\d,.万+]{0,8}[)）\]】]?$")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line's own measures."""

    size: int
    commas: int
    stops: int
    ended: bool
    day: bool
    clock: bool
    words: int
    bars: int
    spaces: int
    latin: int
    digits: int
    address: bool
    pairs: frozenset[str]


def _read(text: str) -> _Line:
    text = fold(text[:400])
    size = len(text) - text.count(" ")
    return _Line(
        size=size,
        commas=len(_INNER.findall(text)),
        stops=text.count("。"),
        ended=ends_sentence(text),
        day=_DAY.search(text) is not None,
        clock=_CLOCK.search(text) is not None,
        words=len(_FURNITURE.findall(text)),
        bars=len(_BARS.findall(text)),
        spaces=text.count(" "),
        latin=len(_LATIN.findall(text)),
        digits=len(_DIGIT.findall(text)),
        address=_ADDRESS.search(text) is not None,
        pairs=frozenset(pair for pair in map("".join, pairwise(text)) if pair.isalpha()),
    )


NAMES = (
    "bias",
    "length",
    "commas",
    "stops",
    "ends like a sentence",
    "ends in a cry",
    "bars",
    "spaces",
    "latin",
    "digits",
    "day",
    "clock",
    "address",
    "words",
    "words before",
    "words after",
    "days around",
    "commas around",
    "length around",
    "short around",
    "sentences around",
    "shared with prose",
    "shared with the first line",
    "depth",
)


def measure(texts: Sequence[str]) -> list[tuple[float, ...]]:
    """One row a line, in the order of ``NAMES``; about 0 to 1 each."""
    lines = [_read(text) for text in texts]
    prose = Counter(p for x in lines if x.ended and x.size >= PROSE for p in x.pairs)
    first = lines[0].pairs if lines else frozenset()
    days = _Sums([x.day or x.clock for x in lines])
    commas = _Sums([min(x.commas, 4) / 4 for x in lines])
    sizes = _Sums([min(x.size, 80) / 80 for x in lines])
    short = _Sums([x.size <= SHORT and not x.ended for x in lines])
    ended = _Sums([x.ended and x.size >= SHORT for x in lines])
    words = _Sums([min(x.words, 2) / 2 if x.size <= 60 else 0.0 for x in lines])
    rows: list[tuple[float, ...]] = []
    for n, x in enumerate(lines):
        own = x.ended and x.size >= PROSE
        size = max(x.size, 1)
        rows.append(
            (
                1.0,
                min(math.log1p(x.size) / 5, 1.0),
                min(x.commas, 4) / 4,
                min(x.stops, 3) / 3,
                float(x.ended),
                float(texts[n][-1:] in "！？!?"),
                min(x.bars, 4) / 4,
                min(x.spaces * 4 / size, 1.0),
                x.latin / size,
                x.digits / size,
                float(x.day),
                float(x.clock),
                float(x.address),
                min(x.words / size * 8, 1.0),
                words.mean(n - NEAR, n),
                words.mean(n + 1, n + 1 + NEAR),
                days.around(n),
                commas.around(n),
                sizes.around(n),
                short.around(n),
                ended.around(n),
                sum(prose[p] > own for p in x.pairs) / max(len(x.pairs), 1),
                len(x.pairs & first) / max(len(x.pairs), 1) if n else 1.0,
                n / len(lines),
            )
        )
    return rows


class _Sums:
    """Sums over neighbours, of which each costs the same however many there are."""

    def __init__(self, values: Sequence[float]) -> None:
        self.totals = [0.0, *accumulate(values)]

    def mean(self, start: int, end: int) -> float:
        """Of the lines from ``start`` up to ``end``; 0 where there is none."""
        start, end = max(start, 0), min(end, len(self.totals) - 1)
        return (self.totals[end] - self.totals[start]) / (end - start) if end > start else 0.0

    def around(self, n: int) -> float:
        """Of the neighbours on both sides, the line itself left out."""
        start, end = max(n - NEAR, 0), min(n + NEAR + 1, len(self.totals) - 1)
        own = self.totals[n + 1] - self.totals[n]
        count = end - start - 1
        return (self.totals[end] - self.totals[start] - own) / count if count else 0.0
