"""Where a sentence that is too long for one breath is broken: at its marks, else between phrases.

No character is lost: the pieces, joined, are the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from readaloud.spoken.stops import CLOSERS, OPENERS, STOPS

_AIM = 0.6
"""The share of the limit that a piece should have, once a text must be broken."""
_UNEVEN = 4.0
"""What it costs that a piece is longer or shorter than that, against the price of a break."""
_OF_A_LIST = 0.8
_MARKS = {
    **dict.fromkeys(STOPS, 0.0), **dict.fromkeys("；;﹔", 0.05),
    **dict.fromkeys("，,﹐", 0.35), **dict.fromkeys("：:︰﹕—─、､﹑", _OF_A_LIST),
}  # fmt: skip
"""What a break behind a mark costs."""
_EASY, _LONG_BREATH = 0.75, 1.0
"""From which share of the limit on a piece costs a long breath more."""
_BEFORE_A_LONG_ONE = 0.6
_INSIDE = 0.5
"""What it costs more inside brackets or a title."""
_WORD = 3.0
"""Between two words, where nothing speaks for it."""
_FORCED = 50.0
_LEAN_BACK = re.compile(r"[的地得了着著过過们們儿兒等吗嗎呢吧啊之所]")
_BEGINS_A_PHRASE = re.compile(
    r"即|并且?|並且?|而且?|以及|因[为為]|所以|但是?|如果|由于|由於|[为為]了|通[过過]|[经經][过過]|按照|根[据據]|[对對]于?|[将將]|把|被|由|向|[从從]|自|在|于|於|使|[让讓]|[终終]于|已[经經]?|正在|必[须須]|[应應][当當]?|能[够夠]|可以|需要|[随隨]着|是否?|也|都|就|才|[还還]|又|且|或者|同[时時]"
)
_AND = re.compile(r"[和与與及或跟同]")
_ENDS_A_PHRASE = re.compile(
    r"(?:之?[后後]|以?[来來]|[时時]|期[间間]|之?[间間]|[里裡裏]|中|上|下|起|[内內]|外|以?前|了|方面|[过過]程中)\Z"
)
_INSEPARABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:%/'’_@+?&=#~-]*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
"""Never broken: little of it is said."""
_VERB_TAGS = frozenset("vd")
_NAMING = frozenset("namqb")


def split_long(text: str, limit: int) -> list[str]:
    """Break what is longer than ``limit`` characters into pieces of like length.

    Marks are the better places, then the edges of phrases, then those of words; a token is broken
    only if it is longer than the limit, and a web address never. Closing marks stay with their piece, so that it may be longer
    by them.
    """
    if len(text) <= limit:
        return [text] if text else []
    cuts = _best_cuts(len(text), _price_breaks(text, limit), limit)
    return [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]


def _best_cuts(size: int, prices: dict[int, float], limit: int) -> list[int]:
    """The breaks that cost least together, the unevenness of their pieces counted."""
    places = [0, *sorted(prices), size]
    cheapest = [0.0]
    came_from = [0]
    first = 0
    for number, place in enumerate(places[1:], 1):
        while first < number - 1 and place - places[first] > limit:
            first += 1
        costs = (
            (cheapest[earlier] + _unevenness(place - places[earlier], limit), earlier)
            for earlier in range(first, number)
        )
        cost, earlier = min(costs)
        cheapest.append(cost + prices.get(place, 0.0))
        came_from.append(earlier)
    return _trace(places, came_from)


def _trace(places: list[int], came_from: list[int]) -> list[int]:
    cuts: list[int] = []
    at = came_from[-1]
    while at:
        cuts.append(places[at])
        at = came_from[at]
    return cuts[::-1]


def _unevenness(size: int, limit: int) -> float:
    share = size / limit
    too_long = _FORCED if share > 1 else _LONG_BREATH if share > _EASY else 0.0
    return _UNEVEN * (share - _AIM) ** 2 + too_long


def _price_breaks(text: str, limit: int) -> dict[int, float]:
    """Where the text may be broken, and what that costs; no gap is wider than the limit."""
    prices = _before_long_clauses(dict(_at_marks(text)), text, limit)
    edges = [0, *sorted(prices), len(text)]
    for start, end in pairwise(edges):
        if end - start > limit:
            prices |= _between_words(text, start, end)
    edges = [0, *sorted(prices), len(text)]
    for start, end in pairwise(edges):
        address = _ADDRESS.search(text, start, end) if end - start > limit else None
        for place in range(start + limit, end, limit):
            if address is None or not address.start() < place < address.end():
                prices[_before_joined(text, place, start)] = _FORCED
    return prices


def _before_long_clauses(prices: dict[int, float], text: str, limit: int) -> dict[int, float]:
    """Who reads aloud takes breath before what is long: such places cost less."""
    clauses = [place for place, price in prices.items() if price < _OF_A_LIST]
    for place, end in pairwise([*clauses, len(text)]):
        prices[place] -= _BEFORE_A_LONG_ONE * min(1.0, (end - place) / limit)
    return prices


def _at_marks(text: str) -> Iterator[tuple[int, float]]:
    """The places behind marks, the marks that close and follow there included."""
    depth = position = 0
    while position < len(text):
        character = text[position]
        depth = max(0, depth + (character in "（《〈([【") - (character in "）》〉)]】"))
        position += 1
        if character not in _MARKS:
            continue
        price = _MARKS[character]
        while position < len(text) and text[position] in _FOLLOWING:
            depth = max(0, depth - (text[position] in "）》〉)]】"))
            price = min(price, _MARKS.get(text[position], price))
            position += 1
        if position < len(text) and not _inside_token(text, position):
            yield position, price + _INSIDE * min(depth, 1)


_FOLLOWING = frozenset(CLOSERS) | _MARKS.keys()


def _inside_token(text: str, position: int) -> bool:
    """Whether a cut there would part a number, a Latin word or an address (1,234 9:30 a?id=1)."""
    before, after = text[position - 1], text[position : position + 1]
    if not after or not after.isascii() or not (after.isalnum() or after in "/&=#%_-"):
        return False
    further = text[position - 2 : position - 1]
    glued = further.isascii() and further.isalnum()
    return before.isascii() and not before.isspace() and (before.isalnum() or glued)


def _between_words(text: str, start: int, end: int) -> dict[int, float]:
    """The edges of the words in a stretch without a mark; those of phrases cost less."""
    import rjieba

    words = rjieba.tag(text[start:end])
    prices: dict[int, float] = {}
    place = start
    for left, right in pairwise(words):
        place += len(left[0])
        if right[0][0] not in _FOLLOWING and left[0][-1] not in OPENERS:
            prices[place] = _price_of_edge(left, right)
    for token in _INSEPARABLE.finditer(text, start, end):
        for inside in range(token.start() + 1, token.end()):
            prices.pop(inside, None)
    return prices


def _price_of_edge(left: tuple[str, str], right: tuple[str, str]) -> float:
    """A phrase begins with a preposition or an adverb, and ends with a place or a time."""
    (before, kind_before), (after, kind_after) = left, right
    names = kind_before[0] in _NAMING
    prices = (
        (_LEAN_BACK.fullmatch(after) or not after.strip(), 3.0),
        (_BEGINS_A_PHRASE.fullmatch(before) or _AND.fullmatch(before), 2.0),
        (_AND.fullmatch(after), -1.0),
        (_BEGINS_A_PHRASE.match(after) and kind_after[0] in "cpdv", -2.0),
        (_ENDS_A_PHRASE.search(before), -1.0),
        (names and kind_after[0] in _VERB_TAGS, -1.0),
        (before == "的" or (names and kind_after[0] in _NAMING), 1.0),
    )
    return _WORD + next((more for applies, more in prices if applies), 0.0)


def _before_joined(text: str, place: int, start: int) -> int:
    """Combining marks, joiners and variation selectors belong to what stands before them."""
    while place > start + 1 and (
        unicodedata.combining(text[place]) or text[place] in "\u200d\ufe0e\ufe0f"
    ):
        place -= 1
    return place
