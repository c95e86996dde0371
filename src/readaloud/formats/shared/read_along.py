"""An edition as it is read along: chapters, passages, and sentences with their stretch of audio.

The page, EPUB and DAISY stand on the same values, so that text and audio can't come apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from readaloud.model import Article, BlockKind, ChapterMark, Cue, Narration, Utterance

PassageKind = Literal["title", "label"] | BlockKind
"""A label is the mark of synthetic speech, where it is heard."""
_DEEPEST_HEADING = 6
_ARTICLE_LEVEL = 1
"""Of the chapter that an article of a bulletin begins with."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An utterance, and the audio from its first sound to the first of the next."""

    cue: Cue
    end_ms: int
    languages: tuple[tuple[int, int, str], ...] = ()
    """As in ``Utterance``."""
    pages: tuple[str, ...] = ()
    """As in ``Utterance``."""
    lead: str = ""
    """The space between the phrase and the one before it in its passage."""

    @property
    def id(self) -> str:
        """The utterance's."""
        return self.cue.utterance_id

    @property
    def text(self) -> str:
        """What is shown."""
        return self.cue.text

    @property
    def language(self) -> str:
        """Of the whole phrase, where it is all in one that is not the article's; else empty."""
        spoken = {language for text, language in self._runs() if any(map(str.isalnum, text))}
        return spoken.pop() if len(spoken) == 1 else ""

    @property
    def runs(self) -> tuple[tuple[str, str], ...]:
        """The text in pieces, each with its language where it is not the phrase's own."""
        return ((self.text, ""),) if self.language else tuple(self._runs())

    def _runs(self) -> Iterator[tuple[str, str]]:
        at = 0
        for start, end, language in self.languages:
            yield self.text[at:start], ""
            yield self.text[start:end], language
            at = end
        yield self.text[at:], ""

    @property
    def start_ms(self) -> int:
        """Its first sound."""
        return self.cue.start_ms

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
    """What stands in one block: a paragraph, an item, a heading."""

    kind: PassageKind
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: its mark, its place in the order (from 1), how deep it stands (from 1)."""

    mark: ChapterMark
    number: int
    depth: int
    rank: int
    """How deep its heading stands: like ``depth``, but chapters without a heading don't count."""
    passages: tuple[Passage, ...]

    @property
    def name(self) -> str:
        """As a table of contents has it."""
        return self.mark.title

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All of its phrases, in order; there is at least one."""
        return tuple(phrase for passage in self.passages for phrase in passage.phrases)

    @property
    def groups(self) -> tuple[tuple[PassageKind, tuple[Passage, ...]], ...]:
        """Its passages, neighbours of a kind together: items of a list, lines of a quote."""
        groups = groupby(self.passages, key=lambda passage: passage.kind)
        return tuple((kind, tuple(run)) for kind, run in groups)

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

    def level(self, heading: Passage, below: int) -> int:
        """Of a heading in it, 1 to 6, where the highest headings stand ``below`` others."""
        is_own = heading.phrases[0] == self.starts("heading")
        return min(below + self.rank + (not is_own), _DEEPEST_HEADING)


@dataclass(frozen=True, slots=True)
class Branch:
    """A part, and the parts below it."""

    part: Part
    branches: tuple[Branch, ...]


def nested(parts: Sequence[Part]) -> tuple[Branch, ...]:
    """The parts as a tree, in their order: each below the last that stands higher."""
    tops = [i for i, part in enumerate(parts) if part.depth <= parts[0].depth]
    return tuple(
        Branch(parts[top], nested(parts[top + 1 : end]))
        for top, end in zip(tops, [*tops[1:], len(parts)], strict=False)
    )


def parts_of(narration: Narration) -> tuple[Part, ...]:
    """The narration's chapters; together their phrases cover its audio without a gap.

    A pause belongs to the phrase before it: players that leap from clip to clip would swallow it
    otherwise.
    """
    pairs = zip(narration.script.utterances, _phrases(narration), strict=True)
    chapters = groupby(pairs, key=lambda pair: pair[0].chapter_id)
    depths = _depths(narration.script.article, narration.marks)
    texts = [tuple(_passages(chapter)) for _, chapter in chapters]
    marked = zip(narration.marks, depths, _ranks(depths, texts), texts, strict=True)
    return tuple(
        Part(mark, number, depth, rank, text)
        for number, (mark, depth, rank, text) in enumerate(marked, 1)
    )


def opening_label(parts: Sequence[Part]) -> tuple[Passage, ...]:
    """The mark of synthetic speech, where it is heard before the article; else nothing."""
    first = parts[0].passages[:1]
    return tuple(passage for passage in first if passage.kind == "label")


def _ranks(depths: Sequence[int], texts: Sequence[tuple[Passage, ...]]) -> Iterator[int]:
    """The depths, without those that no heading stands at."""
    above: list[bool] = []
    for depth, passages in zip(depths, texts, strict=True):
        del above[depth - 1 :]
        yield 1 + sum(above)
        above.append(any(passage.kind == "heading" for passage in passages))


def _phrases(narration: Narration) -> Iterator[Phrase]:
    utterances, cues = narration.script.utterances, narration.cues
    ends = [cue.start_ms for cue in cues[1:]] + [narration.duration_ms]
    for said, cue, end_ms, lead in zip(utterances, cues, ends, _leads(utterances), strict=True):
        yield Phrase(cue, end_ms, said.languages, said.pages, lead)


def _leads(utterances: Sequence[Utterance]) -> Iterator[str]:
    """For each utterance a space, if it doesn't begin where the one before it ends."""
    block = end = 0
    for utterance in utterances:
        yield " " if utterance.block == block and utterance.offset > end else ""
        block, end = utterance.block, utterance.offset + len(utterance.text)


def _passages(chapter: Iterator[tuple[Utterance, Phrase]]) -> Iterator[Passage]:
    """The utterances of each block together."""
    for _, group in groupby(chapter, key=lambda pair: pair[0].block):
        pairs = list(group)
        first = pairs[0][0]
        kind = first.block_kind if first.kind == "sentence" else first.kind
        yield Passage(kind, tuple(phrase for _, phrase in pairs))


def _depths(article: Article, marks: Sequence[ChapterMark]) -> list[int]:
    """How deep each marked chapter stands: no depth is skipped, whatever levels the source has.

    A section of a bulletin's article stands below that article, and that below its part of the
    bulletin. The chapter that bears the edition's title stands above all others and encloses none
    of them; nor does one without title.
    """
    titles = {chapter.id: chapter.title for chapter in article.chapters}
    parents = {mark.id: mark.parent for mark in marks}
    above: list[int] = []
    depths = []
    for mark in marks:
        title = titles[mark.id]
        level = title.level if title else 0
        floor = len(_ancestors(mark.parent, parents))
        above += [_ARTICLE_LEVEL] * (floor - len(above))
        while len(above) > floor and above[-1] >= level:
            above.pop()
        above.append(level)
        depths.append(len(above))
        if title is None or title.text == article.title:
            above.clear()
    return depths


def _ancestors(parent: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """The marked chapters that one is below, by the parent of each."""
    found: list[str] = []
    while parent is not None and parent in parents and parent not in found:
        found.append(parent)
        parent = parents[parent]
    return found
