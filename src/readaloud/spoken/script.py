"""Chapters and blocks -> utterances, within the voice's limits, with their pauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import Literal

from readaloud.chinese.convert import convert, detect_script, restore
from readaloud.errors import EmptyArticleError, msg
from readaloud.model import (
    SAID_OTHERWISE,
    Article,
    Block,
    Chapter,
    Removal,
    Script,
    Utterance,
    UtteranceKind,
    Voice,
)
from readaloud.spoken.alike import in_common_use
from readaloud.spoken.characters import fold, plain, take_note_marks
from readaloud.spoken.emoji import say_emoji
from readaloud.spoken.glosses import free_block, free_of_glosses, lexicon_of, read_glosses
from readaloud.spoken.lexicon import Lexicon
from readaloud.spoken.other_scripts import say_other_scripts
from readaloud.spoken.own_names import NO_NAMES, OwnNames, find_names
from readaloud.spoken.pauses import say_pauses, with_pauses
from readaloud.spoken.phrases import split_long
from readaloud.spoken.pinyin import Reading, is_han, read_aloud
from readaloud.spoken.sentences import find_sentences
from readaloud.spoken.spoken_form import (
    drop_unspeakable,
    in_words,
    say_signs,
    silent_marks,
    unspeakable,
)
from readaloud.spoken.traditional_forms import to_traditional

CanSay = Callable[[str], bool]

_NO_WORDS = Lexicon()
_UNSPEAKABLE = msg("nothing in it can be spoken")
_DROPPED = msg("a character the voice can't say")
LONGEST = 60
"""Longer sentences are broken at their clauses: what is read along must fit the eye, and the voice
is surest, and fastest, well below the most it can take."""
_MOTTO_CHARS = 150
"""Of what may be said before the title: a motto, or who sends a notice and its number."""
CHARACTERS_A_SECOND = 4.3
"""A calm Mandarin announcer; used for estimates only."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of text, in Simplified characters too, what is said for it, and what is left out.

    ``instead`` are the parts for which other words are said, with these words.
    """

    text: str
    simplified: str
    spoken: str
    dropped: tuple[str, ...]
    instead: tuple[tuple[str, str], ...]

    def unsaid(self, line: int, number: int) -> Iterator[Removal]:
        """What of it is not said as it is written."""
        for written, said in self.instead:
            why = msg("said as “{said}”", said=said)
            yield Removal(line, written, why, rule=SAID_OTHERWISE, number=number)
        for sign in filter(str.strip, self.dropped):
            yield Removal(line, sign, _DROPPED, number=number)


@dataclass(frozen=True, slots=True)
class _Place:
    """A block that is spoken: its running number, its chapter, and what it is in the script."""

    number: int
    chapter_id: str
    kind: UtteranceKind
    block: Block


@dataclass(frozen=True, slots=True)
class _Maker:
    """Says single pieces of text for one voice and one article."""

    voice: Voice
    source_script: Literal["simplified", "traditional"]
    max_chars: int
    with_readings: bool
    can_say: CanSay
    lexicon: Lexicon
    names: OwnNames = NO_NAMES

    def for_block(self, block: Block) -> _Maker:
        """One that reads a block's glossed words as the block says, unless the user says more."""
        own = self.lexicon.within(convert(block.text, "simplified", self.source_script))
        return replace(self, lexicon=own.over(lexicon_of(block, self.source_script)))

    def say(self, text: str) -> _Said:
        """The spoken form of a piece of text."""
        simplified = self._simplify(text)
        respelled = self.lexicon.respell(say_pauses(simplified))
        worded, instead, dropped = _say_pictures_and_scripts(respelled)
        if self.voice.spoken_form:
            dropped += silent_marks(worded)
            worded = in_words(worded)
        dropped += unspeakable(worded)  # of what no rule has said: ₹500 is 五百卢比
        spoken = say_signs(worded) if self.voice.spoken_form else drop_unspeakable(worded)
        spoken, alike, unsaid = self._reduce(spoken)
        instead += alike
        dropped += unsaid
        if not self.with_readings:
            spoken = self.lexicon.rewrite(spoken)
            if self.voice.script != "simplified":
                written = self._written(text)
                spoken = restore(spoken, simplified, written, self.voice.script)
        as_written = str.maketrans(dict(zip(simplified, text, strict=True)))
        return _Said(
            text,
            simplified,
            spoken.strip(),
            tuple(part.translate(as_written) for part in dropped),
            tuple((part.translate(as_written), said) for part, said in instead),
        )

    def _simplify(self, text: str) -> str:
        """In Simplified characters, but for those of which only the one that is written is read."""
        simplified = convert(text, "simplified", self.source_script)
        if simplified == text:
            return text
        return "".join(
            character if plain(character) or not plain(written) else written
            for character, written in zip(simplified, text, strict=True)
        )

    def _written(self, text: str) -> str:
        """A piece of text in the characters that a Traditional voice reads."""
        if self.source_script == "simplified":
            return to_traditional(text, self.voice.script)
        return convert(text, self.voice.script, self.source_script)

    def _reduce(self, spoken: str) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
        """What the voice can say of a spoken text, what of that only sounds alike, and the rest."""
        said = {character: self._said_for(character) for character in set(spoken)}
        if all(character == sound for character, sound in said.items()):
            return spoken, (), ()
        read = self.lexicon.read_places(spoken)
        parts = [c if place in read else said[c] for place, c in enumerate(spoken)]
        runs = groupby(zip(spoken, parts, strict=True), key=lambda pair: not pair[1])
        gone = ("".join(character for character, _ in run) for silent, run in runs if silent)
        alike = (
            (c, part) for c, part in zip(spoken, parts, strict=True) if is_han(part) and part != c
        )
        return "".join(parts), tuple(alike), tuple(gone)

    def _said_for(self, character: str) -> str:
        """The character itself, what is said alike, or nothing."""
        said = in_common_use(character) or plain(character)
        return said if is_han(said or " ") or all(map(self.can_say, said)) else ""

    def pieces(self, sentence: str) -> Iterator[_Said]:
        """The sentence, broken where it, or its spoken form, is too long."""
        for piece in split_long(sentence, LONGEST):
            limit = len(piece)
            said = [self.say(piece)]
            while limit > 1 and any(_weigh(part.spoken) > self.max_chars for part in said):
                limit = limit * 2 // 3
                said = [self.say(part) for part in split_long(piece, limit)]
            yield from said

    def utterance(self, place: _Place, start: int, said: _Said) -> Utterance:
        """What is said of a piece that begins at ``start``; without its number and pause."""
        made = Utterance(
            id="",
            chapter_id=place.chapter_id,
            kind=place.kind,
            text=said.text.strip(),
            spoken=said.spoken,
            block=place.number,
            block_kind=place.block.kind,
            offset=start + len(said.text) - len(said.text.lstrip()),
            line=place.block.line,
            languages=_languages_in(place.block, start, said.text),
        )
        return self._with_readings(made, said, place, start) if self.with_readings else made

    def _with_readings(self, made: Utterance, said: _Said, place: _Place, start: int) -> Utterance:
        original = None
        if self.source_script == "traditional":
            original = restore(said.spoken, said.simplified, said.text, "simplified")
        reading = read_aloud(said.spoken, original, self.names)
        glossed = read_glosses(place.block, start, said.simplified, said.spoken, reading.syllables)
        syllables = self.lexicon.correct(said.spoken, glossed)
        return replace(
            made,
            readings=syllables,
            word_starts=reading.word_starts,
            doubts=self._doubts(said.spoken, reading, syllables),
        )

    def _doubts(self, spoken: str, reading: Reading, syllables: Sequence[str]) -> tuple[float, ...]:
        """None is left where the lexicon or the article itself says how a character is read."""
        settled = self.lexicon.read_places(spoken)
        return tuple(
            0.0 if place in settled or said != guessed else doubt
            for place, (doubt, said, guessed) in enumerate(
                zip(reading.doubts, syllables, reading.syllables, strict=True)
            )
        )


