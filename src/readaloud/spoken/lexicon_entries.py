"""Tells what an entry of a lexicon means: pinyin, or words that are said instead.

What is neither, or may be either, is refused: a voice would spell it letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from readaloud.chinese.convert import convert, detect_script
from readaloud.errors import Message, msg
from readaloud.spoken.alike import character_of, is_reading
from readaloud.spoken.character_readings import NEUTRAL, bases_of, readings_of
from readaloud.spoken.pinyin import is_han, read_aloud
from readaloud.spoken.written_pinyin import Syllable, has_tone, split_syllables, wrong_part

_LONGEST = 60
_LONGEST_SAID = 500
_NUMBERED = re.compile(r"(?<![a-z])[a-züê:]*[a-züê:][0-9](?![0-9])", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]\d|[A-Z]{1,4}\d")
"""A4 and MP3 are no pinyin."""
_LATIN_RUN = re.compile("[^\\W\\d_]['’:\u0300-\u036f\\w]*")
_ALIKE = 0.75
"""Letters in common with a word's pinyin from which a text is taken for that, mistyped."""
_VOWELS = frozenset("aeiouyü")
_PINYIN = msg(
    "Write a syllable with its tone for each character (shan4 tian2, or shàn tián), or other words."
)
_NO_TONE = msg(
    "Write the tones (shan4 tian2, or shàn tián). A foreign word begins with a capital letter."
)


class EntryError(ValueError):
    """An entry that can't be used; ``written`` is its word, ``remedy`` what to do."""

    def __init__(self, written: str, problem: Message, remedy: Message = _PINYIN) -> None:
        """``problem`` is a sentence without its full stop."""
        super().__init__(problem)
        self.written, self.problem, self.remedy = written, problem, remedy


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """A Simplified word, and either its readings, one a character, or what is said instead."""

    word: str
    readings: tuple[str, ...] = ()
    said: str = ""


def read_entry(written: str, said: object) -> LexiconEntry:
    """An entry from what a lexicon says of a word.

    Raises:
        EntryError: it is neither pinyin that fits the word, nor words that a voice says.
    """
    if not isinstance(said, str) or not any(map(str.isalnum, said)):
        raise EntryError(
            written, msg("“{written}” = {said!r} says nothing", written=written, said=said)
        )
    if not 0 < len(written.strip()) <= _LONGEST or len(said) > _LONGEST_SAID:
        raise EntryError(
            written,
            msg("“{written}” is empty or too long", written=written[:_LONGEST]),
            msg("A word has 1 to {longest} characters.", longest=_LONGEST),
        )
    word = convert(written, "simplified", detect_script(written))
    said = said.strip()
    _refuse_strange(written, said)
    if any(map(is_han, said)):
        return LexiconEntry(word, said=_words(written, said))
    if _is_numbered(said) or has_tone(said):
        return _entry_of(written, word, said, _fitting(written, word, said))
    if neutral := _neutral(word, said):
        return _entry_of(written, word, said, neutral)
    _refuse_toneless(written, word, said)
    return LexiconEntry(word, said=_words(written, said))


def _is_numbered(said: str) -> bool:
    """Whether a number stands behind letters as a tone does."""
    found = _NUMBERED.findall(unicodedata.normalize("NFKC", said))
    return any(
        not _CODE.fullmatch(each) or (split_syllables(each, "") and len(each) > 2) for each in found
    )


def _fitting(written: str, word: str, said: str) -> tuple[Syllable, ...]:
    """The syllables that are meant: one a character where the word is Chinese.

    Raises:
        EntryError: it is no pinyin, or that of another number of characters.
    """
    ways = split_syllables(said, word)
    if not ways:
        wrong = wrong_part(said) or said
        raise EntryError(
            written,
            msg(
                "“{written}” = “{said}”: “{wrong}” is no pinyin",
                written=written,
                said=said,
                wrong=wrong,
            ),
            msg("Check its letters and tones. A foreign word is written without accents."),
        )
    ways = [way for way in ways if way[0].tone]
    if not ways:
        raise EntryError(
            written,
            msg(
                "“{written}” = “{said}”: the first syllable has no tone", written=written, said=said
            ),
        )
    if not _is_chinese(word):
        return min(ways, key=len)
    wanted = sum(map(is_han, word))
    for way in ways:
        if len(way) == wanted:
            return way
    raise EntryError(
        written,
        msg(
            "“{written}” has {wanted} characters, and “{said}” {count} syllables",
            written=written,
            wanted=wanted,
            said=said,
            count=len(ways[0]),
        ),
    )


