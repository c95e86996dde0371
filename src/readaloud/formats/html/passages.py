"""Utterances -> the passages they came from: titles, headings, paragraphs, lists of sentences.

A script is a row of utterances; who shows a text needs its paragraphs again. Each utterance's text
is a stretch of one block, and blocks are spoken in order, so finding it there is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from readaloud.model import Article, Block, BlockKind, Chapter, Cue, Narration, Utterance


@dataclass(frozen=True, slots=True)
class Sentence:
    """An utterance as shown; ``lead`` is the space that stands before it in its block."""

    cue: Cue
    lead: str

    @property
    def word_starts(self) -> tuple[tuple[int, int], ...]:
        """For each word its first character, in UTF-16 units of the text, and its time in ms.

        Empty where the engine gave no times, or words that are not those of the text.
        """
        if "".join(word.text for word in self.cue.words) != self.cue.text:
            return ()
        starts, position = [], 0
        for word in self.cue.words:
            starts.append((position, word.start_ms))
            position += len(word.text.encode("utf-16-le", "surrogatepass")) // 2
        return tuple(starts)


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences of one block; ``level`` is 1 for the title, 2 for a chapter's heading."""

    kind: BlockKind
    level: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter as shown; ``groups`` are its passages, neighbours of a kind together."""

    id: str
    title: str
    start_ms: int
    groups: tuple[tuple[BlockKind, tuple[Passage, ...]], ...]


def sections(narration: Narration) -> tuple[Section, ...]:
    """A section for each chapter mark, in order: those of the article in which something sounds."""
    cues = {cue.utterance_id: cue for cue in narration.cues}
    article = narration.script.article
    chapters = {chapter.id: chapter for chapter in article.chapters}
    spoken = groupby(narration.script.utterances, key=lambda utterance: utterance.chapter_id)
    marks = {mark.id: mark for mark in narration.marks}
    return tuple(
        _section(marks[name].title, marks[name].start_ms, passages)
        for name, utterances in spoken
        for passages in [_Passages(article, chapters[name], tuple(utterances), cues)]
    )


@dataclass(frozen=True, slots=True)
class _Passages:
    """One chapter and what is spoken of it."""

    article: Article
    chapter: Chapter
    utterances: tuple[Utterance, ...]
    cues: dict[str, Cue]

    def blocks(self) -> tuple[Block, ...]:
        """In the order in which the script speaks them."""
        title = self.article.title
        opening = [Block(title, 1, "heading", 1)] if title else []
        heading = [self.chapter.title] if self.chapter.title else []
        return (*opening, *heading, *self.chapter.blocks)

    def passages(self) -> Iterator[Passage]:
        """Passages in order; an utterance that is in no block stands alone."""
        placed = _place(self.utterances, self.blocks())
        for _, run in groupby(placed, key=lambda place: place[0]):
            found = list(run)
            utterance, block = found[0][1], found[0][2]
            sentences = tuple(Sentence(self.cues[u.id], lead) for _, u, _, lead in found)
            level = {"title": 1, "heading": 2, "sentence": 3}[utterance.kind]
            kind = block.kind if utterance.kind == "sentence" else "heading"
            yield Passage(kind, level, sentences)


def _section(title: str, start_ms: int, chapter: _Passages) -> Section:
    groups = groupby(chapter.passages(), key=lambda passage: passage.kind)
    return Section(
        chapter.chapter.id, title, start_ms, tuple((kind, tuple(run)) for kind, run in groups)
    )


def _place(
    utterances: Sequence[Utterance], blocks: Sequence[Block]
) -> Iterator[tuple[int, Utterance, Block, str]]:
    """Each utterance with the number of its passage, its block and the space before it.

    An utterance is looked for behind the one before, in the same block first: what is left of a
    block is spoken whole before the next begins. Passages without a block count below zero.
    """
    number, position = 0, 0
    for alone, utterance in enumerate(utterances, 1):
        at, start = _find(utterance.text, blocks, number, position)
        if start < 0:
            yield -alone, utterance, Block(utterance.text, 0), ""
            continue
        text = blocks[at].text
        lead = " " if start and text[start - 1].isspace() and at == number and position else ""
        number, position = at, start + len(utterance.text)
        yield at, utterance, blocks[at], lead


def _find(text: str, blocks: Sequence[Block], number: int, position: int) -> tuple[int, int]:
    for at in range(number, len(blocks)):
        start = blocks[at].text.find(text, position if at == number else 0)
        if start >= 0:
            return at, start
    return number, -1
