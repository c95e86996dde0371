"""A bulletin with one article replaced: it says so at its start, and feeds know it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from readaloud.editions.bulletin_script import BulletinMaker, item_of
from readaloud.editions.bulletin_words import BulletinWords
from readaloud.editions.joined_scripts import as_part, below, in_a_row, numbered, renamed, with_last
from readaloud.model import Article, Block, Correction, ProgrammeItem, Removal, Script, Utterance

if TYPE_CHECKING:
    from readaloud.editions.bulletin import Part


@dataclass(frozen=True, slots=True)
class Replacing:
    """Puts an article in the place of one of a bulletin's."""

    script: Script
    """The bulletin's, as it was spoken."""
    number: int
    """Of the article that goes, from 0."""
    part: Part
    """The article that comes."""
    maker: BulletinMaker
    """Says what the bulletin says itself."""

    def corrected(self, guid: str) -> Script:
        """The new script; ``guid`` is what feeds know the edition by."""
        article, utterances = self.script.article, self.script.utterances
        gone = self._chapters_gone()
        first = next(n for n, said in enumerate(utterances) if said.chapter_id in gone)
        last = max(n for n, said in enumerate(utterances) if said.chapter_id in gone)
        opening = article.chapters[0].id
        spoken = next(n for n, said in enumerate(utterances) if said.chapter_id != opening)
        piece = self._piece(utterances[last])
        notice = self._notice()
        rows = [
            *self._opening(utterances[:spoken], notice),
            *(utterances[spoken:first], piece.utterances, utterances[last + 1 :]),
        ]
        made = Script(
            self._article(article, gone, piece, self._told(guid, notice)),
            in_a_row([replace(piece, utterances=_from_one(row)) for row in rows if row]),
            self._gone_too(self.script.skipped, piece.skipped),
        )
        return numbered(made)

    @property
    def _item(self) -> ProgrammeItem:
        return self.script.article.items[self.number]

    def _chapters_gone(self) -> set[str]:
        gone = {self._item.chapter}
        for chapter in self.script.article.chapters:
            if chapter.parent in gone:
                gone.add(chapter.id)
        return gone

    def _piece(self, old: Utterance) -> Script:
        """The article that comes, as deep as the old one, with the pause behind it."""
        head = next(c for c in self.script.article.chapters if c.id == self._item.chapter)
        made = renamed(as_part(self.part.said_beside(self.maker.voice)), "new")
        made = below(made, head.parent) if head.parent else made
        end = replace(
            made.utterances[-1], pause_after_ms=old.pause_after_ms, chime_after=old.chime_after
        )
        return with_last(made, end)

    def _notice(self) -> Script:
        article = self.script.article
        day = date.fromisoformat(article.date or "")
        bulletin = replace(self.maker.bulletin, day=day)
        sections = list(dict.fromkeys(item.section for item in article.items if item.section))
        words = BulletinWords(
            bulletin, self.maker.programme, article.language, len(article.items), sections
        )
        title = self.part.script.article.title or self._item.title
        said = words.correction(self.number + 1, title)
        return self.maker.say(None, [Block(said, 0)], article.language)

    def _opening(
        self, utterances: Sequence[Utterance], notice: Script
    ) -> list[tuple[Utterance, ...]]:
        """What the bulletin says first, with the notice behind its title, and the new headline."""
        chapter = utterances[0].chapter_id
        rows = [tuple(block) for _, block in groupby(utterances, key=lambda said: said.block)]
        title, rest = rows[0], rows[1:]
        if (at := self._headline_at(rest)) is not None:
            rest[at] = self._headline(rest[at])
        told = (replace(said, chapter_id=chapter) for said in notice.utterances)
        pause = self.maker.voice.pacing.paragraph_ms
        *most, last = told
        return [title, (*most, replace(last, pause_after_ms=pause)), *rest]

    def _headline_at(self, rows: Sequence[tuple[Utterance, ...]]) -> int | None:
        """Which row of the opening tells the old article's title; of one title several may be."""
        titles = ["".join(item.title.split()) for item in self.script.article.items]
        same = titles[: self.number].count(titles[self.number])
        for at, row in enumerate(rows):
            text = "".join("".join(said.text.split()) for said in row)
            if row[0].block_kind == "item" and text == titles[self.number]:
                if same == 0:
                    return at
                same -= 1
        return None

    def _headline(self, row: tuple[Utterance, ...]) -> tuple[Utterance, ...]:
        """The new article's title in the old one's place; the old one where it has none."""
        article = self.part.script.article
        if not article.title:
            return row
        block = Block(article.title, 0, "item")
        *most, last = self.maker.say(None, [block], article.language).utterances
        said = (*most, replace(last, pause_after_ms=row[-1].pause_after_ms))
        return tuple(replace(each, chapter_id=row[0].chapter_id) for each in said)

    def _told(self, guid: str, notice: Script) -> Correction:
        before = self.script.article.correction
        said = "".join(each.text for each in notice.utterances)
        if before is None:
            return Correction(2, guid, (said,))
        return replace(before, version=before.version + 1, notes=(said, *before.notes))

    def _article(
        self, article: Article, gone: set[str], piece: Script, correction: Correction
    ) -> Article:
        at = next(n for n, c in enumerate(article.chapters) if c.id in gone)
        kept = [chapter for chapter in article.chapters if chapter.id not in gone]
        chapters = (*kept[:at], *piece.article.chapters, *kept[at:])
        head = piece.article.chapters[0].id
        own = self.part.script.article
        item = item_of(head, self.part.source, own, self._item.section)
        items = (*article.items[: self.number], item, *article.items[self.number + 1 :])
        removed = self._gone_too(article.removed, own.removed)
        return replace(
            article, chapters=chapters, items=items, removed=removed, correction=correction
        )

    def _gone_too(self, before: Sequence[Removal], new: Sequence[Removal]) -> tuple[Removal, ...]:
        """What was left out: no more of the old article, and of the new one."""
        others = (each for each in before if each.source != self._item.source)
        return (*others, *(replace(each, source=self.part.source.name) for each in new))


def _from_one(row: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """With blocks that are counted from 1."""
    before = row[0].block - 1
    return tuple(replace(each, block=each.block - before) for each in row)
