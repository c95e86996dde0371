"""Spoken text -> pinyin, a syllable a character, and where its words begin.

Words and parts of speech come from jieba's dictionary (rjieba), readings of words from pypinyin's
phrases; our own lists go before both. What is no word of a dictionary is taken apart, and its
characters are read by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from readaloud.spoken.character_readings import readings_of
from readaloud.spoken.reading_lists import (
    FULL_ER,
    NEUTRAL,
    OPEN_WORDS,
    SHORT_NAMES,
    SURNAMES,
    TRADITIONAL,
    WORDS,
    contexts_of,
)
from readaloud.spoken.sandhi import apply_sandhi

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff〇々]")
_TITLE = re.compile(r"先生|女士|小姐|太太|某|老师|教授|大爷|大妈|阿姨")
_LONGEST = 7
"""Characters of the longest word that is looked for inside what the segmenter takes for one."""
_REPEATED = "々"
_Read = tuple[str, float]
"""A syllable, and its doubt."""
_OF_A_WORD, _OF_A_PATTERN, _OF_A_NAME, _OF_NOTHING = 0.02, 0.12, 0.2, 0.3
"""Doubts, by what decided: a dictionary's word, the neighbours, a surname, the usual reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Pinyin with tone numbers, one a character ('' for what is not Chinese), and word starts."""

    syllables: tuple[str, ...]
    word_starts: tuple[int, ...]


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


def read_aloud(spoken: str, original: str | None = None) -> Reading:
    """Readings of Simplified text; ``original`` is the Traditional text it was converted from.

    Dictionary tones, but for 一 and 不; er5 is a 儿 that colours the syllable before it. The
    original is used where it has the same length: 乾 隻 髮 hold readings that 干 只 发 lose.
    """
    syllables, _, starts = _read(spoken, original)
    return Reading(apply_sandhi(spoken, syllables, starts), tuple(starts))


def weigh_readings(spoken: str, original: str | None = None) -> tuple[WeighedReading, ...]:
    """The readings of ``read_aloud``, each with its rivals and its doubt, in order of the text."""
    plain, doubts, starts = _read(spoken, original)
    said = apply_sandhi(spoken, plain, starts)
    return tuple(
        WeighedReading(index, character, said[index], others, doubts[index] if others else 0.0)
        for index, character in enumerate(spoken)
        if is_han(character)
        for others in (_rivals(character, plain[index]),)
    )


def _read(spoken: str, original: str | None) -> tuple[list[str], list[float], list[int]]:
    """Syllables without sandhi, the doubt of each, and where the words begin."""
    read: list[_Read] = []
    starts: list[int] = []
    tag_before = "x"
    for word, tag in _segment(spoken):
        starts.append(len(read))
        read += _read_word(word, tag, tag_before, spoken, len(read))
        tag_before = tag
    syllables = [syllable for syllable, _ in read]
    doubts = [doubt for _, doubt in read]
    _repeat(spoken, syllables)
    if original is not None and len(original) == len(spoken):
        _restore(syllables, doubts, original)
    return syllables, doubts, starts


def _rivals(character: str, chosen: str) -> tuple[str, ...]:
    return tuple(sorted(readings_of(character) - {chosen}))


def is_readable(character: str) -> bool:
    """False for a Chinese character for which no dictionary has a reading."""
    return not is_han(character) or bool(_character(character))


def is_han(character: str) -> bool:
    """Whether a character is Chinese, rare ones, 〇 and 々 included."""
    return _HAN.match(character) is not None


def _segment(text: str) -> Iterator[tuple[str, str]]:
    """Words with their tags; neighbours that our list knows as one word are joined."""
    import rjieba

    words: list[tuple[str, str]] = rjieba.tag(text)
    index = 0
    while index < len(words):
        for size in (4, 3, 2):
            group = words[index : index + size]
            joined = "".join(word for word, _ in group)
            if len(group) == size and (joined in WORDS or joined in NEUTRAL):
                yield joined, "x"
                index += size
                break
        else:
            yield words[index]
            index += 1


