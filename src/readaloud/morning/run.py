"""A morning: finish what a broken run began, gather, choose, make the bulletin, announce it.

A run may be killed at any moment: what was seen is on record before it is acted on, and the next
run goes on from there. An article is in one bulletin, or left out with its reason, or waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from readaloud.config.folders import data_folder
from readaloud.config.run_options import Options
from readaloud.editions.observer import Observer, Quiet
from readaloud.editions.run_state import Run, open_run
from readaloud.editions.voice_and_lexicon import find_voice, prepare
from readaloud.errors import ReadaloudError, msg
from readaloud.files.atomic import output_errors
from readaloud.files.lock import only_run
from readaloud.morning.announcing import announce
from readaloud.morning.bulletin_of_day import BulletinOfDay
from readaloud.morning.choice import choose
from readaloud.morning.database import FILE_NAME, Database
from readaloud.morning.deadline import Clock, Deadline, day_of, make_deadline, now
from readaloud.morning.gathering import Gathering
from readaloud.morning.polite import Polite
from readaloud.morning.seen import Article, Edition, Seen
from readaloud.morning.servers import Servers
from readaloud.morning.settings import Morning, options_of
from readaloud.morning.told import Announced, Event, Gathered, Made, NoBulletin, Told
from readaloud.sources.find import safe_stem


def run_morning(  # noqa: PLR0913 - most are keywords
    morning: Morning,
    options: Options,
    *,
    config: Path | None = None,
    observer: Observer | None = None,
    clock: Clock = now,
    gather_only: bool = False,
) -> Iterator[Event]:
    """Make the bulletin of the day, by the morning's deadline, of what is new.

    Args:
        morning: the bulletin and its sources; see ``read_morning``.
        options: how editions are made.
        config: the settings that say what follows a bulletin.
        observer: told how the making of the bulletin goes on.
        clock: what time it is.
        gather_only: remember what is new, and make no bulletin.

    Yields:
        What became of each article and source, the bulletin, and what followed.

    Raises:
        ConfigError, VoiceNotFoundError, MissingDependencyError: nothing could be begun.
        OutputError: another run makes this bulletin, or what was seen can't be kept.
    """
    options = replace(options, album=options.album or morning.name)
    voice = prepare(options)
    for source in morning.sources:
        find_voice(options_of(source, options) or options)
    deadline, passed = make_deadline(morning.by, morning.spare_minutes, clock)
    observer = observer or Quiet()
    if passed is not None and not gather_only:
        observer.notice(
            msg("{by} has passed: the bulletin is made of all that is there.", by=morning.by)
        )
    folder = Path(morning.data) if morning.data else data_folder()
    with ExitStack() as stack:
        _hold(folder, morning.name, stack)
        base = stack.enter_context(Database(folder / FILE_NAME))
        seen = Seen(base)
        run = stack.enter_context(open_run(voice, options, observer))
        stack.enter_context(run.kept.edition())
        unfinished = tuple(seen.editions(morning.name, "making"))
        begun = _Morning(morning, config, seen, Servers(base), run, deadline, unfinished)
        yield from begun.finish_begun()
        yield from begun.gather()
        if gather_only:
            yield Gathered(len(seen.waiting(morning.name)))
        else:
            yield from begun.make_bulletin()


def _hold(folder: Path, name: str, stack: ExitStack) -> None:
    """Be the only run that makes this bulletin.

    Raises:
        OutputError: there is another, or the folder can't be written.
    """
    with output_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    taken = msg("Another run is making “{name}”.", name=name)
    stack.enter_context(only_run(folder / f"{safe_stem(name)}.lock", taken))


@dataclass(frozen=True, slots=True)
class _Morning:
    morning: Morning
    config: Path | None
    seen: Seen
    servers: Servers
    run: Run
    deadline: Deadline
    unfinished: tuple[Edition, ...]
    """What an earlier run had begun."""

    def finish_begun(self) -> Iterator[Event]:
        """Make and announce what an earlier run had begun."""
        for edition in self.unfinished:
            yield from self._of_today().resume(edition)
        for edition in self.seen.editions(self.morning.name, "made"):
            yield self._announce(edition)

    def gather(self) -> Iterator[Event]:
        """Ask all sources."""
        yield from self._gathering().ask()

    def make_bulletin(self) -> Iterator[Event]:
        """Choose, fetch, and make the bulletin of the day."""
        name, clock = self.morning.name, self.deadline.clock
        day = self._of_today().day.isoformat()
        if self.seen.edition_of(name, day):
            if day not in {edition.day for edition in self.unfinished}:
                yield NoBulletin(msg("the bulletin of {day} is there already", day=day))
            yield Gathered(len(self.seen.waiting(name)))
            return
        choice = choose(self.seen.waiting(name), self.morning, clock())
        for article, reason in choice.gone:
            self.seen.leave_out([article.id], reason)
            if article.first_seen < self.deadline.began.replace(microsecond=0):
                yield _told(article, "left out", reason)
        yield from (_told(each, "waits", msg("too many for one bulletin")) for each in choice.over)
        yield from self._gathering().fetch(choice.taken)
        chosen = [each.id for each in choice.taken]
        kept = {each.id: each for each in self.seen.waiting(name) if each.kept}
        made = False
        for event in self._of_today().make([kept[each] for each in chosen if each in kept]):
            made |= isinstance(event, Made)
            yield event
        if not made:
            yield NoBulletin(msg("nothing could be taken") if chosen else msg("nothing is new"))
        for edition in self.seen.editions(name, "made"):
            yield self._announce(edition)

    def _announce(self, edition: Edition) -> Announced:
        try:
            told = tuple(announce(self.run.options.out, self.config))
        except ReadaloudError as error:
            return Announced(edition.day, error=error)
        self.seen.mark_published(edition)
        return Announced(edition.day, told)

    def _of_today(self) -> BulletinOfDay:
        day = day_of(self.morning.by, self.deadline.clock).date()
        return BulletinOfDay(self.morning, day, self.seen, self.deadline, self.run)

    def _gathering(self) -> Gathering:
        clock, private = self.deadline.clock, self.run.options.allow_private
        polite = Polite(self.servers, clock, allow_private=private)
        return Gathering(self.morning, self.seen, polite, clock, self.deadline.gather_ends)


def _told(article: Article, fate: str, reason: str) -> Told:
    return Told(article.source, article.address, article.title, fate, reason)  # type: ignore[arg-type]
