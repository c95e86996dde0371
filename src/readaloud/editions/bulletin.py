"""Several articles in one edition: an opening with the contents, the articles, an ending.

Each article is read, edited and scripted by itself, in its own script and with its own lexicon; the
scripts are then put one behind the other. Chapters stay a flat list in the order of time: an
article's chapter has level 1, its sections level 2 and the article's chapter as their parent.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from readaloud.config.run_options import Options
from readaloud.editions.observer import Observer, Quiet
from readaloud.editions.own_rules import check_one, options_for
from readaloud.editions.pipeline import (
    find_files,
    make_edition,
    make_script,
    with_fallback,
)
from readaloud.editions.run_state import Job, Run, open_run
from readaloud.editions.voice_and_lexicon import find_lexicon, find_voice, prepare
from readaloud.errors import EmptyArticleError, ReadaloudError, msg
from readaloud.model import (
    Article,
    Block,
    Chapter,
    Edition,
    Outcome,
    Removal,
    Script,
    Source,
    Text,
    Utterance,
    Voice,
)

if TYPE_CHECKING:
    from readaloud.audio.live_sound import LiveSound
    from readaloud.sources.find import Place
    from readaloud.spoken import Lexicon

Language = Literal["zh-Hans", "zh-Hant"]
_WEEKDAYS = "一二三四五六日"
_TEXTS: dict[Language, tuple[str, str, str]] = {
    "zh-Hans": ("今天是{}。", "本期内容：", "以上是{}，感谢收听。"),
    "zh-Hant": ("今天是{}。", "本期內容：", "以上是{}，感謝收聽。"),
}
"""The date, the contents, the ending."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What an edition of several articles is called, of which day it is, and its chime."""

    name: str
    day: date
    chime: bool = True

    @property
    def title(self) -> str:
        """The name and the day, or the name alone where month and day are in it."""
        day = self.day
        if re.search(rf"(?<!\d)0?{day.month}\s?[-/.月]\s?0?{day.day}(?!\d)", self.name):
            return self.name
        return f"{self.name} {_spell(day)}"


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a bulletin: where it is, and what holds for it alone."""

    place: Place
    source: Source | None = None
    """What was loaded of it already."""
    options: Options | None = None
    """Its voice and rules, where they are not the run's."""
    section: str = ""
    """What the part of the bulletin is called that it belongs to."""


@dataclass(frozen=True, slots=True)
class Part:
    """An item that was loaded, and the script made of it for a voice."""

    item: Item
    source: Source
    voice: Voice
    script: Script

    def said_by(self, voice: Voice, run: Run) -> Part:
        """The same source, scripted for another voice."""
        return replace(self, voice=voice, script=_scripted(self.item, self.source, voice, run))

    def said_beside(self, voice: Voice) -> Script:
        """The script for a bulletin in ``voice``: where it is another's, each utterance says so."""
        if self.voice == voice:
            return self.script
        said = (replace(each, voice=self.voice) for each in self.script.utterances)
        return replace(self.script, utterances=tuple(said))


def read_part(item: Item, run: Run) -> Part:
    """Load an item and script it, for its own voice or the run's.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
        ConfigError, VoiceNotFoundError: its options can't be met.
    """
    from readaloud.sources.find import load_source

    allow_private = run.options.allow_private
    source = item.source or load_source(item.place, allow_private=allow_private)
    voice = run.voice if item.options is None else find_voice(item.options)
    script = _scripted(item, source, voice, run)
    for notice in script.article.notices:
        run.observer.notice(notice)
    return Part(item, source, voice, script)


def _scripted(item: Item, source: Source, voice: Voice, run: Run) -> Script:
    options = options_for(item.options or run.options, item.place)
    return make_script(source, voice, find_lexicon(run.options, item.place, run), options)


def build(
    names: Sequence[str | Text],
    bulletin: Bulletin,
    options: Options,
    observer: Observer | None = None,
    live: LiveSound | None = None,
) -> Iterator[Outcome]:
    """Make one edition of all sources that ``names`` lead to; ``live`` as in ``pipeline.build``.

    Yields:
        An outcome for each source that had to be left out, then the bulletin's own; that one is
        missing where no source is left.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
        OutputError: the output folder can't be written.
    """
    from readaloud.editions.filenames import bulletin_stem

    check_one(names, options)
    options = replace(options, album=options.album or bulletin.name)
    voice = prepare(options)
    found = list(find_files(names))
    stem = bulletin_stem(bulletin.name, bulletin.day, options.out)
    with open_run(voice, options, observer or Quiet(), live) as run:
        gathered = list(_gather(found, run))
        outcomes = [_left_out(each, run) for each in gathered if isinstance(each, Outcome)]
        parts = [each for each in gathered if isinstance(each, Part)]
        if parts:
            outcomes.append(make_bulletin(parts, bulletin, stem, run))
        yield from outcomes


