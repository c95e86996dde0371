"""Spoken text -> pinyin, a syllable a character, and where its words begin.

Known words have their readings from our lists and the dictionaries (``word_readings``); what those
leave open is decided by what stands around it (``neighbours``), and 一 and 不 take their tones last.
"""

from __future__ import annotations

from dataclasses import dataclass

from readaloud.chinese.convert import zhe_for_zhu
from readaloud.spoken.character_readings import usual_readings
from readaloud.spoken.neighbours import choose_reading
from readaloud.spoken.own_names import NO_NAMES, OwnNames
from readaloud.spoken.personal_names import ones_in_names
from readaloud.spoken.reading_lists import TRADITIONAL
from readaloud.spoken.sandhi import apply_sandhi
from readaloud.spoken.word_readings import REPEATED, find_pieces, is_han, usual_reading

__all__ = [
    "Reading",
    "WeighedReading",
    "is_han",
    "is_readable",
    "read_aloud",
    "rival_readings",
    "weigh_readings",
]

_WIDE_MARKS = str.maketrans(",;:?!", "，；：？！")
"""Patterns and weights know the marks of Chinese text."""
_OF_A_WORD = 0.02
"""The doubt of a reading that a dictionary has for the whole word."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Pinyin with tone numbers, one a character ('' for what is not Chinese), and word starts."""

    syllables: tuple[str, ...]
    word_starts: tuple[int, ...]
    doubts: tuple[float, ...]
    """How unsure each syllable is, as in ``WeighedReading``."""


@dataclass(frozen=True, slots=True)
class WeighedReading:
    """A Chinese character of a spoken text, how it is read, and how sure that is."""

    index: int
    character: str
    chosen: str
    """With the tones that 一 and 不 have before their neighbours, as it is said."""
    others: tuple[str, ...]
    """What else it may be read as, likeliest first; () for a character with one reading."""
    doubt: float
    """From 0, sure, to 1: about how often such a reading is wrong."""


def read_aloud(spoken: str, original: str | None = None, names: OwnNames = NO_NAMES) -> Reading:
    """Readings of Simplified text; ``original`` is the Traditional text it was converted from.

    Dictionary tones, but for 一 and 不; er5 is a 儿 that colours the syllable before it. The
    original is used where it has the same length: 乾 隻 髮 hold readings that 干 只 发 lose.
    ``names`` are those of the article that it is from.
    """
    read = _read(spoken, original, names)
    return Reading(read.said, read.starts, tuple(read.doubts))


def weigh_readings(spoken: str, original: str | None = None) -> tuple[WeighedReading, ...]:
    """The readings of ``read_aloud``, each with its rivals and its doubt, in order of the text."""
    read = _read(spoken, original)
    return tuple(
        WeighedReading(
            index, character, read.said[index], others, read.doubts[index] if others else 0.0
        )
        for index, character in enumerate(spoken)
        if is_han(character)
        for others in (rival_readings(character, read.plain[index]),)
    )


def is_readable(character: str) -> bool:
    """False for a Chinese character for which no dictionary has a reading."""
    return not is_han(character) or bool(usual_reading(character))


@dataclass(frozen=True, slots=True)
class _Read:
    plain: list[str]
    """Syllables without sandhi."""
    said: tuple[str, ...]
    doubts: list[float]
    starts: tuple[int, ...]
    """Where the words begin."""


def _read(spoken: str, original: str | None, names: OwnNames = NO_NAMES) -> _Read:
    spoken = zhe_for_zhu(spoken).translate(_WIDE_MARKS)
    pieces = find_pieces(spoken, names)
    syllables: list[str] = []
    doubts: list[float] = []
    for place, piece in enumerate(pieces):
        if piece.syllables:
            syllables += piece.syllables
            doubts += [_OF_A_WORD] * len(piece.text)
        else:
            syllable, doubt = choose_reading(spoken, pieces, place)
            syllables.append(syllable)
            doubts.append(doubt)
    _repeat(spoken, syllables)
    if original is not None and len(original) == len(spoken):
        _restore(spoken, syllables, doubts, original)
    starts = tuple(piece.start for piece in pieces if not piece.offset)
    said = apply_sandhi(spoken, syllables, starts, ones_in_names(pieces))
    return _Read(syllables, said, doubts, starts)


def rival_readings(character: str, chosen: str) -> tuple[str, ...]:
    """What else a character may be read as, likeliest first."""
    return tuple(reading for reading in usual_readings(character) if reading != chosen)


def _repeat(spoken: str, syllables: list[str]) -> None:
    """々 takes the reading of the character before it."""
    for index, character in enumerate(spoken):
        if character == REPEATED and index and syllables[index - 1]:
            syllables[index] = syllables[index - 1]


def _restore(spoken: str, syllables: list[str], doubts: list[float], original: str) -> None:
    """Where the Traditional character has one reading only, it is the reading; 乾 in 乾隆 stays."""
    for index, character in enumerate(original):
        if character in TRADITIONAL and syllables[index] and character != spoken[index]:
            syllables[index], doubts[index] = TRADITIONAL[character], 0.0
