"""Chapters and blocks -> utterances, within the voice's limits, with their pauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from readaloud.errors import EmptyArticleError
from readaloud.models import (
    Article,
    Block,
    Chapter,
    Removal,
    Script,
    Utterance,
    UtteranceKind,
    Voice,
)
from readaloud.script.convert import convert, detect_script, restore
from readaloud.script.readings import is_han, is_readable, read_aloud
from readaloud.script.sentences import split_long, split_sentences
from readaloud.script.spoken import drop_unspeakable, to_spoken, unspeakable

_UNSPEAKABLE = "nothing in it can be spoken"
_DROPPED = "a sign or a character that the voice can't say"
LONGEST = 60
"""Longer sentences are broken at their clauses: what is read along must fit the eye, and the voice
is surest, and fastest, well below the most it can take."""
CHARACTERS_A_SECOND = 4.3
"""A calm Mandarin announcer; used for estimates only."""


@dataclass(frozen=True, slots=True)
class _Maker:
    """Says single pieces of text for one voice and one article."""

    voice: Voice
    source_script: Literal["simplified", "traditional"]
    max_chars: int
    with_readings: bool

    def say(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The spoken form, and the signs that were dropped from it."""
        simplified = convert(text, "simplified", self.source_script)
        dropped = unspeakable(simplified)
        spoken = to_spoken(simplified) if self.voice.spoken_form else drop_unspeakable(simplified)
        if self.voice.script != "simplified":
            written = convert(text, self.voice.script, self.source_script)
            spoken = restore(spoken, simplified, written, self.voice.script)
        if self.with_readings:
            unread = tuple(character for character in spoken if not is_readable(character))
            spoken = "".join(character for character in spoken if character not in unread)
            dropped += unread
        return spoken.strip(), dropped

    def pieces(self, sentence: str) -> Iterator[str]:
        """The sentence, broken where it, or its spoken form, is too long."""
        for piece in split_long(sentence, LONGEST):
            limit = len(piece)
            while any(_weigh(self.say(p)[0]) > self.max_chars for p in split_long(piece, limit)):
                limit = limit * 2 // 3
            yield from split_long(piece, limit)

    def utterance(self, kind: UtteranceKind, chapter_id: str, text: str) -> Utterance:
        """An utterance without its number and pause."""
        spoken, _ = self.say(text)
        if not self.with_readings:
            return Utterance("", chapter_id, kind, text.strip(), spoken)
        original = text.strip() if self.source_script == "traditional" else None
        reading = read_aloud(spoken, original)
        return Utterance(
            "", chapter_id, kind, text.strip(), spoken, reading.syllables, reading.word_starts
        )


def make_script(article: Article, voice: Voice, max_chars: int, with_readings: bool) -> Script:
    """Turn an article into utterances for a voice.

    Every character of the article is in an utterance's ``text`` or in ``skipped``.

    Raises:
        EmptyArticleError: nothing in it can be spoken.
    """
    maker = _Maker(voice, _script_of(article), max_chars, with_readings)
    utterances: list[Utterance] = []
    skipped: list[Removal] = []
    for chapter in article.chapters:
        made = [
            _speak_block(maker, chapter.id, block, kind, skipped)
            for kind, block in _spoken_blocks(article, chapter)
        ]
        utterances += _with_pauses([group for group in made if group], voice)
    if not utterances:
        raise EmptyArticleError(f"Nothing in {article.source_name} can be spoken.")
    numbered = tuple(
        replace(utterance, id=f"u{number:04}") for number, utterance in enumerate(utterances, 1)
    )
    return Script(article, numbered, tuple(skipped))


def pronounce(text: str, voice: Voice, with_readings: bool = True) -> Utterance:
    """What a voice would say of one line, whatever its length."""
    maker = _Maker(voice, detect_script(text), 10**9, with_readings)
    return maker.utterance("sentence", "", text)


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


def _spoken_blocks(article: Article, chapter: Chapter) -> Iterator[tuple[UtteranceKind, Block]]:
    """The chapter's heading, then its blocks; the first chapter opens with the article's title."""
    first = chapter is article.chapters[0]
    heading = chapter.title
    if first and article.title and (heading is None or heading.text != article.title):
        yield "title", Block(article.title, 1)
    if heading is not None:
        yield ("title" if first and heading.text == article.title else "heading"), heading
    for block in chapter.blocks:
        yield "sentence", block


def _speak_block(
    maker: _Maker, chapter_id: str, block: Block, kind: UtteranceKind, skipped: list[Removal]
) -> list[Utterance]:
    """The utterances of a block; what can't be said is put on record."""
    made: list[Utterance] = []
    for sentence in split_sentences(block.text):
        for piece in maker.pieces(sentence):
            spoken, dropped = maker.say(piece)
            if not any(character.isalnum() for character in spoken):
                skipped.append(Removal(block.line, piece.strip(), _UNSPEAKABLE))
                continue
            skipped += [Removal(block.line, sign, _DROPPED) for sign in dropped if sign.strip()]
            made.append(maker.utterance(kind, chapter_id, piece))
    return made


def _with_pauses(blocks: list[list[Utterance]], voice: Voice) -> Iterator[Utterance]:
    """Clause, sentence, paragraph, heading, chapter: the longest that applies."""
    pacing = voice.pacing
    for number, block in enumerate(blocks, 1):
        for index, utterance in enumerate(block, 1):
            if index < len(block):
                ended = utterance.text[-1:] not in "，、；：,;:"
                pause = pacing.sentence_ms if ended else pacing.clause_ms
            elif number == len(blocks):
                pause = pacing.chapter_ms
            else:
                heading = utterance.kind != "sentence"
                pause = pacing.heading_ms if heading else pacing.paragraph_ms
            yield replace(utterance, pause_after_ms=pause)


def _weigh(spoken: str) -> int:
    """Length as engines feel it: a capital letter is said by name and counts double."""
    return len(spoken) + sum(character.isascii() and character.isupper() for character in spoken)
