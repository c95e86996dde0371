"""What sites glue to a title: channel and name behind it, a mark of advertising around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readaloud.editing.line_shape import size
from readaloud.editing.rulebook import Mark, as_written, mark

MAX_CHARS = 200
MAX_COLUMN = 8
"""A channel, or a keyword, between a title and the site's name has at most this many characters."""
MAX_CATEGORY = 4
MAX_BEHIND = 20
MIN_TITLE = 4
MAX_SITE = 24

_THIS_TIME = ("本周", "本月", "本季", "本旬", "今日", "昨日", "近期", "一周")
_SITE = mark("site")
_MASTHEAD = mark("masthead")
_NET = re.compile(
    "(?:[一二三四五六七八九十两几每这那第]|[撒渔鱼拉结织补张落触收球蛛]|铁丝|关系|法|情|电|安全|防护)网$"
)
"""A net of cord, wire or people: 开海头一网."""
_NO_TITLE, _GREETING = mark("no title"), mark("greeting")
_COLUMN = mark("column")
_STROKE = mark("stroke")
_STRONG = mark("strong stroke")
_SOURCE = mark("source behind a title")
_BEFORE = mark("before a title")


def strip_site(text: str) -> tuple[str, list[str]]:
    """The title without what is glued to it, and the pieces that were taken off, last first."""
    if len(text) > MAX_CHARS or any(text in whole for whole in (_MASTHEAD, _NO_TITLE, _GREETING)):
        return text, []
    pieces: list[str] = []
    while (cut := _find_cut(text, bool(pieces))) is not None:
        start, end = cut
        pieces.append(text[start:end].strip())
        text = (text[:start] + text[end:]).strip()
    return text, pieces


def is_site(text: str) -> bool:
    """Whether a piece behind a stroke is the name of a site, a paper or an agency."""
    return len(text) <= MAX_SITE and text in _SITE


def is_masthead(text: str) -> bool:
    """Whether a whole line is such a name, and can't be a title."""
    own = "的" in text or text.startswith(_THIS_TIME) or _NET.search(text) is not None
    return len(text) <= MAX_SITE and not own and text in _MASTHEAD


def before_strokes(text: str) -> list[str]:
    """What stands before each stroke of a line: one of them may be the title."""
    return [text[: stroke.start()] for stroke in _strokes(_STROKE, text)]


def behind_site(text: str) -> list[str]:
    """What stands behind each stroke of a line that has a site's name before it."""
    fronts = ((text[: each.start()].strip(), each.end()) for each in _strokes(_STROKE, text))
    return [text[end:] for front, end in fronts if is_site(front) or is_masthead(front)]


def _find_cut(text: str, named: bool) -> tuple[int, int] | None:
    """The next piece to take off; ``named``: what stood behind it was one, too."""
    for glued in (_SOURCE, _BEFORE):
        match = glued.find(text)
        if match and size(text) - size(as_written(text, match)) >= MIN_TITLE:
            return match.span()
    strokes = _strokes(_STROKE, text)
    if not strokes:
        return None
    if (start := _find_tail(text, strokes, named)) is not None:
        return start, len(text)
    first = strokes[0]
    front, rest = text[: first.start()], text[first.end() :]
    in_front = size(rest) >= 8 and is_site(front) and first[0].strip()[:1] not in "|｜丨"
    return (0, first.end()) if in_front else None


def _find_tail(text: str, strokes: Sequence[re.Match[str]], named: bool) -> int | None:
    """Where a site's name begins behind a stroke, or a channel's before it."""
    # A stroke may stand inside of the site's name: 财经网 - CAIJING.COM.CN.
    for stroke in strokes:
        if is_site(text[stroke.end() :].strip()) and size(text[: stroke.start()]) >= 2:
            return stroke.start()
    strong = _strokes(_STRONG, text)
    last = strong[-1] if strong else strokes[-1]
    title, tail = text[: last.start()].strip(), text[last.end() :].strip()
    if strong:
        sure = size(title) >= 2 * MIN_TITLE or (size(title) >= 2 and named)
        return last.start() if sure and size(tail) <= MAX_BEHIND else None
    if size(title) < MIN_TITLE:
        return None
    if size(tail) > MAX_COLUMN or size(title) < size(tail) + 2:
        return None
    apart = len(last[0]) > 1 or last[0] in "|｜丨" or _is_category(title, tail)
    return last.start() if tail in _COLUMN or (named and apart) else None


def _is_category(title: str, tail: str) -> bool:
    """Whether a word between a long title and a site's name is a section's: 手作, 美食."""
    return tail.isalpha() and size(tail) <= MAX_CATEGORY and size(title) >= 2 * MIN_TITLE


def _strokes(strokes: Mark, text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    place = 0
    while (match := strokes.find(text, place)) is not None:
        found.append(match)
        place = match.end()
    return found
