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


@dataclass(frozen=True, slots=True)
class Reading:
    """Pinyin with tone numbers, one a character ('' for what is not Chinese), and word starts."""

    syllables: tuple[str, ...]
    word_starts: tuple[int, ...]


def read_aloud(spoken: str, original: str | None = None) -> Reading:
    """Readings of Simplified text; ``original`` is the Traditional text it was converted from.

    Dictionary tones, but for 一 and 不; er5 is a 儿 that colours the syllable before it. The
    original is used where it has the same length: 乾 隻 髮 hold readings that 干 只 发 lose.
    """
    syllables: list[str] = []
    starts: list[int] = []
    tag_before = "x"
    for word, tag in _segment(spoken):
        starts.append(len(syllables))
        syllables += _read_word(word, tag, tag_before, spoken, len(syllables))
        tag_before = tag
    _repeat(spoken, syllables)
    if original is not None and len(original) == len(spoken):
        _restore(syllables, original)
    return Reading(apply_sandhi(spoken, syllables, starts), tuple(starts))


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


def _read_word(word: str, tag: str, tag_before: str, text: str, at: int) -> list[str]:
    known = _known(word) if len(word) > 1 else ()
    if not known and tag.startswith("nr"):
        known = _name(word)
    if known:
        return list(known)
    syllables: list[str] = []
    position = 0
    while position < len(word):
        size, found = _longest_known(word, position)
        if not found:
            # Inside what the segmenter made up, the piece before is most often a verb.
            before = tag_before if position == 0 else "v"
            found = (_read_character(word[position], before, text, at + position),)
        syllables += found
        position += size
    return syllables


def _name(word: str) -> tuple[str, ...]:
    """The readings of a person's name whose surname has one of its own; else ()."""
    surname = SURNAMES.get(word[0])
    fits = len(word) == 3 or (len(word) == 2 and word[0] in SHORT_NAMES)
    return (surname, *map(_character, word[1:])) if surname and fits else ()


def _longest_known(word: str, position: int) -> tuple[int, tuple[str, ...]]:
    """The longest word of a dictionary that begins here: its size and readings, or 1 and none."""
    for size in range(min(_LONGEST, len(word) - position), 1, -1):
        known = _known(word[position : position + size])
        if known:
            return size, known
    return 1, ()


def _read_character(character: str, tag_before: str, text: str, at: int) -> str:
    """A character that is no part of a word, by what stands around it."""
    before, after = text[max(0, at - 6) : at], text[at + 1 : at + 15]
    if character in SURNAMES and (before.endswith("姓") or _TITLE.match(after)):
        return SURNAMES[character]
    if character == "儿" and before and is_han(before[-1]):
        return "er2" if text[: at + 1].endswith(FULL_ER) else "er5"
    around = f"{tag_before[:1]}<{before}_{after}"
    for pattern, syllable in contexts_of(character):
        if pattern.search(around):
            return syllable
    return _character(character)


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


def _restore(syllables: list[str], original: str) -> None:
    """Where the Traditional character has one reading only, it is the reading."""
    for index, character in enumerate(original):
        if character in TRADITIONAL and syllables[index]:
            syllables[index] = TRADITIONAL[character]
