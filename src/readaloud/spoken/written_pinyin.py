"""Pinyin as people write it: shan4 tian2, shàn tián, shàntián, lu:4, lǜ, xī'ān, péng·you.

Joined syllables are taken apart so that they fit the word: as many as it has characters, and of
those ways the one that its characters are most often read in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from readaloud.spoken.character_readings import NEUTRAL, bases_of, known_bases
from readaloud.spoken.pinyin import is_han

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0306": "3", "\u0300": "4"}
"""Marks above vowels; the breve is often typed for the caron."""
_TONED = re.compile("(?:[aeiou][\u0302\u0308]?|(?<![a-z])h?[mn])[\u0304\u0301\u030c\u0306\u0300]")
_APART = re.compile(r"[\s,，、;；'’‘ʼ`·・•‧/\-‐‑–—_]+")
_LETTERS = str.maketrans({"ɡ": "g", "ɑ": "a"})
_SAME = {"lue": "lve", "nue": "nve", "lyu": "lv", "nyu": "nv", "lyue": "lve", "nyue": "nve"}
_ROUNDED = frozenset("jqxy")
"""After these ü is written u."""
_LONGEST = 6
_MOST_LETTERS = 400
_BARE = frozenset({"m", "n", "ng", "hm", "hng", "ê"})
"""Syllables that only stand by themselves."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """``tone`` is empty where none is written."""

    base: str
    tone: str = ""

    @property
    def numbered(self) -> str:
        """With its tone as a number; without one it is neutral."""
        return self.base + (self.tone or NEUTRAL)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters up to a border or a number, each with the tone that is marked above it."""

    letters: str
    marks: tuple[str, ...]
    digit: str


Way = tuple[int, tuple[Syllable, ...]]
"""How many syllables are readings of their characters, and the syllables."""


def split_syllables(text: str, word: str) -> list[tuple[Syllable, ...]]:
    """Each count of syllables that a text can be taken for, best fit first; none where it is none.

    ``word`` is the Simplified word that they are to be read for.
    """
    pieces = _cut(text)
    if pieces is None or sum(len(piece.letters) for piece in pieces) > _MOST_LETTERS:
        return []
    characters = [character for character in word if is_han(character)]
    ways: dict[int, Way] = {0: (0, ())}
    for piece in pieces:
        ways = _extend(ways, piece, characters)
    return [way for _, way in sorted(ways.values(), key=lambda each: each[0], reverse=True)]


def wrong_part(text: str) -> str:
    """The first part between borders that is no pinyin; empty where each is some."""
    parts = filter(None, _APART.split(text))
    return next((part for part in parts if not split_syllables(part, "")), "")


def has_tone(text: str) -> bool:
    """Whether there is a vowel, or an m or n that is a syllable, with a mark of tone in a text."""
    return _TONED.search(_spread(text)) is not None


def _spread(text: str) -> str:
    """Small letters, the marks behind them."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFD", plain.replace("u:", "ü"))


def _cut(text: str) -> list[_Piece] | None:
    """The text in pieces; None where something in it is no part of pinyin."""
    pieces: list[_Piece] = []
    for part in filter(None, _APART.split(_spread(text))):
        letters, marks = "", [""]
        for sign in part:
            if "a" <= sign <= "z":
                letters, marks = letters + sign, [*marks, ""]
            elif sign in "012345" and letters:
                pieces.append(_Piece(letters, tuple(marks[1:]), sign.replace("0", NEUTRAL)))
                letters, marks = "", [""]
            elif sign in _TONES and letters and not marks[-1]:
                marks[-1] = _TONES[sign]
            elif sign == "\u0308" and letters[-1:] == "u":
                letters = f"{letters[:-1]}v"
            elif sign == "\u0302" and letters[-1:] == "e":
                letters = f"{letters[:-1]}ê"
            else:
                return None
        if letters:
            pieces.append(_Piece(letters, tuple(marks[1:]), ""))
    return pieces or None


def _extend(ways: dict[int, Way], piece: _Piece, characters: Sequence[str]) -> dict[int, Way]:
    """Each way so far, with the best way to take a piece apart for each count of syllables."""
    at: list[dict[int, Way]] = [ways, *({} for _ in piece.letters)]
    for start, end, found in _syllables(piece):
        for count, (fit, before) in at[start].items():
            if start and not _is_border(before[-1], found):
                continue
            character = characters[count] if count < len(characters) else ""
            made = _append(before, found, character)
            fits = made is not None and made[-1].base in _bases(character)
            way = made and (fit + fits, made)
            if way and (count + 1 not in at[end] or way[0] > at[end][count + 1][0]):
                at[end][count + 1] = way
    return at[-1]


@lru_cache(maxsize=8192)
def _syllables(piece: _Piece) -> tuple[tuple[int, int, Syllable], ...]:
    """All that may be syllables in a piece, by their places; a lexicon has few pieces, often."""
    count = len(piece.letters)
    places = ((s, e) for s in range(count) for e in range(s + 1, min(s + _LONGEST, count) + 1))
    found = ((start, end, _syllable(piece, start, end)) for start, end in places)
    return tuple((start, end, each) for start, end, each in found if each is not None)


def _is_border(before: Syllable, after: Syllable) -> bool:
    """Whether joined syllables may part here: before a vowel only if both bear a tone.

    Else xian would be xi and an, which is written xi'an.
    """
    return after.base[0] not in "aoe" or bool(before.tone and after.tone)


def _bases(character: str) -> frozenset[str]:
    return bases_of(character) if character else frozenset()


def _append(
    before: tuple[Syllable, ...], found: Syllable, character: str
) -> tuple[Syllable, ...] | None:
    """The syllables with one more; the r of huar1 is a 儿, and the tone its neighbour's."""
    if found.base != "r":
        return (*before, found)
    if character != "儿" or not before or (before[-1].tone and found.tone):
        return None
    last = before[-1]
    return (*before[:-1], Syllable(last.base, last.tone or found.tone), Syllable("er", NEUTRAL))


def _syllable(piece: _Piece, start: int, end: int) -> Syllable | None:
    """The syllable between two places of a piece, if there is one."""
    letters, marks = piece.letters[start:end], "".join(piece.marks[start:end])
    digit = piece.digit if end == len(piece.letters) else ""
    base = _SAME.get(letters, letters)
    if base[0] in _ROUNDED:
        base = base.replace("v", "u")
    whole = start == 0 and end == len(piece.letters)
    if base != "r" and (base not in known_bases() or (base in _BARE and not whole)):
        return None
    if len(marks) > 1 or (marks and digit and marks != digit):
        return None
    if piece.digit and base != "r" and not (marks or digit) and piece.letters[end:] != "r":
        return None  # where tones are numbers, each of joined syllables has its own
    return Syllable(base, marks or digit)
