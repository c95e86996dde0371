"""Several articles in one edition: an opening with the contents, the articles, an ending.

Each article is read, edited and scripted by itself, in its own script and with its own lexicon; the
scripts are then put one behind the other (``bulletin_script.py``). Chapters stay a flat list in the
order of time: a section's chapter has level 1, an article's level 2, or 1 where the bulletin has no
sections, and what stands below it one more, with the chapter above it as their parent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from readaloud.audio.join import Gaps
from readaloud.config.programme import Programme
from readaloud.config.run_options import Options
from readaloud.editions.bulletin_script import BulletinMaker
from readaloud.editions.bulletin_words import Bulletin
from readaloud.editions.observer import Observer, Quiet
from readaloud.editions.own_rules import check_one, options_for
from readaloud.editions.pipeline import (
    find_files,
    make_edition,
    with_fallback,
)
from readaloud.editions.programme_music import hashes, read_score
from readaloud.editions.run_state import Job, Run, open_run
from readaloud.editions.scripting import make_script, marked
from readaloud.editions.voice_and_lexicon import find_lexicon, find_voice, prepare
from readaloud.errors import ReadaloudError, msg
from readaloud.formats import REPORT
from readaloud.model import Edition, Outcome, Script, Source, Text, Voice

if TYPE_CHECKING:
    from readaloud.audio.live_sound import LiveSound
    from readaloud.sources.find import Place

SCRIPT = "script"
"""The format that a correction needs."""
__all__ = ["Bulletin", "Item", "Part", "build", "bulletin_script", "make_bulletin", "read_part"]


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
    if REPORT in run.options.formats and SCRIPT not in run.options.formats:  # see ``correct.py``
        run.options = replace(run.options, formats=(*run.options.formats, SCRIPT))
    job = Job(run, 0, run.observer.begin(bulletin.name))
    once = list(_once(parts, run.observer))

    def with_voice(voice: Voice) -> Edition:
        said = once if voice == run.voice else [each.said_by(voice, run) for each in once]
        script = _timed_script(said, bulletin, voice, run)
        source = _as_source(bulletin, stem, said, run.options)
        return make_edition(script, source, voice, None, job)

    try:
        outcome = Outcome(bulletin.name, with_fallback(with_voice, bulletin.name, run))
    except ReadaloudError as error:
        outcome = Outcome(bulletin.name, error=error)
    outcome = replace(outcome, seconds=perf_counter() - start)
    job.observer.ended(outcome)
    return outcome


def bulletin_script(parts: Sequence[Part], bulletin: Bulletin, voice: Voice, run: Run) -> Script:
    """All that a bulletin of these parts says, its own words in ``voice``, but for the time.

    Raises:
        ConfigError: its own words tell of a day that is not known, or the voice can't say the mark
            of synthetic speech.
    """
    maker = _maker(bulletin, voice, run)
    return marked(maker.script(parts), voice, maker.lexicon, run.options)


def _maker(bulletin: Bulletin, voice: Voice, run: Run) -> BulletinMaker:
    lexicon = find_lexicon(run.options, run=run)
    return BulletinMaker(bulletin, run.options.programme, voice, lexicon)


def _timed_script(parts: Sequence[Part], bulletin: Bulletin, voice: Voice, run: Run) -> Script:
    """The same with the time told in between, where the settings say when it is broadcast."""
    from readaloud.editions.time_checks import with_time_checks
    from readaloud.speech.edition_clips import Speaking

    maker, programme = _maker(bulletin, voice, run), run.options.programme
    if not programme.starts:
        return bulletin_script(parts, bulletin, voice, run)

    def make(times: Mapping[int, str]) -> Script:
        return marked(maker.script(parts, times), voice, maker.lexicon, run.options)

    def lengths_of(script: Script) -> list[int]:
        with Speaking(voice, run.clips, run.workers_of, lambda *_: None) as speaking:
            return [clip.duration_ms for clip in speaking.finish(script)]

    score = read_score(programme.music)
    gaps = score.gaps if score else Gaps()
    say = maker.words(maker.ordered(parts)).time_check
    with run.kept.edition():
        return with_time_checks(make, lengths_of, say, programme, gaps)


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


def _as_source(bulletin: Bulletin, stem: str, parts: Sequence[Part], options: Options) -> Source:
    """All that the bulletin is made of, as one source: its hash changes with any part of it."""
    made_of = [
        (
            part.source.name,
            hashlib.sha256(part.source.data).hexdigest(),
            repr((part.voice, part.item.section, part.script)),
        )
        for part in parts
    ]
    own = [] if options.programme == Programme() else [repr(options.programme)]
    own += hashes(options.programme.music)
    data = json.dumps([str(bulletin), made_of, *own]).encode()
    return Source(bulletin.name, stem, "", data)
