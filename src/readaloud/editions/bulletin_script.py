"""The script of a bulletin: its opening, the articles in their sections, its closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import TYPE_CHECKING

from readaloud.config.programme import Programme
from readaloud.editions.bulletin_words import Bulletin, BulletinWords, Language
from readaloud.editions.joined_scripts import (
    as_part,
    below,
    in_a_row,
    numbered,
    renamed,
    with_chime,
    with_last,
)
from readaloud.editions.scripting import script_of
from readaloud.errors import EmptyArticleError
from readaloud.model import Article, Block, Chapter, ProgrammeItem, Removal, Script, Source, Voice

if TYPE_CHECKING:
    from readaloud.editions.bulletin import Part
    from readaloud.spoken import Lexicon


@dataclass(frozen=True, slots=True)
class BulletinMaker:
    """Makes a bulletin's script for one voice."""

    bulletin: Bulletin
    programme: Programme
    voice: Voice
    lexicon: Lexicon

    def ordered(self, parts: Sequence[Part]) -> list[tuple[str, Part]]:
        """The articles section by section, each with the name of its own.

        Those of no section come first, then the sections as the settings order them, then others.
        """
        placed = [(self._section_of(part), part) for part in parts]
        known = ["", *(section.name for section in self.programme.sections)]
        order = list(dict.fromkeys([*known, *(section for section, _ in placed)]))
        return sorted(placed, key=lambda pair: order.index(pair[0]))

    def script(self, parts: Sequence[Part], times: Mapping[int, str] | None = None) -> Script:
        """Opening, articles and closing; ids are numbered anew through all of them.

        ``times`` are what is said of the time, by the number, from 0, of the article that follows.
        """
        ordered = self.ordered(parts)
        articles = [part.script.article for _, part in ordered]
        words = self.words(ordered)
        pieces = [
            _Piece(self._opening(words, articles)),
            *self._middle(ordered, times or {}, words.language),
            *self._own(words.closing(), words.language),
        ]
        return numbered(self._joined(_placed(pieces, chime=self.bulletin.chime), words))

    def words(self, ordered: Sequence[tuple[str, Part]]) -> BulletinWords:
        """The bulletin's own sentences."""
        language = _language(self.bulletin.name, [part.script.article for _, part in ordered])
        sections = list(dict.fromkeys(section for section, _ in ordered if section))
        return BulletinWords(self.bulletin, self.programme, language, len(ordered), sections)

    def _section_of(self, part: Part) -> str:
        return part.item.section or self.programme.section_of(part.source.name)

    def _middle(
        self, ordered: Sequence[tuple[str, Part]], times: Mapping[int, str], language: Language
    ) -> Iterator[_Piece]:
        numbers = iter(range(len(ordered)))
        for section, group in groupby(ordered, key=lambda pair: pair[0]):
            opening = list(self._own(section, language, opens=True))
            is_open = False
            for _, part in group:
                number = next(numbers)
                yield from self._own(times.get(number, ""), language, inside=is_open)
                if opening and not is_open:
                    yield from opening
                    is_open = True
                script = as_part(part.said_beside(self.voice))
                yield _Piece(script, is_open, part=part, section=section)

    def _own(
        self, text: str, language: Language, *, inside: bool = False, opens: bool = False
    ) -> Iterator[_Piece]:
        """A chapter of a heading alone; none where nothing of it can be spoken."""
        with suppress(EmptyArticleError):
            if text:
                yield _Piece(as_part(self.say(text, [], language)), inside, opens)

    def _joined(self, pieces: Sequence[_Piece], words: BulletinWords) -> Script:
        scripts = [piece.script for piece in pieces]
        chapters = chain.from_iterable(script.article.chapters for script in scripts)
        article = Article(
            source_name=self.bulletin.name,
            title=words.title,
            byline=None,
            date=self.bulletin.day.isoformat(),
            language=words.language,
            chapters=tuple(chapters),
            removed=self._of(pieces, lambda script: script.article.removed),
            items=tuple(_item(piece, piece.part) for piece in pieces if piece.part),
        )
        skipped = self._of(pieces, lambda script: script.skipped)
        return Script(article, in_a_row(scripts), skipped)

    def _of(
        self, pieces: Sequence[_Piece], choose: Callable[[Script], tuple[Removal, ...]]
    ) -> tuple[Removal, ...]:
        """What was left out of all pieces, each with the name of its source."""
        named = ((piece.part.source.name if piece.part else "", piece) for piece in pieces)
        return tuple(
            replace(gone, source=name or self.bulletin.name)
            for name, piece in named
            for gone in choose(piece.script)
        )

    def _opening(self, words: BulletinWords, articles: Sequence[Article]) -> Script:
        """The title, the day, and the articles' titles, each in its own article's script."""
        listed = [(article.title, article.language) for article in articles if article.title]
        listed = listed[: self.programme.headlines]
        lines = words.opening() + ([words.contents()] if listed else [])
        blocks = [Block(line, 0) for line in lines if line]
        opening = self.say(words.title, blocks, words.language)
        said = [opening]
        for name, language in listed:
            last = said[-1].utterances[-1]
            said[-1] = with_last(said[-1], replace(last, pause_after_ms=self.voice.pacing.item_ms))
            with suppress(EmptyArticleError):  # a title of signs alone
                said.append(self.say(None, [Block(name, 0, "item")], language))
        return replace(opening, utterances=in_a_row(said))

    def say(self, heading: str | None, blocks: Sequence[Block], language: Language) -> Script:
        """A chapter of the bulletin's own words.

        Raises:
            EmptyArticleError: nothing of them can be spoken.
        """
        title = Block(heading, 0, "heading", 1) if heading else None
        chapter = Chapter("c01", title, tuple(blocks))
        article = Article(self.bulletin.name, heading, None, None, language, (chapter,), removed=())
        return script_of(article, self.voice, self.lexicon)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A script that the bulletin is put together from."""

    script: Script
    inside: bool = False
    """Whether it stands below the section that was opened last."""
    opens: bool = False
    """Whether it opens a section."""
    part: Part | None = None
    """The article that it is."""
    section: str = ""


def _placed(pieces: Sequence[_Piece], *, chime: bool) -> list[_Piece]:
    """The pieces with ids of their own, below their sections, and with chimes between them."""
    placed: list[_Piece] = []
    opened = ""
    for number, piece in enumerate(pieces):
        script = renamed(piece.script, f"p{number}")
        if piece.opens:
            opened = script.article.chapters[0].id
        if piece.inside:
            script = below(script, opened)
        if chime and not piece.opens and number < len(pieces) - 1:
            script = with_chime(script)
        placed.append(replace(piece, script=script))
    return placed


def _item(piece: _Piece, part: Part) -> ProgrammeItem:
    article = part.script.article
    return item_of(piece.script.article.chapters[0].id, part.source, article, piece.section)


def item_of(chapter: str, source: Source, article: Article, section: str) -> ProgrammeItem:
    """What show notes tell of an article."""
    return ProgrammeItem(
        chapter=chapter,
        title=article.title or "",
        source=source.name,
        publisher=article.origin or article.byline or "",
        link=article.address,
        section=section,
    )


def _language(name: str, articles: Sequence[Article]) -> Language:
    """The script that the name and the titles are in, taken together."""
    from readaloud.chinese.convert import detect_script

    text = name + "".join(article.title or "" for article in articles)
    return "zh-Hant" if detect_script(text) == "traditional" else "zh-Hans"
