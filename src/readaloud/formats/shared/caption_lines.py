"""Text -> lines that are read at a glance: broken at phrases, else between words."""

from __future__ import annotations

import unicodedata
from itertools import accumulate

MOST_COLUMNS = 65
_WIDE_COLUMNS = 2.5
"""What a Chinese character counts: a line holds 26 of them, as broadcasters' captions do at most,
or 65 Latin letters, or a mixture; it never has more than 65 characters."""
_STOPS = "。！？；…!?;."
_PAUSES = "，、：,:—"
_CLOSERS = "”’」』）》〉】］〕｝\"')]}"
_OPENERS = "“‘「『（《〈【［〔｛([{"
_STOP_COST, _PAUSE_COST, _WORD_COST, _INSIDE_COST, _NEVER_COST = 0.0, 0.15, 1.4, 6.0, 30.0
_LINE_COST = 1.0


def break_lines(text: str) -> list[tuple[int, int]]:
    """Start and end of each line in ``text``, the whole of it, each within ``MOST_COLUMNS``.

    Of all ways to break it, the one of least cost: few lines, full, parted where the sense allows.
    A line is broken inside a word only where the word alone is longer.
    """
    edges = [0.0, *accumulate(_columns(character) for character in text)]
    breaks = _break_costs(text)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            width = edges[end] - edges[start]
            if width > MOST_COLUMNS and start < end - 1:
                break
            slack = 1 - width / MOST_COLUMNS
            choices.append((best[start][0] + _LINE_COST + slack * slack + breaks[end], start))
        best.append(min(choices))
    return _trace(best)


def _trace(best: list[tuple[float, int]]) -> list[tuple[int, int]]:
    """From the end of the text back to its start: the lines of the cheapest way."""
    lines: list[tuple[int, int]] = []
    end = len(best) - 1
    while end > 0:
        lines.append((best[end][1], end))
        end = best[end][1]
    return lines[::-1]


def _columns(character: str) -> float:
    return _WIDE_COLUMNS if unicodedata.east_asian_width(character) in "WF" else 1.0


def _break_costs(text: str) -> list[float]:
    """What a break before each position costs; the last, behind the text, costs nothing."""
    import rjieba

    words = {end for _, _, end in rjieba.tokenize(text)}
    inner = [_cost(text, position, words) for position in range(1, len(text))]
    return [0.0, *inner, 0.0]


def _cost(text: str, position: int, words: set[int]) -> float:
    if _clings(text[position]) or text[position - 1] in _OPENERS:
        return _NEVER_COST
    bare = text[max(0, position - 4) : position].rstrip(_CLOSERS + " ")
    if position not in words or _in_number(text, position):
        return _INSIDE_COST
    if bare.endswith(tuple(_STOPS)):
        return _STOP_COST
    return _PAUSE_COST if bare.endswith(tuple(_PAUSES)) else _WORD_COST


def _clings(character: str) -> bool:
    """Whether it belongs to what stands before it: closing marks, spaces, combining characters."""
    marks = _STOPS + _PAUSES + _CLOSERS + "%％°·\u200d "
    return character in marks or unicodedata.category(character).startswith("M")


def _in_number(text: str, position: int) -> bool:
    """Whether what stands around a break is one figure, as in 1,234 and 9:30 and 5.2%."""
    return text[position - 1] in ",:.-/" and text[position].isdigit()
