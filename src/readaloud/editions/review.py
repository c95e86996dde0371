"""Which readings of an article a person should look at, and writing down how they are to be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from readaloud.config.run_options import DEFAULT_VOICE, Options
from readaloud.editions.plan import make_each, plan
from readaloud.editions.voice_and_lexicon import find_voice, lexicon_of
from readaloud.errors import ConfigError, ReadaloudError
from readaloud.model import Script, Text, Utterance, Voice

if TYPE_CHECKING:
    from readaloud.sources.find import Place

LEAST_DOUBT = 0.1
"""From which doubt on a reading is shown to a person."""
_LONGEST_WORD = 8


@dataclass(frozen=True, slots=True)
class DoubtfulReading:
    """A reading that may be wrong, in a word that tells it from others of its character."""

    word: str
    at: int
    """Which character of the word it is, from 0."""
    readings: tuple[str, ...]
    """Of the word, a syllable a character, as they are said now."""
    others: tuple[str, ...]
    """What else the character may be read as, likeliest first."""
    doubt: float
    """From 0 to 1."""
    text: str
    """The sentence in which it stands first."""
    line: int
    """Where that begins in the source."""
    count: int = 1
    """How often the article has it."""

    @property
    def character(self) -> str:
        """The character itself."""
        return self.word[self.at]

    @property
    def chosen(self) -> str:
        """How it is read now."""
        return self.readings[self.at]

    def pinyin_with(self, reading: str) -> str:
        """Of the whole word, with that reading of the character, as a lexicon has it."""
        return " ".join((*self.readings[: self.at], reading, *self.readings[self.at + 1 :]))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A source, what is doubtful in it, and the lexicon that choices go to; or why it can't be."""

    source: str
    doubtful: tuple[DoubtfulReading, ...] = ()
    count: int = 0
    """How many are doubtful in all."""
    lexicon: Path = Path()
    error: ReadaloudError | None = None


def review_all(names: Sequence[str | Text], options: Options, most: int) -> Iterator[Reviewed]:
    """The most doubtful readings of every source that ``names`` lead to; a bad one is an error.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
    """
    review = partial(_review, voice=_reading_voice(options), options=options, most=most)
    for source, made in make_each(names, options, review):
        yield Reviewed(source, error=made) if isinstance(made, ReadaloudError) else made


def _reading_voice(options: Options) -> Voice:
    """The voice asked for; the usual one in place of one that does its own readings."""
    from readaloud.speech.engines import load_engine

    voice = find_voice(options)
    return voice if load_engine(voice.engine).needs_readings else find_voice(options, DEFAULT_VOICE)


def _review(place: Place, voice: Voice, options: Options, most: int) -> Reviewed:
    script = plan(place, options, voice)
    return Reviewed(
        str(place),
        find_doubtful(script, most),
        count_doubtful(script),
        lexicon_of(place, options),
    )


def find_doubtful(script: Script, most: int) -> tuple[DoubtfulReading, ...]:
    """The readings that a person should look at, the most doubtful first, at most ``most``.

    The same reading in the same word is one, with the greatest of its doubts.
    """
    found = sorted(doubtful_groups(script.utterances, LEAST_DOUBT), key=lambda each: -each.doubt)
    return tuple(_told_apart(each, script.utterances) for each in found[:most])


def count_doubtful(script: Script) -> int:
    """How many readings ``find_doubtful`` knows."""
    return len(doubtful_groups(script.utterances, LEAST_DOUBT))


@dataclass(slots=True)
class Group:
    """The same reading in the same word."""

    doubt: float
    """The greatest of it."""
    places: list[tuple[int, int]]
    """Which utterance, and where in what it says."""


def doubtful_groups(said: Sequence[Utterance], least: float) -> Collection[Group]:
    """The readings whose doubt is not below ``least``, by their words, in order of the text."""
    found: dict[tuple[str, int, str], Group] = {}
    for number, utterance in enumerate(said):
        for index, doubt in enumerate(utterance.doubts):
            if doubt >= least and _others(utterance, index):
                windows = list(islice(_windows(utterance, index), 2))
                start, end = next((w for w in windows if w[1] - w[0] > 1), (index, index + 1))
                key = (utterance.spoken[start:end], index - start, utterance.readings[index])
                group = found.setdefault(key, Group(doubt, []))
                group.doubt = max(group.doubt, doubt)
                group.places.append((number, index))
    return found.values()


def _others(utterance: Utterance, index: int) -> tuple[str, ...]:
    from readaloud.spoken import rival_readings

    return rival_readings(utterance.spoken[index], utterance.readings[index])


def _told_apart(group: Group, said: Sequence[Utterance]) -> DoubtfulReading:
    number, index = group.places[0]
    utterance = said[number]
    start, end = _telling_word(utterance, index, said)
    return DoubtfulReading(
        word=utterance.spoken[start:end],
        at=index - start,
        readings=utterance.readings[start:end],
        others=_others(utterance, index),
        doubt=group.doubt,
        text=utterance.text,
        line=utterance.line,
        count=len(group.places),
    )


def _telling_word(utterance: Utterance, index: int, said: Iterable[Utterance]) -> tuple[int, int]:
    """The word with the character, with so many neighbours that it is read in one way throughout.

    A lexicon's word counts wherever it stands: 还 alone would change 还是 and 归还 too.
    """
    widest = (index, index + 1)
    for start, end in _windows(utterance, index):
        widest = (start, end)
        if end - start > 1 and _is_read_alike(utterance, start, end, said):
            break
    return widest


def _windows(utterance: Utterance, index: int) -> Iterator[tuple[int, int]]:
    """The word, then with what follows and what goes before, as far as it is all Chinese."""
    edges = [*utterance.word_starts, len(utterance.spoken)]
    at = bisect_right(edges, index)
    first, last = at - 1, at
    while all(utterance.readings[edges[first] : edges[last]]):
        if edges[last] - edges[first] > _LONGEST_WORD:
            return
        yield edges[first], edges[last]
        if last + 1 < len(edges) and all(utterance.readings[edges[last] : edges[last + 1]]):
            last += 1
        elif first and all(utterance.readings[edges[first - 1] : edges[first]]):
            first -= 1
        else:
            return


def _is_read_alike(utterance: Utterance, start: int, end: int, said: Iterable[Utterance]) -> bool:
    word, readings = utterance.spoken[start:end], utterance.readings[start:end]
    for other in said:
        place = other.spoken.find(word)
        while place >= 0:
            if other.readings[place : place + len(word)] != readings:
                return False
            place = other.spoken.find(word, place + 1)
    return True


def write_choice(lexicon: Path, doubtful: DoubtfulReading, said: str) -> str:
    """Write how a word is to be read into a lexicon; the rest of the file stays as it is.

    ``said`` is a reading of the character, or pinyin of the whole word; the latter is returned.

    Raises:
        ConfigError: it is no pinyin that fits, or the file can't take it.
        OutputError: the file can't be written.
    """
    from readaloud.editions.written_lexicon import write_word
    from readaloud.spoken import read_pinyin

    try:
        whole = read_pinyin(doubtful.word, said)
    except ConfigError:
        whole = doubtful.pinyin_with(read_pinyin(doubtful.character, said))
    write_word(lexicon, doubtful.word, whole)
    return whole
