"""The articles that were chosen become the bulletin of a day: read, spoken ahead, and made."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from readaloud.editing.same_story import make_story
from readaloud.editions.bulletin import Bulletin, Item, Part, make_bulletin, read_part
from readaloud.editions.filenames import bulletin_stem
from readaloud.editions.in_order import in_order
from readaloud.editions.run_state import Run
from readaloud.editions.spoken_ahead import speak_ahead
from readaloud.errors import (
    EmptyArticleError,
    InputError,
    ReadaloudError,
    TimeOverError,
    msg,
)
from readaloud.model import Outcome
from readaloud.morning.deadline import Deadline
from readaloud.morning.gathering import put_off
from readaloud.morning.seen import Article, Edition, KnownStory, Seen
from readaloud.morning.settings import Morning, options_of
from readaloud.morning.told import Event, Made, Told
from readaloud.sources.fetch import is_address

_AT_ONCE = 4
"""Articles that are spoken at once: enough that no worker waits for a short one."""
_CHARACTERS_A_SECOND = 4.0
Ready = tuple[Article, Part]


@dataclass(slots=True)
class BulletinOfDay:
    """One day's bulletin in the making."""

    morning: Morning
    day: date
    seen: Seen
    deadline: Deadline
    run: Run
    told: list[Told] = field(default_factory=list)
    """What became of articles since somebody asked."""
    audio_s: float = 0.0
    """Roughly, of what is being spoken."""

    @property
    def bulletin(self) -> Bulletin:
        """What it is called."""
        return Bulletin(self.morning.name, self.day, self.morning.chime)

    def make(self, articles: Sequence[Article]) -> Iterator[Event]:
        """Read, speak and make what can be, in time; tell what became of each.

        Raises:
            OutputError: what was seen can't be kept.
        """
        ready: list[Ready] = []
        for article, done in in_order(self._readable(articles), self._speak, lambda: _AT_ONCE):
            yield from self._new()
            if isinstance(done, Part):
                ready.append((article, done))
            else:
                yield self._put_off(article, done)
        yield from self._new()
        if ready:
            begun = self.seen.begin_edition(
                self.morning.name, self.day.isoformat(), [article.id for article, _ in ready]
            )
            yield from self._finish(begun, ready)

    def resume(self, edition: Edition) -> Iterator[Event]:
        """Make an edition that a run had begun and did not end, of the same articles."""
        self.day = date.fromisoformat(edition.day)
        try:
            articles = self.seen.articles_of(edition)
            ready = [(each, read_part(self._item(each), self.run)) for each in articles]
        except ReadaloudError as error:
            self.seen.give_up_edition(edition, error.message)
            yield Made(edition.day, Outcome(self.morning.name, error=error))
            return
        yield from self._finish(edition, ready)

    def _finish(self, edition: Edition, ready: Sequence[Ready]) -> Iterator[Event]:
        options, bulletin = self.run.options, self.bulletin
        stem = bulletin_stem(bulletin.name, bulletin.day, options.out)
        outcome = make_bulletin([part for _, part in ready], bulletin, stem, self.run)
        if outcome.edition is None:
            reason = outcome.error.message if outcome.error else ""
            self.seen.give_up_edition(edition, reason)
            yield from (_fate(article, part, "late", reason) for article, part in ready)
        else:
            self.seen.finish_edition(edition, str(outcome.edition.report or ""))
            yield from (_fate(article, part, "spoken") for article, part in ready)
        yield Made(edition.day, outcome)

    def _new(self) -> Iterator[Told]:
        told, self.told = self.told, []
        yield from told

    def _readable(self, articles: Sequence[Article]) -> Iterator[Ready]:
        """The articles that can be read, each story once; of the others it is told."""
        stories = self.seen.stories(self.morning.name, self.deadline.clock())
        for article in articles:
            if time.monotonic() >= self._ends():
                over = TimeOverError(msg("There was no time to read it."))
                self.told.append(self._put_off(article, over))
                continue
            try:
                part = _with_text(read_part(self._item(article), self.run))
            except InputError as error:
                is_file = not is_address(article.address)
                self.told.append(put_off(self.seen, article, error, for_good=is_file))
                continue
            title = part.script.article.title or article.title
            story = make_story([each.text for each in part.script.utterances])
            same = next((k.name for k in stories if k.is_told_by(article, story)), None)
            if same is not None:
                reason = msg("the same story as {other}", other=same)
                self.seen.leave_out([article.id], reason, same)
                told = Told(article.source, article.address, title, "left out", reason, same)
                self.told.append(told)
                continue
            self.seen.describe(article.id, title, story)
            name = title or article.address
            stories.append(KnownStory(article.id, article.source, name, story))
            spoken = sum(len(each.spoken) for each in part.script.utterances)
            self.audio_s += spoken / _CHARACTERS_A_SECOND
            yield replace(article, title=title), part

    def _item(self, article: Article) -> Item:
        settings = self.morning.source(article.source)
        is_file = settings is not None and settings.kind == "folder"
        return Item(
            Path(article.address) if is_file else article.address,
            self.seen.load(article),
            options_of(settings, self.run.options) if settings else None,
            settings.section if settings else "",
        )

    def _speak(self, number: int, ready: Ready) -> tuple[Article, Part | ReadaloudError]:
        article, part = ready
        try:
            if time.monotonic() >= self._ends():
                raise TimeOverError(msg("There was no time to speak it."))
            return article, speak_ahead(part, self.bulletin, self.run, number, self._ends)
        except ReadaloudError as error:
            return article, error

    def _ends(self) -> float:
        return self.deadline.speaking_ends(self.audio_s)

    def _put_off(self, article: Article, error: ReadaloudError) -> Told:
        return put_off(self.seen, article, error)


def _with_text(part: Part) -> Part:
    """The article, where there is more of it than a title.

    Raises:
        EmptyArticleError: there is not: the page of a site that has changed.
    """
    if all(each.kind == "title" for each in part.script.utterances):
        raise EmptyArticleError(
            msg("{name} has nothing but a title.", name=part.source.name),
            msg("The page may have changed. Set content in [[morning.source]]."),
        )
    return part


def _fate(article: Article, part: Part, fate: str, reason: str = "") -> Told:
    title = part.script.article.title or article.title
    return Told(article.source, article.address, title, fate, reason)  # type: ignore[arg-type]