def _say_pictures_and_scripts(
    text: str,
) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The text in Chinese and Latin letters, what is said instead of what, and what is left out."""
    text, marks = take_note_marks(fold(text))
    text, pictures, faces = say_emoji(text)
    text, passages = say_other_scripts(text)
    return text, (*pictures, *passages), (*marks, *faces)


def make_script(  # noqa: PLR0913, PLR0917
    article: Article,
    voice: Voice,
    max_chars: int,
    with_readings: bool,
    can_say: CanSay,
    lexicon: Lexicon = _NO_WORDS,
    on_utterance: Callable[[Utterance], object] = lambda _: None,
) -> Script:
    """Turn an article into utterances for a voice.

    ``can_say`` tells whether the voice says a character that has no reading; see ``engines``. Every
    character of the article is in an utterance's ``text`` or in ``skipped``, or in both. Each utterance
    is told to ``on_utterance`` as soon as it is whole, so that it is spoken while others are made.

    Raises:
        EmptyArticleError: nothing in it can be spoken.
    """
    article, skipped = free_of_glosses(article)
    names = _names_in(article) if with_readings else NO_NAMES
    script = _script_of(article)
    maker = _Maker(voice, script, max_chars, with_readings, can_say, lexicon, names)
    utterances: list[Utterance] = []
    for utterance in _utterances(maker, article, skipped):
        utterances.append(utterance)
        on_utterance(utterance)
    if not utterances:
        raise EmptyArticleError(
            msg("Nothing in {source_name} can be spoken.", source_name=article.source_name)
        )
    return Script(article, tuple(utterances), tuple(skipped))


def _utterances(maker: _Maker, article: Article, skipped: list[Removal]) -> Iterator[Utterance]:
    """The utterances in order, each when the block behind it is known: its pause depends on that."""
    numbers, blocks = count(1), count(1)
    for chapter in article.chapters:
        made = (
            (block, _speak_block(maker, _Place(next(blocks), chapter.id, kind, block), skipped))
            for kind, block in _spoken_blocks(article, chapter)
        )
        for utterance in with_pauses((pair for pair in made if pair[1]), maker.voice.pacing):
            yield replace(utterance, id=f"u{next(numbers):04}")


def pronounce(
    text: str,
    voice: Voice,
    takes_readings: bool = True,
    lexicon: Lexicon = _NO_WORDS,
    can_say: CanSay = lambda _: True,
) -> Utterance:
    """What a voice would say of one line, whatever its length, with readings in any case."""
    maker = _Maker(voice, detect_script(text), 10**9, takes_readings, can_say, lexicon)
    block, _ = free_block(Block(text, 0))
    said = maker.utterance(_Place(0, "", "sentence", block), 0, maker.say(block.text))
    if takes_readings:
        return said
    simplified = convert(said.spoken, "simplified", detect_script(said.spoken))
    reading = read_aloud(simplified)
    return replace(said, readings=reading.syllables, word_starts=reading.word_starts)


def estimate_ms(script: Script, voice: Voice) -> int:
    """About how long the edition will be."""
    characters = sum(_syllables(utterance.spoken) for utterance in script.utterances)
    pauses = sum(utterance.pause_after_ms for utterance in script.utterances)
    return round(characters * 1000 / CHARACTERS_A_SECOND / voice.prosody.rate) + pauses


def _syllables(spoken: str) -> float:
    """Chinese characters count one, letters a third, commas the breath they take."""
    han = sum(map(is_han, spoken))
    letters = sum(c.isascii() and c.isalnum() for c in spoken)
    return han + letters / 3


def _script_of(article: Article) -> Literal["simplified", "traditional"]:
    return "traditional" if article.language == "zh-Hant" else "simplified"


def _names_in(article: Article) -> OwnNames:
    byline = [f"作者：{article.byline}"] if article.byline else []
    lines = [*byline, *(block.text for block in blocks_of(article))]
    script = _script_of(article)
    return find_names(convert(line, "simplified", script) for line in lines)


def blocks_of(article: Article) -> list[Block]:
    """The blocks in the order of speaking; ``Utterance.block`` counts them from 1."""
    chapters = article.chapters
    return [block for chapter in chapters for _, block in _spoken_blocks(article, chapter)]


def _spoken_blocks(article: Article, chapter: Chapter) -> Iterator[tuple[UtteranceKind, Block]]:
    """The chapter's heading, then its blocks; the first chapter opens with the article's title."""
    heading, title = chapter.title, article.title
    shows_title = heading is not None and heading.text == title
    opens = chapter is article.chapters[0]
    place = 1 if (opens or shows_title) and _opens_with_motto(article) else 0
    if opens and title and place == 0 and not shows_title:
        yield "title", Block(title, 1, "heading", 1)
    if heading is not None:
        is_title = shows_title and chapter is article.chapters[place]
        yield ("title" if is_title else "heading"), heading
    for block in chapter.blocks:
        yield "sentence", block


def _opens_with_motto(article: Article) -> bool:
    """Whether a motto or a sender stands above the title, which is then said where it stands."""
    if not article.title or len(article.chapters) < 2 or article.chapters[0].title is not None:
        return False
    heading = article.chapters[1].title
    above = sum(len(block.text) for block in article.chapters[0].blocks)
    return heading is not None and heading.text == article.title and above <= _MOTTO_CHARS


def _speak_block(maker: _Maker, place: _Place, skipped: list[Removal]) -> list[Utterance]:
    """The utterances of a block; what can't be said is put on record."""
    made: list[Utterance] = []
    line, named = place.block.line, place.block.number
    if place.block.readings:
        maker = maker.for_block(place.block)
    for start, sentence in find_sentences(place.block.text):
        at = start
        for said in maker.pieces(sentence):
            if any(character.isalnum() for character in said.spoken):
                skipped += said.unsaid(line, named)
                made.append(maker.utterance(place, at, said))
            else:
                skipped.append(Removal(line, said.text.strip(), _UNSPEAKABLE, number=named))
            at += len(said.text)
    if made and place.block.pages:
        made[0] = replace(made[0], pages=place.block.pages)
    return made


def _languages_in(block: Block, start: int, text: str) -> tuple[tuple[int, int, str], ...]:
    """Where other languages stand in a stripped piece of a block that begins at ``start``."""
    found: list[tuple[int, int, str]] = []
    begin = start + len(text) - len(text.lstrip())
    size, at = len(text.strip()), 0
    for passage, language in block.languages:
        place = block.text.find(passage, at)
        at = place + len(passage) if place >= 0 else at
        first, last = max(place - begin, 0), min(at - begin, size)
        if place >= 0 and first < last:
            found.append((first, last, language))
    return tuple(found)


def _weigh(spoken: str) -> int:
    """Length as engines feel it: a capital letter is said by name and counts double."""
    return len(spoken) + sum(character.isascii() and character.isupper() for character in spoken)
