"""Words that a user wants said in a certain way: by pinyin, or by other words.

    [words]
    "单田芳" = "shan4 tian2 fang1"    # pinyin with tone numbers, a syllable a character
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

from readaloud.chinese.convert import convert, detect_script
from readaloud.config.toml_tables import read_toml
from readaloud.errors import msg
from readaloud.spoken.pinyin import is_han, read_aloud

_PINYIN = re.compile(r"[a-zü]{1,6}[1-5](?:[ ,'·][a-zü]{1,6}[1-5]){0,40}", re.IGNORECASE)
_SYLLABLE = re.compile(r"[a-zü]{1,6}[1-5]", re.IGNORECASE)
_LONGEST = 60


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
        return _replace(spoken, {w: _write_alike(w, r) for w, r in self.readings.items()})


def read_lexicon(path: Path) -> Lexicon:
    """A lexicon from its file; an empty one where there is none.

    Raises:
        ConfigError: broken TOML, or an entry that is neither pinyin nor words; names both.
    """
    if not path.exists():
        return Lexicon()
    remedy = msg(
        'Write pinyin with tone numbers, or words; put a Chinese word in quotation marks: "单".'
    )
    file = read_toml(path, remedy)
    file.check_keys(("words",))
    words = file.table("words")
    try:
        return make_lexicon(words.values)
    except ValueError as error:
        raise words.error(msg("{error}", error=error)) from error


def make_lexicon(words: Mapping[str, object]) -> Lexicon:
    """A lexicon from words and how they are said.

    Raises:
        ValueError: an entry that is neither pinyin nor words, or pinyin that is no syllable.
    """
    readings: dict[str, tuple[str, ...]] = {}
    respellings: dict[str, str] = {}
    for written, said in words.items():
        if not isinstance(said, str) or not said.strip() or not 0 < len(written) <= _LONGEST:
            raise ValueError(
                msg("“{written}” = {said} says nothing", written=written, said=repr(said))
            )
        word = convert(written, "simplified", detect_script(written))
        if not _PINYIN.fullmatch(said.strip()):
            respellings[word] = convert(said.strip(), "simplified", detect_script(said))
            continue
        syllables = tuple(s.lower().replace("ü", "v") for s in _SYLLABLE.findall(said))
        alike = "".join(_character_of(syllable) for syllable in syllables)
        if len(syllables) == len(word) and all(map(is_han, word)):
            readings[word] = syllables
        else:
            respellings[word] = alike
    return Lexicon(readings, respellings)


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


@lru_cache(maxsize=4096)
def _write_alike(word: str, syllables: tuple[str, ...]) -> str:
    """The word with other characters where it would be misread."""
    usual = read_aloud(word).syllables
    return "".join(
        character if said == wanted else _character_of(wanted)
        for character, said, wanted in zip(word, usual, syllables, strict=True)
    )


def _character_of(syllable: str) -> str:
    """An everyday character with that reading, if possible with no other.

    Raises:
        ValueError: no character has it.
    """
    found = _characters().get(syllable)
    if found is None:
        raise ValueError(
            msg("“{syllable}” is not a syllable that a character has", syllable=syllable)
        )
    return found


@lru_cache
def _characters() -> dict[str, str]:
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


def _is_everyday(character: str) -> bool:
    """Whether GB 2312 has it in level 1, rows 16 to 55: the 3,755 most used."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
