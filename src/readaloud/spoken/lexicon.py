"""Words that a user wants said in a certain way: by pinyin, or by other words.

    [words]
    "单田芳" = "shan4 tian2 fang1"    # pinyin, a syllable a character; or shàntiánfāng
    "iPhone" = "爱疯"                 # said as if this were written
    "SAIC" = "shang4 qi4"            # pinyin for what is not Chinese

An embedded voice takes the pinyin as it is. An online voice takes no phonemes: characters that it
would misread become others of the same sound that have no second reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from readaloud.config.toml_tables import read_toml
from readaloud.errors import ConfigError, msg
from readaloud.spoken.alike import write_alike
from readaloud.spoken.lexicon_entries import EntryError, read_entry


@dataclass(frozen=True, slots=True)
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

    def respell(self, text: str) -> str:
        """Simplified text with its respelled words as they are said."""
        return _replace(text, self.respellings)

    def correct(self, spoken: str, syllables: Sequence[str]) -> tuple[str, ...]:
        """Readings of a spoken text, with those of the lexicon's words in their places."""
        corrected = list(syllables)
        for match in _finder(self.readings).finditer(spoken) if self.readings else ():
            corrected[match.start() : match.end()] = self.readings[match[0]]
        return tuple(corrected)

    def read_places(self, spoken: str) -> frozenset[int]:
        """Where a spoken text takes its readings from the lexicon."""
        found = _finder(self.readings).finditer(spoken) if self.readings else ()
        return frozenset(place for match in found for place in range(*match.span()))

    def rewrite(self, spoken: str) -> str:
        """A spoken text for a voice that takes no pinyin: characters of the same sound."""
        return _replace(spoken, {w: write_alike(w, r) for w, r in self.readings.items()})


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


def _replace(text: str, words: Mapping[str, str]) -> str:
    if not words:
        return text
    return _finder(words).sub(lambda match: words[match[0]], text)


def _finder(words: Iterable[str]) -> re.Pattern[str]:
    """The longest word first; a Latin word only as a whole."""
    return _compile(tuple(sorted(words, key=lambda word: (-len(word), word))))


@lru_cache(maxsize=16)
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    def whole(word: str) -> str:
        start = r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
        end = r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalnum() else ""
        return f"{start}{re.escape(word)}{end}"

    return re.compile("|".join(map(whole, words)))
