"""An edition as it is read along: chapters, passages, and sentences with their stretch of audio.

Text and audio of EPUB and DAISY stand on the same values, so that they can't come apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from readaloud.model import Article, Block, BlockKind, ChapterMark, Cue, Narration, Utterance

PassageKind = Literal["title"] | BlockKind


@dataclass(frozen=True, slots=True)
class Phrase:
    """An utterance, and the audio from its first sound to the first of the next."""

    id: str
    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands in one paragraph, item or heading."""

    kind: PassageKind
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: its place in the order (from 1), its name, how deep it stands (from 1)."""

    number: int
    name: str
    depth: int
    passages: tuple[Passage, ...]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All of its phrases, in order; there is at least one."""
        return tuple(phrase for passage in self.passages for phrase in passage.phrases)

    @property
    def start_ms(self) -> int:
        """Where its audio begins."""
        return self.phrases[0].start_ms

    @property
    def end_ms(self) -> int:
        """Where its audio ends, which is where the next part begins."""
        return self.phrases[-1].end_ms

    def starts(self, kind: PassageKind) -> Phrase | None:
        """The first phrase of the first passage of a kind, if there is one."""
        found = (passage.phrases[0] for passage in self.passages if passage.kind == kind)
        return next(found, None)


def parts_of(narration: Narration) -> tuple[Part, ...]:
    """The narration's chapters; together their phrases cover its audio without a gap.

    A pause belongs to the phrase before it: players that leap from clip to clip would swallow it
    otherwise.
    """
    article = narration.script.article
    blocks = {chapter.id: chapter.blocks for chapter in article.chapters}
    pairs = list(zip(narration.script.utterances, _phrases(narration), strict=True))
    spoken = groupby(pairs, key=lambda pair: pair[0].chapter_id)
    depths = _depths(article, narration.marks)
    parts = []
    for number, (mark, (_, chapter)) in enumerate(zip(narration.marks, spoken, strict=True), 1):
        passages = tuple(_passages(blocks[mark.id], list(chapter)))
        parts.append(Part(number, mark.title, depths[number - 1], passages))
    return tuple(parts)


def _phrases(narration: Narration) -> Iterator[Phrase]:
    cues: Sequence[Cue] = narration.cues
    ends = [cue.start_ms for cue in cues[1:]] + [narration.duration_ms]
    for cue, end_ms in zip(cues, ends, strict=True):
        yield Phrase(cue.utterance_id, cue.text, cue.start_ms, end_ms)


def _passages(
    blocks: Sequence[Block], pairs: Sequence[tuple[Utterance, Phrase]]
) -> Iterator[Passage]:
    """Utterances that stand in the same block, or in the same heading, together."""
    places = _places(blocks, [utterance for utterance, _ in pairs])
    placed = zip(places, pairs, strict=True)
    for (kind, place), group in groupby(placed, key=lambda item: (item[1][0].kind, item[0])):
        phrases = tuple(phrase for _, (_, phrase) in group)
        if kind == "sentence":
            yield Passage(blocks[place].kind if blocks else "paragraph", phrases)
        else:
            yield Passage(kind, phrases)


def _places(blocks: Sequence[Block], utterances: Sequence[Utterance]) -> Iterator[int]:
    """For each utterance the index of the block that holds it; 0 for titles and headings.

    Utterances come in the order of the text, and what was skipped between them holds nothing that
    is said: so each is found behind the last, in the same block or in a later one.
    """
    index = cursor = 0
    for utterance in utterances:
        if utterance.kind != "sentence":
            yield 0
            continue
        for place in range(index, len(blocks)):
            found = blocks[place].text.find(utterance.text, cursor if place == index else 0)
            if found >= 0:
                index, cursor = place, found + len(utterance.text)
                break
        yield index


def _depths(article: Article, marks: Sequence[ChapterMark]) -> list[int]:
    """How deep each marked chapter stands: no depth is skipped, whatever levels the source has.

    The chapter that bears the article's title stands above all others and encloses none of them.
    """
    titles = {chapter.id: chapter.title for chapter in article.chapters}
    above: list[int] = []
    depths = []
    for mark in marks:
        title = titles[mark.id]
        level = title.level if title else 0
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        depths.append(len(above))
        if title is not None and title.text == article.title:
            above.clear()
    return depths
