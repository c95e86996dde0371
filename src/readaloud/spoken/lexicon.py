"""Words that a user wants said in a certain way: by pinyin, or by other words.

    [words]
    "单田芳" = "shan4 tian2 fang1"    # pinyin, a syllable a character; or shàntiánfāng
    "iPhone" = "爱疯"                 # said as if this were written
    "SAIC" = "shang4 qi4"            # pinyin for what is not Chinese

An embedded voice takes the pinyin as it is. An online voice takes no phonemes: characters that it
would misread become others of the same sound that have no second reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from readaloud.config.toml_tables import read_toml
from readaloud.errors import ConfigError, msg
from readaloud.spoken.alike import write_alike
from readaloud.spoken.lexicon_entries import EntryError, read_entry


@dataclass(frozen=True)
class Lexicon:
    """Simplified words -> pinyin syllables, a syllable a character; words -> what is said instead."""

    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    respellings: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: Lexicon) -> Lexicon:
        """Both; this one's word wins."""
        mine = self.readings.keys() | self.respellings.keys()
        return Lexicon(
            {w: r for w, r in other.readings.items() if w not in mine} | dict(self.readings),
            {w: r for w, r in other.respellings.items() if w not in mine} | dict(self.respellings),
        )

    def within(self, text: str) -> Lexicon:
        """Only the words that stand in a Simplified text."""
        return Lexicon(
            {word: self.readings[word] for _, word in self._read.find(text)},
            {word: self.respellings[word] for _, word in self._respelled.find(text)},
        )

    def respell(self, text: str) -> str:
        """Simplified text with its respelled words as they are said."""
        return self._respelled.replace(text, self.respellings)

    def correct(self, spoken: str, syllables: Sequence[str]) -> tuple[str, ...]:
        """Readings of a spoken text, with those of the lexicon's words in their places."""
        corrected = list(syllables)
        for start, word in self._read.find(spoken):
            corrected[start : start + len(word)] = self.readings[word]
        return tuple(corrected)

    def read_places(self, spoken: str) -> frozenset[int]:
        """Where a spoken text takes its readings from the lexicon."""
        found = self._read.find(spoken)
        return frozenset(n for start, word in found for n in range(start, start + len(word)))

    def rewrite(self, spoken: str) -> str:
        """A spoken text for a voice that takes no pinyin: characters of the same sound."""
        return self._read.replace(spoken, self._alike)

    @cached_property
    def _read(self) -> _Words:
        return _Words(self.readings)

    @cached_property
    def _respelled(self) -> _Words:
        return _Words(self.respellings)

    @cached_property
    def _alike(self) -> Mapping[str, str]:
        return {word: write_alike(word, said) for word, said in self.readings.items()}


class _Words:
    """Finds words in a text: the longest first, a Latin word only as a whole."""

    def __init__(self, words: Iterable[str]) -> None:
        self._of: dict[str, list[str]] = {}
        """By their first character: a lexicon may have 100,000."""
        for word in sorted(words, key=len, reverse=True):
            self._of.setdefault(word[0], []).append(word)

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Each word's place and itself, from left to right; none within another."""
        start = 0
        while start < len(text):
            word = next((w for w in self._of.get(text[start], ()) if _is_at(start, w, text)), "")
            if word:
                yield start, word
            start += len(word) or 1

    def replace(self, text: str, said: Mapping[str, str]) -> str:
        """The text with what is said for each word."""
        pieces, end = [], 0
        for start, word in self.find(text):
            pieces += [text[end:start], said[word]]
            end = start + len(word)
        return "".join([*pieces, text[end:]])


def _is_at(start: int, word: str, text: str) -> bool:
    if not text.startswith(word, start):
        return False
    before, after = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
    return not (_is_latin(word[0], digits=True) and _is_latin(before, digits=True)) and not (
        _is_latin(word[-1], digits=True) and _is_latin(after, digits=False)
    )


def _is_latin(character: str, *, digits: bool) -> bool:
    return character.isascii() and (character.isalnum() if digits else character.isalpha())


def read_lexicon(path: Path) -> Lexicon:
    """A lexicon from its file; an empty one where there is none.

    Raises:
        ConfigError: broken TOML, or an entry that is neither pinyin nor words; names its line.
    """
    try:
        path.stat()
    except OSError:  # a name may also be longer than names can be
        return Lexicon()
    file = read_toml(path, msg('Write a word and how it is said: "单" = "shan4".'))
    file.check_keys(("words",))
    words = file.table("words")
    try:
        return make_lexicon(words.values)
    except EntryError as error:
        place = words.place(error.written)
        raise ConfigError(
            msg("{place}{problem}.", place=place, problem=error.problem), error.remedy
        ) from error


def read_pinyin(word: str, pinyin: str) -> str:
    """Pinyin that a person typed for a word, as a lexicon has it: shan4 yu2.

    Raises:
        ConfigError: it is no pinyin, or doesn't fit the word.
    """
    try:
        entry = read_entry(word, pinyin)
    except EntryError as error:
        raise ConfigError(msg("{problem}.", problem=error.problem), error.remedy) from error
    if not entry.readings:
        raise ConfigError(
            msg("“{pinyin}” is no pinyin.", pinyin=pinyin),
            msg("Write a syllable with its tone for each character (shan4 tian2, or shàn tián)."),
        )
    return " ".join(entry.readings)


def make_lexicon(words: Mapping[str, object]) -> Lexicon:
    """A lexicon from words and how they are said.

    Raises:
        EntryError: an entry that is neither pinyin nor words.
    """
    entries = [read_entry(written, said) for written, said in words.items()]
    return Lexicon(
        {entry.word: entry.readings for entry in entries if entry.readings},
        {entry.word: entry.said for entry in entries if not entry.readings},
    )
