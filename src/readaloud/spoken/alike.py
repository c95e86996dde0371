"""Characters of a given sound, for voices that take no pinyin."""

from __future__ import annotations

from functools import lru_cache

from readaloud.spoken.character_readings import (
    NEUTRAL,
    bases_of,
    characters_by_reading,
    usual_readings,
)
from readaloud.spoken.pinyin import read_aloud

_COMMON_FORM = {"𠮷": "吉", "𡈽": "土"}
"""Of names; no dictionary of readings has them."""
_BASIC_PLANE = "\uffff"


@lru_cache(maxsize=4096)
def write_alike(word: str, syllables: tuple[str, ...]) -> str:
    """The word with other characters where it would be misread."""
    usual = read_aloud(word).syllables
    return "".join(
        character
        if character <= _BASIC_PLANE and (said == wanted or _is_read_so(character, wanted))
        else character_of(wanted)
        for character, said, wanted in zip(word, usual, syllables, strict=True)
    )


def in_common_use(character: str) -> str:
    """For a character outside Unicode's basic plane one that voices know, of the same sound.

    Empty for other characters, and where no dictionary has a reading.
    """
    if character <= _BASIC_PLANE:
        return ""
    readings = usual_readings(character)
    return _COMMON_FORM.get(character) or (character_of(readings[0]) if readings else "")


def is_reading(syllable: str) -> bool:
    """Whether some character is read so; any syllable may lose its tone."""
    base = syllable[:-1]
    known = characters_by_reading()
    return syllable in known or (syllable.endswith(NEUTRAL) and _toned(base) is not None)


def character_of(syllable: str) -> str:
    """An everyday character of that reading, if possible with no other; see ``is_reading``."""
    found = characters_by_reading().get(syllable)
    return found or _toned(syllable[:-1]) or ""


def _is_read_so(character: str, wanted: str) -> bool:
    """Whether nothing is to be written: no syllable, or one without tone, which words decide."""
    return not wanted or (wanted.endswith(NEUTRAL) and wanted[:-1] in bases_of(character))


def _toned(base: str) -> str | None:
    """A character of the syllable in some tone, falling first: it is the shortest."""
    known = characters_by_reading()
    return next((known[base + tone] for tone in "4123" if base + tone in known), None)
