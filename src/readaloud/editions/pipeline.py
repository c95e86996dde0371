"""The order of work: from a source to the files of its edition.

    load      bytes of a file or an address              sources/find.py, sources/fetch.py
    read      bytes -> Document                          sources/readers/
    edit      Document -> Article, with removals         editing/
    script    Article -> Script: utterances              spoken/
    speak     utterances -> Clips, through the cache     speech/
    join      Clips -> one timeline of PCM               finished_files.py, audio/join.py
    master    PCM -> PCM at -16 LUFS                     finished_files.py, audio/loudness.py
    write     Narration -> files                         finished_files.py, formats/
    publish   files -> under their final names           files/atomic.py

``in_order.py`` makes several editions at once, ``run.py`` holds what they share; ``bulletin.py``
puts several Scripts into one; ``check.py`` holds finished files against their report.

Values go forward only. Each stage is imported when it is used, so that a run pays for what it
needs. Nothing appears under a final name before it is whole and has been verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from readaloud.config.run_options import Options
from readaloud.editions.in_order import in_order
from readaloud.editions.observer import Observer, Quiet
from readaloud.editions.own_rules import check_one, options_for
from readaloud.editions.run_state import Job, Run, open_run
from readaloud.editions.scripting import make_marked_script
from readaloud.editions.voice_and_lexicon import find_lexicon, find_voice, prepare
from readaloud.errors import (
    EngineUnavailableError,
    ReadaloudError,
    ServiceDownError,
    msg,
)
from readaloud.files.atomic import open_bench, publish
from readaloud.model import Edition, Outcome, Script, Source, Text, Voice

if TYPE_CHECKING:
    from readaloud.audio.live_sound import LiveSound
    from readaloud.editions.finished_files import Named
    from readaloud.sources.find import Place
    from readaloud.speech.edition_clips import Speaking

_BYTES_AN_UTTERANCE = 4096
"""An utterance has some 100; but much of a web page is no text."""


def build(
    names: Sequence[str | Text],
    options: Options,
    observer: Observer | None = None,
    live: LiveSound | None = None,
) -> Iterator[Outcome]:
    """Make an edition of each source that ``names`` lead to; a bad one never stops the others.

    Several are made at once; their outcomes come in the order of the sources. With ``live`` they
    are heard one after another while they are spoken, those that are up to date too.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
        OutputError: the output folder can't be written.
    """
    check_one(names, options)
    voice = prepare(options)
    with open_run(voice, options, observer or Quiet(), live) as run:
        found = _with_stems(find_files(names), options.out)
        yield from in_order(found, partial(_attempt, run), run.articles_at_once)


def _with_stems(
    found: Iterator[Place | Outcome], out: Path
) -> Iterator[tuple[Place | Outcome, str]]:
    """Each source with the name of its edition, given in the order of the sources."""
    from readaloud.editions.filenames import edition_stem

    taken: set[str] = set()
    for place in found:
        yield place, "" if isinstance(place, Outcome) else edition_stem(place, out, taken)


def find_files(names: Sequence[str | Text]) -> Iterator[Place | Outcome]:
    """What names lead to; what can't be searched is an outcome with its error."""
    from readaloud.sources.find import find_sources, same_place

    seen: set[str] = set()
    for name in names:
        try:
            for place in find_sources([name]):
                known = same_place(place)
                if known not in seen:
                    seen.add(known)
                    yield place
        except ReadaloudError as error:
            yield Outcome(str(name), error=error)


def _attempt(run: Run, number: int, found: tuple[Place | Outcome, str]) -> Outcome:
    """Build one source; its failure becomes its outcome."""
    place, stem = found
    start = perf_counter()
    job = Job(run, number, run.observer.begin(_name(place)))
    try:
        outcome = place if isinstance(place, Outcome) else _outcome_of(place, stem, job)
    finally:
        run.turns.end(number)
    outcome = replace(outcome, seconds=perf_counter() - start)
    job.observer.ended(outcome)
    return outcome


def _name(place: Place | Outcome) -> str:
    return place.source if isinstance(place, Outcome) else str(place)


def _outcome_of(place: Place, stem: str, job: Job) -> Outcome:
    from readaloud.sources.find import load_source

    try:
        source = load_source(place, allow_private=job.run.options.allow_private)
        return Outcome(str(place), build_one(replace(source, stem=stem), place, job))
    except ReadaloudError as error:
        return Outcome(str(place), error=error)


