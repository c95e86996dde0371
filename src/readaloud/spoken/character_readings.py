"""Which syllables there are, which characters have them, and which of them a character has.

Syllables are in small letters, ü as v, with the tone as a number: lv4; 5 is the neutral tone.
"""

from __future__ import annotations

from functools import cache, lru_cache

from readaloud.spoken.reading_lists import find_packed, read_packed

NEUTRAL = "5"
_LIST = "characters"
"""Rows of a character, its readings in use, and its others."""


def bases_of(character: str) -> frozenset[str]:
    """All syllables that a character may be read as, without tones."""
    return frozenset(reading[:-1] for reading in readings_of(character))


def readings_of(character: str) -> frozenset[str]:
    """All readings of a character that any dictionary has."""
    return frozenset(" ".join(find_packed(_LIST, character)).split())


@lru_cache(maxsize=65536)
def usual_readings(character: str) -> tuple[str, ...]:
    """The readings in use today, the commonest first; () for what no dictionary holds."""
    return tuple(next(iter(find_packed(_LIST, character)), "").split())


@cache
def characters_by_reading() -> dict[str, str]:
    """Syllable -> character: single readings before others, GB 2312's level 1 before the rest."""
    ranked: dict[str, tuple[int, str]] = {}
    for character, *cells in read_packed(_LIST):
        if not "一" <= character <= "龥":
            continue
        readings = " ".join(cells).split()
        for place, syllable in enumerate(readings):
            rank = 2 * (not is_everyday(character)) + (len(readings) > 1) + 4 * (place > 0)
            ranked[syllable] = min(ranked.get(syllable, (9, "")), (rank, character))
    return {syllable: character for syllable, (_, character) in ranked.items()}


@cache
def known_bases() -> frozenset[str]:
    """All syllables without their tones."""
    return frozenset(syllable[:-1] for syllable in characters_by_reading())


def is_everyday(character: str) -> bool:
    """Whether GB 2312 has it in level 1, rows 16 to 55: the 3,755 most used."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
