"""What the dictionaries get wrong or leave out, read from the lists in ``data``.

Each list says in its first lines what its columns are and where they come from; a row is a line,
its columns parted by tabs. To add a reading, add a line.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib import resources

from readaloud.config.compiled_patterns import compile_pattern

Contexts = tuple[tuple["re.Pattern[str]", str], ...]


def read_list(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a list, without its comments."""
    text = (resources.files(__package__) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return (tuple(line.split("\t")) for line in text.splitlines() if line and line[0] != "#")


def read_packed(name: str) -> Iterator[list[str]]:
    """The rows of a list that a script has made; see tests/benchmarks/reading_data.py."""
    return (line.split("\t") for line in read_packed_lines(name))


def find_packed(name: str, first: str) -> list[str]:
    """The cells behind the first one of a row of such a list; none where there is no such row.

    The rows are sorted, so that nothing has to be made of those that nobody asks for.
    """
    rows, start = read_packed_lines(name), f"{first}\t"
    place = bisect_left(rows, start)
    found = place < len(rows) and rows[place].startswith(start)
    return rows[place].split("\t")[1:] if found else []


@cache
def read_packed_lines(name: str) -> list[str]:
    """The same, each row as it is kept."""
    packed = (resources.files(__package__) / "data" / f"{name}.tsv.gz").read_bytes()
    return gzip.decompress(packed).decode().splitlines()


WORDS = {word: tuple(syllables.split()) for word, syllables in read_list("word_pinyin")}
NEUTRAL = frozenset(word for (word,) in read_list("neutral_tone_words"))
"""Words whose last syllable has no tone."""
SURNAMES = {name: syllable for name, syllable, *_ in read_list("surname_pinyin")}
SHORT_NAMES = frozenset(name for name, _, *short in read_list("surname_pinyin") if short)
"""Surnames that make a name of two characters likely; 华为 and 区长 are none."""
TRADITIONAL = {row[0]: row[1] for row in read_list("traditional_pinyin")}
OPEN_WORDS = frozenset(word for (word,) in read_list("words_read_by_context"))
"""In the dictionary with one reading, but read by what stands around them."""
IN_CONTEXT = {
    word: (tuple(syllables.split()), pattern)
    for word, syllables, pattern in read_list("words_in_context")
}
"""Words and characters -> a second reading, and the pattern of what must stand around them for it."""
FULL_ER = tuple(ending for (ending,) in read_list("words_with_full_er"))
"""Ends of words in which 儿 is a child, a syllable of its own."""


def dictionary_reading(word: str) -> str | None:
    """The syllables of a word of the dictionaries that has a character with several readings."""
    return next(iter(find_packed("dictionary_words", word)), None)


@cache
def context_of(word: str) -> re.Pattern[str]:
    """What must stand around a word of ``IN_CONTEXT``; compiled when it is first asked for."""
    return compile_pattern(IN_CONTEXT[word][1])


@cache
def contexts_of(character: str) -> Contexts:
    """Patterns of "tag<before_after" with the readings of a character; the first that fits is it."""
    found = rows_of_characters().get(character, ())
    return tuple((compile_pattern("".join(pattern)), syllable) for _, syllable, *pattern in found)


@cache
def rows_of_characters() -> dict[str, list[tuple[str, ...]]]:
    """Character -> its rows: itself, a syllable, and a pattern if it has one."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for row in read_list("character_pinyin"):
        rows.setdefault(row[0], []).append(row)
    return rows