def _left_out(outcome: Outcome, run: Run) -> Outcome:
    run.observer.begin(outcome.source).ended(outcome)
    return outcome


def make_bulletin(parts: Sequence[Part], bulletin: Bulletin, stem: str, run: Run) -> Outcome:
    """The edition of all parts, each article once, as files named after ``stem``."""
    start = perf_counter()
    job = Job(run, 0, run.observer.begin(bulletin.name))
    once = list(_once(parts, run.observer))

    def with_voice(voice: Voice) -> Edition:
        said = once if voice == run.voice else [each.said_by(voice, run) for each in once]
        script = bulletin_script(said, bulletin, voice, run)
        return make_edition(script, _as_source(bulletin, stem, said), voice, None, job)

    try:
        outcome = Outcome(bulletin.name, with_fallback(with_voice, bulletin.name, run))
    except ReadaloudError as error:
        outcome = Outcome(bulletin.name, error=error)
    outcome = replace(outcome, seconds=perf_counter() - start)
    job.observer.ended(outcome)
    return outcome


def bulletin_script(parts: Sequence[Part], bulletin: Bulletin, voice: Voice, run: Run) -> Script:
    """All that a bulletin of these parts says, its own words in ``voice``."""
    return _Maker(bulletin, voice, find_lexicon(run.options, run=run)).script(parts)


def _gather(found: Sequence[Place | Outcome], run: Run) -> Iterator[Part | Outcome]:
    """A script of each source, or an outcome with the reason why there is none."""
    for place in found:
        if isinstance(place, Outcome):
            yield place
            continue
        try:
            yield read_part(Item(place), run)
        except ReadaloudError as error:
            yield Outcome(str(place), error=error)


def _once(parts: Sequence[Part], observer: Observer) -> Iterator[Part]:
    """The parts, each article once, whatever files it came in."""
    seen: dict[str, str] = {}
    for part in parts:
        first = seen.setdefault(part.script.content_sha256, part.source.name)
        if first == part.source.name:
            yield part
        else:
            observer.notice(
                msg(
                    "{name}: the same article as {first}, read once",
                    name=part.source.name,
                    first=first,
                )
            )


def _as_source(bulletin: Bulletin, stem: str, parts: Sequence[Part]) -> Source:
    """All that the bulletin is made of, as one source: its hash changes with any part of it."""
    made_of = [
        (
            part.source.name,
            hashlib.sha256(part.source.data).hexdigest(),
            repr((part.voice, part.item.section, part.script)),
        )
        for part in parts
    ]
    data = json.dumps([str(bulletin), made_of]).encode()
    return Source(bulletin.name, stem, "", data)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the bulletin's script for one voice."""

    bulletin: Bulletin
    voice: Voice
    lexicon: Lexicon

    def script(self, parts: Sequence[Part]) -> Script:
        """Opening, articles and ending; ids are numbered anew through all of them."""
        articles = [part.script.article for part in parts]
        language = _language(self.bulletin.name, articles)
        opening, ending = self._opening(articles, language), self._ending(language)
        said = (_as_part(part.said_beside(self.voice)) for part in parts)
        scripts = [opening, *said, ending]
        if self.bulletin.chime:
            scripts = [*(_with_chime(script) for script in scripts[:-1]), ending]
        scripts = [_renamed(script, f"p{number}") for number, script in enumerate(scripts)]
        return _numbered(self._joined(scripts, parts, language))

    def _joined(
        self, scripts: Sequence[Script], parts: Sequence[Part], language: Language
    ) -> Script:
        article = Article(
            source_name=self.bulletin.name,
            title=self.bulletin.title,
            byline=None,
            date=self.bulletin.day.isoformat(),
            language=language,
            chapters=tuple(chain.from_iterable(script.article.chapters for script in scripts)),
            removed=_of_source(parts, lambda script: script.article.removed),
        )
        own = tuple(replace(gone, source=self.bulletin.name) for gone in scripts[0].skipped)
        skipped = (*own, *_of_source(parts, lambda script: script.skipped))
        return Script(article, _in_a_row(scripts), skipped)

    def _opening(self, articles: Sequence[Article], language: Language) -> Script:
        """The title, the day, and the articles' titles, each in its own article's script."""
        told, contents, _ = _TEXTS[language]
        day, title = self.bulletin.day, self.bulletin.title
        weekday = f"星期{_WEEKDAYS[day.weekday()]}"
        # The title has said the date already.
        spelled = weekday if title != self.bulletin.name else f"{_spell(day)}，{weekday}"
        listed = [(article.title, article.language) for article in articles if article.title]
        blocks = [Block(told.format(spelled), 0)]
        if listed:
            blocks.append(Block(contents, 0))
        opening = self._say(title, blocks, language)
        said = [opening]
        for name, of in listed:
            last = said[-1].utterances[-1]
            said[-1] = _with_last(said[-1], replace(last, pause_after_ms=self.voice.pacing.item_ms))
            with suppress(EmptyArticleError):  # a title of signs alone
                said.append(self._say(None, [Block(name, 0, "item")], of))
        return replace(opening, utterances=_in_a_row(said))

    def _ending(self, language: Language) -> Script:
        return _as_part(self._say(_TEXTS[language][2].format(self.bulletin.name), [], language))

    def _say(self, heading: str | None, blocks: Sequence[Block], language: Language) -> Script:
        """A chapter of the program's own words.

        Raises:
            EmptyArticleError: nothing of them can be spoken.
        """
        from readaloud import spoken
        from readaloud.speech.engines import load_engine

        engine = load_engine(self.voice.engine)
        title = Block(heading, 0, "heading", 1) if heading else None
        chapter = Chapter("c01", title, tuple(blocks))
        article = Article(self.bulletin.name, heading, None, None, language, (chapter,), removed=())
        return spoken.make_script(
            article,
            self.voice,
            engine.max_chars,
            engine.needs_readings,
            engine.can_say,
            self.lexicon,
        )