def _entry_of(written: str, word: str, said: str, way: tuple[Syllable, ...]) -> LexiconEntry:
    """Readings for a Chinese word; characters of the sound for any other.

    Raises:
        EntryError: no character has one of the readings.
    """
    numbered = [syllable.numbered for syllable in way]
    for syllable in numbered:
        if not is_reading(syllable):
            raise EntryError(
                written,
                msg(
                    "“{written}” = “{said}”: no character is read {syllable}",
                    written=written,
                    said=said,
                    syllable=syllable,
                ),
            )
    if not _is_chinese(word):
        return LexiconEntry(word, said="".join(map(character_of, numbered)))
    rest = iter(numbered)
    return LexiconEntry(word, tuple(next(rest) if is_han(sign) else "" for sign in word))


def _is_chinese(word: str) -> bool:
    """Whether all of a word that is read is Chinese characters: 约翰·史密斯 too."""
    return not any(sign.isalnum() and not is_han(sign) for sign in word) and any(map(is_han, word))


def _neutral(word: str, said: str) -> tuple[Syllable, ...]:
    """The syllables of a word all of whose characters are read without a tone: 了 is le."""
    for way in split_syllables(said, word) if _is_chinese(word) else ():
        if len(way) == len(word) and all(
            each.base + NEUTRAL in readings_of(sign) for each, sign in zip(way, word, strict=True)
        ):
            return way
    return ()


def _refuse_toneless(written: str, word: str, said: str) -> None:
    """Refuse what looks like pinyin whose tones are missing, mistyped or not.

    Raises:
        EntryError: it does.
    """
    parts = re.split(r"[\s'’-]+", said)
    apart = len(parts) > 1 and said.islower() and min(map(len, parts)) > 1
    meant = apart and all(split_syllables(part, "") for part in parts)
    if _is_chinese(word):
        meant = meant or _is_read(word, said) or (said.islower() and _resembles(word, said))
    if meant:
        raise EntryError(
            written,
            msg(
                "“{written}” = “{said}” looks like pinyin without tones", written=written, said=said
            ),
            _NO_TONE,
        )
    if _is_chinese(word) and said.isalpha() and said.islower() and _VOWELS.isdisjoint(said):
        raise EntryError(
            written,
            msg("“{written}” = “{said}” is neither pinyin nor a word", written=written, said=said),
            msg("Write letters that are said by name as capitals."),
        )


def _is_read(word: str, said: str) -> bool:
    """Whether a text is a word's syllables without tones, one of them at least as it is read."""
    characters = [sign for sign in word if is_han(sign)]
    return any(
        len(way) == len(characters)
        and any(each.base in bases_of(sign) for each, sign in zip(way, characters, strict=True))
        for way in split_syllables(said, word)
    )


def _resembles(word: str, said: str) -> bool:
    usual = "".join(syllable[:-1] for syllable in read_aloud(word).syllables)
    letters = "".join(filter(str.isalpha, said))
    return SequenceMatcher(None, usual, letters, autojunk=False).ratio() >= _ALIKE


def _words(written: str, said: str) -> str:
    """Words that are said instead, in Simplified characters.

    Raises:
        EntryError: there is pinyin among them.
    """
    for run in _runs(said):
        toned = has_tone(run) or (_is_numbered(run) and not run.isupper())
        if toned and split_syllables(run, ""):
            raise EntryError(
                written,
                msg("“{written}” = “{said}” mixes pinyin and words", written=written, said=said),
                msg("Write all of it in pinyin, or all in words."),
            )
    return convert(said, "simplified", detect_script(said))


def _refuse_strange(written: str, said: str) -> None:
    """Refuse letters that a Mandarin voice doesn't know.

    Raises:
        EntryError: there are some.
    """
    strange = next((sign for sign in said if sign.isalpha() and not _is_known(sign)), "")
    if strange:
        raise EntryError(
            written,
            msg(
                "“{written}” = “{said}”: the voice can’t say “{strange}”",
                written=written,
                said=said,
                strange=strange,
            ),
        )


def _runs(said: str) -> Iterator[str]:
    """The stretches of letters, with the number behind them, between Chinese characters."""
    for match in _LATIN_RUN.finditer("".join(" " if is_han(sign) else sign for sign in said)):
        yield match[0]


def _is_known(sign: str) -> bool:
    """Chinese, Latin or Greek."""
    name = unicodedata.name(sign, "").removeprefix("FULLWIDTH ").removeprefix("MATHEMATICAL ")
    return is_han(sign) or name.startswith(("LATIN", "GREEK", "MODIFIER LETTER"))