def build_one(source: Source, place: Place | None, job: Job) -> Edition:
    """The edition of one source; ``place`` is where its own lexicon is looked for.

    Raises:
        InputError, EngineError, OutputError: it can't be made.
    """

    def with_voice(voice: Voice) -> Edition:
        return make_edition(None, source, voice, place, job)

    return with_fallback(with_voice, source.name, job.run)


def with_fallback(make: Callable[[Voice], Edition], name: str, run: Run) -> Edition:
    """With the voice asked for; the whole of it with the fallback where that one is down."""
    try:
        return make(run.voice)
    except (ServiceDownError, EngineUnavailableError) as error:
        if run.options.fallback is None:
            raise
        voice = find_voice(run.options, run.options.fallback)
        run.observer.notice(
            msg(
                "{message} {voice} will speak {name} instead.",
                message=error.message,
                name=name,
                voice=voice.name,
            )
        )
        return make(voice)


def make_edition(
    script: Script | None, source: Source, voice: Voice, place: Place | None, job: Job
) -> Edition:
    """The edition of a source, or the one there is that is the same; ``script`` where it is made.

    Raises:
        InputError, EngineError, OutputError: it can't be made.
    """
    from readaloud.editions.up_to_date import edition_key, find_edition
    from readaloud.speech.edition_clips import Speaking
    from readaloud.speech.engines import load_engine

    run, options = job.run, options_for(job.run.options, place)
    lexicon = find_lexicon(options, place, run)
    key = edition_key(source, voice, lexicon, load_engine(voice.engine).model_id(), options)
    there = None
    if not options.rebuild and run.live is None:
        there = find_edition(options.out, source.stem, options.formats, key)
    if there is not None:
        with run.turns.take(job.number):
            first = run.firsts.claim(there.content_sha256)
        return first(lambda: there)
    workers = run.workers_of(voice)
    workers.warm(_sure_utterances(source, options))
    speaks = Speaking(voice, run.clips, run.workers_of, job.observer.spoke, job.number, run.live)
    with run.kept.edition(), speaks as speaking:
        with run.turns.take(job.number):
            plan = partial(make_marked_script, source, voice, lexicon, options, speaking.add)
            script = script or _plan(plan, run)
            first = run.firsts.claim(script.content_sha256)
        named = partial(_named, source, script, key, place, options)
        return first(partial(_make, script, speaking, named, job))


def _sure_utterances(source: Source, options: Options) -> int:
    """How many utterances will surely have to be spoken, before anything is planned.

    One at least where an edition is there and something of it has changed; where there is none,
    one for every so many bytes.
    """
    if (options.out / f"{source.stem}.json").exists():
        return 1
    return 1 + len(source.data) // _BYTES_AN_UTTERANCE


def _plan(make: Callable[[], Script], run: Run) -> Script:
    """The script, and what has to be said of its source."""
    with run.front_end:
        script = make()
    for notice in script.article.notices:
        run.observer.notice(notice)
    return script


def _named(
    source: Source, script: Script, key: str, place: Place | None, options: Options
) -> Named:
    from readaloud.editions.cover_image import find_cover
    from readaloud.editions.filenames import album_of
    from readaloud.editions.finished_files import Named

    sha256 = hashlib.sha256(source.data).hexdigest()
    cover = find_cover(script.article, place, options)
    return Named(source.name, source.stem, key, sha256, album_of(options), cover)


def _make(script: Script, speaking: Speaking, name_it: Callable[[], Named], job: Job) -> Edition:
    from readaloud.formats import find_format, find_report

    options = job.run.options
    job.observer.planned(script)
    clips = speaking.finish(script)
    named = name_it()
    with open_bench(job.run.workshop, options.out) as folder:
        finish = job.run.finishing().finish
        narration, written = finish(clips, named, options, folder, job.observer.stage)
        files = publish(written, options.out)
    for name in options.formats:
        if shortfall := find_format(name).shortfall(narration):
            job.run.observer.notice(shortfall)
    return Edition(
        source=named.source,
        title=narration.title,
        files=files,
        voice=clips.voice.name,
        duration_ms=narration.duration_ms,
        chapters=len(narration.marks),
        utterances=len(script.utterances),
        synthesized=clips.synthesized,
        removed=len(script.article.removed),
        unspoken=script.unspoken,
        loudness=narration.loudness,
        content_sha256=script.content_sha256,
        report=find_report(options.out, named.stem, options.formats),
        notices=script.article.notices,
    )
