"""Which syllables there are, which characters have them, and which of them a character has.

Syllables are in small letters, ü as v, with the tone as a number: lv4; 5 is the neutral tone.
"""

from __future__ import annotations

from functools import lru_cache

NEUTRAL = "5"


def bases_of(character: str) -> frozenset[str]:
    """All syllables that a character may be read as, without tones."""
    return frozenset(reading[:-1] for reading in readings_of(character))


@lru_cache(maxsize=4096)
def readings_of(character: str) -> frozenset[str]:
    """All readings of a character, with tone numbers."""
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_tone3

    readings = filter(None, PINYIN_DICT.get(ord(character), "").split(","))
    numbered = (to_tone3(reading, neutral_tone_with_five=True) for reading in readings)
    return frozenset(syllable.replace("ü", "v") for syllable in numbered)


@lru_cache
def characters_by_reading() -> dict[str, str]:
    """Syllable -> character: single readings before others, GB 2312's level 1 before the rest."""
    from pypinyin.contrib.tone_convert import to_tone3
    from pypinyin.pinyin_dict import pinyin_dict

    ranked: dict[str, tuple[int, str]] = {}
    for code in range(0x4E00, 0x9FA6):
        readings = pinyin_dict.get(code, "").split(",")
        for place, reading in enumerate(filter(None, readings)):
            syllable = to_tone3(reading, neutral_tone_with_five=True).replace("ü", "v")
            rank = 2 * (not _is_everyday(chr(code))) + (len(readings) > 1) + 4 * (place > 0)
            ranked[syllable] = min(ranked.get(syllable, (9, "")), (rank, chr(code)))
    return {syllable: character for syllable, (_, character) in ranked.items()}


@lru_cache
def known_bases() -> frozenset[str]:
    """All syllables without their tones."""
    return frozenset(syllable[:-1] for syllable in characters_by_reading())


def _is_everyday(character: str) -> bool:
    """Whether GB 2312 has it in level 1, rows 16 to 55: the 3,755 most used."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
