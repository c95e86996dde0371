"""A title in lines: words and numbers stay whole, lines are even, no character stands alone."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

Width = Callable[[str], float]
"""Of a text, in pixels."""
_UNITS = "年月日号號时時点點分秒期届屆集章回版周週岁歲人个個家条條亿億万萬千百元块塊米吨噸度天%％℃"
_NUMBER = re.compile(
    r"第[〇零一二三四五六七八九十百千]{1,9}"
    rf"[{_UNITS}]?"
    rf"|第?(?:[$¥€]?\d{{1,12}}(?:[,.:：/-]\d{{1,12}}){{0,6}}(?:[A-Za-z]{{1,8}}|[{_UNITS}]{{0,2}})){{1,3}}"
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ0-9][A-Za-zÀ-ɏ0-9'’.&+-]*")
_OPENING = "（《「『“‘〈【(["
CLOSING = "，。、；：！？）》」』”’〉】…—·,.;:!?)]%"
_LONGEST_GLUED = 4
"""A word longer than this takes no lone character on."""


def title_lines(title: str, width: Width, most_px: float, most_lines: int) -> list[str] | None:
    """The fewest lines that the title fits into, and of these the evenest.

    None where a word is wider than a line, where there would be more lines than ``most_lines``, or
    where a character would stand alone.
    """
    pieces = title_pieces(title)
    whole, bare = [width(each) for each in pieces], [width(each.rstrip()) for each in pieces]
    starts = [0.0, *accumulate(whole)]
    if max(bare, default=0) > most_px or starts[-1] > most_px * most_lines:
        return None
    ways: dict[int, tuple[float, list[int]]] = {0: (0, [0])}
    for _ in range(most_lines):
        ways = _one_line_more(pieces, starts, bare, most_px, ways)
        if len(pieces) in ways:
            ends = ways[len(pieces)][1]
            return ["".join(pieces[a:b]).strip() for a, b in pairwise(ends)]
    return None


def _one_line_more(
    pieces: Sequence[str],
    starts: Sequence[float],
    bare: Sequence[float],
    most_px: float,
    ways: dict[int, tuple[float, list[int]]],
) -> dict[int, tuple[float, list[int]]]:
    """For each piece that one line more may end before: how uneven it all is, and all ends."""
    found: dict[int, tuple[float, list[int]]] = {}
    for first, (cost, ends) in ways.items():
        for last in range(first, len(pieces)):
            line_px = starts[last] + bare[last] - starts[first]
            if line_px > most_px:
                break
            is_lone = last == first and len(pieces[last].strip()) < 2 and len(pieces) > 1
            total = cost + (most_px - line_px) ** 2
            if not is_lone and total < found.get(last + 1, (math.inf,))[0]:
                found[last + 1] = (total, [*ends, last + 1])
    return found


def title_pieces(title: str) -> list[str]:
    """What stays whole: words and numbers, and the marks and lone characters that cling to them."""
    pieces: list[str] = []
    for word in _words(" ".join(title.split())):
        if pieces and _clings(word, pieces[-1]):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


def _clings(word: str, before: str) -> bool:
    """Whether no line may end between the two."""
    if word == " " or word[0] in CLOSING or before[-1] in _OPENING:
        return True
    if before.endswith(" ") or before[-1] in CLOSING or word[0] in _OPENING:
        return False
    short = len(before) <= _LONGEST_GLUED and not before.isascii()
    return short and (len(word) == 1 or len(before) == 1)


def _words(title: str) -> Iterator[str]:
    """Numbers with their units, Latin words, Chinese words, and signs one by one."""
    from readaloud.chinese.fold import fold

    position = 0
    while position < len(title):
        found = _NUMBER.match(title, position) or _LATIN.match(title, position)
        if found:
            yield found[0]
            position = found.end()
            continue
        ahead = (_NUMBER.search(title, position), _LATIN.search(title, position))
        end = min((found.start() for found in ahead if found), default=len(title))
        yield from _chinese_words(title[position:end], fold(title[position:end]))
        position = end


def _chinese_words(text: str, folded: str) -> Iterator[str]:
    """Words of jieba's dictionary, which is in Simplified characters."""
    import rjieba

    position = 0
    for word in rjieba.cut(folded):
        yield text[position : position + len(word)]
        position += len(word)