def _spell(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _language(name: str, articles: Sequence[Article]) -> Language:
    """The script that the name and the titles are in, taken together."""
    from readaloud.chinese.convert import detect_script

    text = name + "".join(article.title or "" for article in articles)
    return "zh-Hant" if detect_script(text) == "traditional" else "zh-Hans"


def _as_part(script: Script) -> Script:
    """The script with its sections below one chapter that bears the article's title.

    The title becomes a heading: the edition has a title of its own.
    """
    article = script.article
    first, title = article.chapters[0], article.title
    line = first.title.line if first.title else 1
    heading = Block(title, line, "heading", 1) if title else first.title
    if title is None or first.title is None or first.title.text == title:
        head, rest = replace(first, title=heading), article.chapters[1:]
    else:
        head, rest = Chapter("title", heading, ()), article.chapters
    utterances = tuple(
        replace(each, kind="heading", chapter_id=head.id) if each.kind == "title" else each
        for each in script.utterances
    )
    sections = (replace(chapter, level=2, parent=head.id) for chapter in rest)
    chapters = (head, *sections)
    return replace(script, article=replace(article, chapters=chapters), utterances=utterances)


def _with_chime(script: Script) -> Script:
    return _with_last(script, replace(script.utterances[-1], chime_after=True))


def _with_last(script: Script, last: Utterance) -> Script:
    return replace(script, utterances=(*script.utterances[:-1], last))


def _in_a_row(scripts: Sequence[Script]) -> tuple[Utterance, ...]:
    """The utterances of all scripts; their blocks are counted on from script to script."""
    utterances: list[Utterance] = []
    for script in scripts:
        before = utterances[-1].block if utterances else 0
        utterances += [replace(each, block=before + each.block) for each in script.utterances]
    return tuple(utterances)


def _renamed(script: Script, prefix: str) -> Script:
    """With chapter ids that no other part has."""
    chapters = tuple(
        replace(
            chapter,
            id=f"{prefix}{chapter.id}",
            parent=f"{prefix}{chapter.parent}" if chapter.parent else None,
        )
        for chapter in script.article.chapters
    )
    utterances = tuple(
        replace(each, chapter_id=f"{prefix}{each.chapter_id}") for each in script.utterances
    )
    return replace(
        script, article=replace(script.article, chapters=chapters), utterances=utterances
    )


def _numbered(script: Script) -> Script:
    """With running chapter and utterance ids, as an edition of one article has them."""
    ids = {each.id: f"c{number:02}" for number, each in enumerate(script.article.chapters, 1)}
    chapters = tuple(
        replace(each, id=ids[each.id], parent=ids[each.parent] if each.parent else None)
        for each in script.article.chapters
    )
    utterances: tuple[Utterance, ...] = tuple(
        replace(each, id=f"u{number:04}", chapter_id=ids[each.chapter_id])
        for number, each in enumerate(script.utterances, 1)
    )
    return replace(
        script, article=replace(script.article, chapters=chapters), utterances=utterances
    )


def _of_source(
    parts: Sequence[Part], choose: Callable[[Script], tuple[Removal, ...]]
) -> tuple[Removal, ...]:
    """What was left out of all articles, each with the name of its source."""
    return tuple(
        replace(gone, source=part.source.name) for part in parts for gone in choose(part.script)
    )
