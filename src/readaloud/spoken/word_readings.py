"""Where the words of a text begin, and the readings of those that a dictionary knows.

Words and their parts of speech come from jieba's dictionary (rjieba) and the names of the article. What is no word of our lists
is taken apart into the longest words that are, and single characters; those that have several
readings are left open, for what stands around them to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from readaloud.spoken.character_readings import usual_readings
from readaloud.spoken.own_names import NO_NAMES, OWN_NAME, OwnNames
from readaloud.spoken.reading_lists import (
    FULL_ER,
    IN_CONTEXT,
    NEUTRAL,
    OPEN_WORDS,
    SURNAMES,
    WORDS,
    context_of,
    dictionary_reading,
)

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff〇々]")
_LONGEST = 7
"""Characters of the longest word that is looked for inside what the segmenter takes for one."""
_JOINED = (7, 6, 5, 4, 3, 2)
"""How many neighbours may make one word of our list; lines of poems are such words."""
REPEATED = "々"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a part of what the segmenter took for one."""

    start: int
    text: str
    word: str
    """The segmenter's word that it stands in."""
    tag: str
    """The part of speech of that word."""
    offset: int
    """Where in that word it stands."""
    syllables: tuple[str, ...]
    """A syllable a character, '' where none is; () for a character with several."""


def is_han(character: str) -> bool:
    """Whether a character is Chinese, rare ones, 〇 and 々 included."""
    return _HAN.match(character) is not None


def find_pieces(text: str, names: OwnNames = NO_NAMES) -> list[Piece]:
    """The text in pieces, in order and without gaps."""
    pieces: list[Piece] = []
    start = 0
    for word, tag in _segment(text, names):
        offset = 0
        for part, syllables in _parts_of_name(word) if tag == OWN_NAME else _parts(word):
            said = _in_context(text, start + offset, part) or syllables
            pieces.append(Piece(start + offset, part, word, tag, offset, said))
            offset += len(part)
        start += len(word)
    return pieces


def _in_context(text: str, at: int, word: str) -> tuple[str, ...]:
    """The second reading of a word, where what stands around it asks for that; else ()."""
    if word not in IN_CONTEXT:
        return ()
    end = at + len(word)
    around = f"{text[max(0, at - 6) : at]}_{text[end : end + 6]}"
    return IN_CONTEXT[word][0] if context_of(word).search(around) else ()


def _segment(text: str, names: OwnNames) -> Iterator[tuple[str, str]]:
    """Words with their tags; neighbours that our list knows as one word are joined."""
    words = list(names.segment(text))
    index = 0
    while index < len(words):
        for size in _JOINED:
            group = words[index : index + size]
            joined = "".join(word for word, _ in group)
            if len(group) == size and (joined in WORDS or joined in NEUTRAL):
                yield joined, "x"
                index += size
                break
        else:
            yield words[index]
            index += 1


def _parts_of_name(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The surname as such, and no part of a word with what follows: 单|一鸣."""
    yield name[0], (SURNAMES.get(name[0]) or usual_reading(name[0]),)
    yield from _parts(name[1:])


def _parts(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A word whole, where it is known; else the longest known words in it, and what is between."""
    position = 0
    while position < len(word):
        sizes = range(min(_LONGEST, len(word) - position), 1, -1)
        if position == 0 and len(word) > _LONGEST:
            sizes = range(len(word), 1, -1)
        parts = (word[position : position + size] for size in sizes)
        part, known = next(
            ((part, known) for part in parts if (known := known_word(part))), (word[position], ())
        )
        yield part, known or _only_reading(part)
        position += len(part)


@lru_cache(maxsize=65536)
def known_word(word: str) -> tuple[str, ...]:
    """The readings of a word of a dictionary; () for what is none, or has no fixed reading."""
    if word in WORDS:
        return WORDS[word]
    found = dictionary_reading(word)
    if word in OPEN_WORDS or (found is None and word not in NEUTRAL and not _coloured(word)):
        return ()
    syllables = found.split() if found else [usual_reading(character) for character in word]
    if word in NEUTRAL or (len(word) > 2 and word[-2:] in NEUTRAL and word[-1] != "子"):
        syllables[-1] = syllables[-1][:-1] + "5"
    elif _coloured(word):
        syllables = [*(known_word(word[:-1]) or syllables[:-1]), "er5"]
    return tuple(syllables)


def _coloured(word: str) -> bool:
    """Whether the 儿 at a word's end colours the syllable before it."""
    return len(word) > 1 and word.endswith("儿") and not word.endswith(FULL_ER)


def usual_reading(character: str) -> str:
    """The commonest reading of a character; '' where the dictionary has none."""
    if character == "〇":
        return "ling2"
    if character == REPEATED:
        return "die2"
    return next(iter(usual_readings(character)), "")


def _only_reading(character: str) -> tuple[str, ...]:
    """The reading of a character that has one, '' where it has none; () where there are several."""
    return () if len(usual_readings(character)) > 1 else (usual_reading(character),)