def _read_word(word: str, tag: str, tag_before: str, text: str, at: int) -> list[_Read]:
    known, doubt = _known(word) if len(word) > 1 else (), _OF_A_WORD
    if not known and tag.startswith("nr"):
        known, doubt = _name(word), _OF_A_NAME
    if known:
        return [(syllable, doubt) for syllable in known]
    read: list[_Read] = []
    while len(read) < len(word):
        position = len(read)
        found = _longest_known(word, position)
        if found:
            read += [(syllable, _OF_A_WORD) for syllable in found]
        else:
            # Inside what the segmenter made up, the piece before is most often a verb.
            before = tag_before if position == 0 else "v"
            read.append(_read_character(word[position], before, text, at + position))
    return read


def _name(word: str) -> tuple[str, ...]:
    """The readings of a person's name whose surname has one of its own; else ()."""
    surname = SURNAMES.get(word[0])
    fits = len(word) == 3 or (len(word) == 2 and word[0] in SHORT_NAMES)
    return (surname, *map(_character, word[1:])) if surname and fits else ()


def _longest_known(word: str, position: int) -> tuple[str, ...]:
    """The readings of the longest word of a dictionary that begins here, or none."""
    sizes = range(min(_LONGEST, len(word) - position), 1, -1)
    return next(filter(None, (_known(word[position : position + size]) for size in sizes)), ())


def _read_character(character: str, tag_before: str, text: str, at: int) -> _Read:
    """A character that is no part of a word, by what stands around it."""
    before, after = text[max(0, at - 6) : at], text[at + 1 : at + 15]
    if character in SURNAMES and (before.endswith("姓") or _TITLE.match(after)):
        return SURNAMES[character], _OF_A_PATTERN
    if character == "儿" and before and is_han(before[-1]):
        return ("er2" if text[: at + 1].endswith(FULL_ER) else "er5"), _OF_A_PATTERN
    around = f"{tag_before[:1]}<{before}_{after}"
    for pattern, syllable in contexts_of(character):
        if pattern.search(around):
            return syllable, _OF_A_PATTERN if pattern.pattern else _OF_NOTHING
    return _character(character), _OF_NOTHING


@lru_cache(maxsize=65536)
def _known(word: str) -> tuple[str, ...]:
    """The readings of a word of a dictionary; () for what is none, or has no fixed reading."""
    if word in WORDS:
        return WORDS[word]
    from pypinyin.constants import PHRASES_DICT

    found = PHRASES_DICT.get(word)
    if word in OPEN_WORDS or (found is None and word not in NEUTRAL and not _coloured(word)):
        return ()
    if found is None or len(found) != len(word):  # some phrases hold a comma
        syllables = [_character(character) for character in word]
    else:
        syllables = [_numbered(readings[0]) for readings in found]
    if word in NEUTRAL:
        syllables[-1] = syllables[-1][:-1] + "5"
    elif _coloured(word):
        syllables = [*(_known(word[:-1]) or syllables[:-1]), "er5"]
    return tuple(syllables)


def _coloured(word: str) -> bool:
    """Whether the 儿 at a word's end colours the syllable before it."""
    return len(word) > 1 and word.endswith("儿") and not word.endswith(FULL_ER)


@lru_cache(maxsize=65536)
def _character(character: str) -> str:
    """The commonest reading of a character; '' where the dictionary has none."""
    from pypinyin.constants import PINYIN_DICT

    if character == "〇":
        return "ling2"
    if character == _REPEATED:
        return "die2"
    readings = PINYIN_DICT.get(ord(character), "") if is_han(character) else ""
    return _numbered(readings.split(",")[0]) if readings else ""


@lru_cache(maxsize=4096)
def _numbered(syllable: str) -> str:
    """Pinyin with its tone as a number, ü as v."""
    from pypinyin.contrib.tone_convert import to_tone3

    return to_tone3(syllable, neutral_tone_with_five=True).replace("ü", "v")


def _repeat(spoken: str, syllables: list[str]) -> None:
    """々 takes the reading of the character before it."""
    for index, character in enumerate(spoken):
        if character == _REPEATED and index and syllables[index - 1]:
            syllables[index] = syllables[index - 1]


def _restore(syllables: list[str], doubts: list[float], original: str) -> None:
    """Where the Traditional character has one reading only, it is the reading."""
    for index, character in enumerate(original):
        if character in TRADITIONAL and syllables[index]:
            syllables[index], doubts[index] = TRADITIONAL[character], 0.0
