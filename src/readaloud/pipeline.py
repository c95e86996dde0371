"""The order of work; this page is the architecture.

    load      bytes of a file or an address              sources.py, fetching.py
    read      bytes -> Document                          readers/
    edit      Document -> Article, with removals         editing/
    script    Article -> Script: utterances              script/
    speak     Script -> Clips, through the cache         synthesis.py, engines/, cache.py
    join      Clips -> one timeline of PCM               production.py, audio/join.py
    master    PCM -> PCM at -16 LUFS                     production.py, audio/loudness.py
    write     Narration -> files                         production.py, writers/
    publish   files -> under their final names           files.py

bulletin.py puts several Scripts into one. Beside it stand publishing/, and checking/, which holds
finished files against their report.

Values go forward only. Each stage is imported when it is used, so that a run pays for what it
needs. Nothing appears under a final name before it is whole and has been verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from readaloud.errors import (
    ConfigError,
    EngineUnavailableError,
    ReadaloudError,
    ServiceDownError,
)
from readaloud.files import first_time, open_workshop, prepare_output, publish
from readaloud.models import Script, Source, Voice
from readaloud.observing import Edition, Observer, Outcome, Quiet
from readaloud.options import Options, cache_folder

if TYPE_CHECKING:
    from readaloud.script import Lexicon
    from readaloud.sources import Place

_SAMPLE_TEXT = "您好，我是readaloud的朗讀者。今天是2020年1月23日，氣溫零下20度。祝您聽得愉快！\n"


def make_script(source: Source, voice: Voice, lexicon: Lexicon, options: Options) -> Script:
    """Read, edit and script one source for a voice.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
    """
    from readaloud import editing, readers, script
    from readaloud.engines import load_engine

    engine = load_engine(voice.engine)
    article = editing.edit(readers.read(source, options.reading), options.rules)
    needs = engine.needs_readings
    return script.make_script(article, voice, engine.max_chars, needs, lexicon)


def write_sample(options: Options, text: str = _SAMPLE_TEXT) -> Path:
    """Write a few seconds of the voice to ``<voice>-sample.mp3`` in the output folder.

    Raises:
        VoiceNotFoundError, EngineError, OutputError: it can't be made.
    """
    voice = find_voice(options)
    prepare_output(options.out)
    name = f"{voice.name}-sample"
    source = Source(name, name, ".txt", text.encode())
    with open_run(voice, replace(options, formats=("mp3",), jobs=1), Quiet()) as run:
        return _build_one(source, None, run).files[0]


def find_lexicon(options: Options, article: Place | None = None) -> Lexicon:
    """The words of the lexicons there are; the nearer to the article, the weightier.

    The working folder's (or the option's) ``lexicon.toml``, then the user's, then the article's
    own: ``news.lexicon.toml`` beside ``news.txt``.

    Raises:
        ConfigError: one is broken, or the one asked for is not there.
    """
    import platformdirs

    from readaloud.script import Lexicon, read_lexicon

    asked = options.lexicon
    if asked is not None and not asked.is_file():
        raise ConfigError(f"There is no lexicon {asked}.", "Check --lexicon.")
    paths = [
        asked or Path("lexicon.toml"),
        platformdirs.user_config_path("readaloud") / "lexicon.toml",
    ]
    if isinstance(article, Path):
        paths.append(article.with_name(f"{article.stem}.lexicon.toml"))
    merged = Lexicon()
    for path in paths:
        merged = read_lexicon(path).over(merged)
    return merged


def find_voice(options: Options, name: str | None = None) -> Voice:
    """The voice of that name, else the one that the options name, with the options' prosody.

    Raises:
        VoiceNotFoundError: no profile has that name; the remedy lists near ones.
    """
    from readaloud import voices

    return options.apply_to(voices.find_voice(name or options.voice, options.voices_dir))


class Run:
    """What all editions of a run share: voice, options, observer, and workers for each engine."""

    def __init__(
        self, voice: Voice, options: Options, observer: Observer, stack: ExitStack
    ) -> None:
        self.voice = voice
        self.options = options
        self.observer = observer
        self.made: dict[str, Edition] = {}
        """By content: the same article under another name is made once."""
        self._stack = stack
        self._executors: dict[str, Executor] = {}

    def executor_of(self, voice: Voice) -> Executor:
        """The workers of a voice's engine, started when they are first needed."""
        from readaloud.engines import load_engine
        from readaloud.synthesis import open_executor

        if voice.engine not in self._executors:
            engine = load_engine(voice.engine)
            if engine.notice and first_time(cache_folder(self.options) / "notices" / engine.name):
                self.observer.notice(engine.notice)
            opened = open_executor(engine, self.options.jobs)
            self._executors[voice.engine] = self._stack.enter_context(opened)
        return self._executors[voice.engine]


def build(
    names: Sequence[str], options: Options, observer: Observer | None = None
) -> list[Outcome]:
    """Make an edition of each source that ``names`` lead to; a bad one never stops the others.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
        OutputError: the output folder can't be written.
    """
    voice = prepare(options)
    outcomes = []
    with open_run(voice, options, observer or Quiet()) as run:
        taken: set[str] = set()
        for found in find_files(names):
            outcome = _attempt(found, taken, run)
            run.observer.ended(outcome)
            outcomes.append(outcome)
    return outcomes


def prepare(options: Options) -> Voice:
    """The voice of a run whose options can all be met.

    Raises:
        ConfigError, VoiceNotFoundError, OutputError: one can't.
    """
    from readaloud.writers import load_writer

    voice = find_voice(options)
    if options.fallback:
        find_voice(options, options.fallback)
    for name in options.formats:
        load_writer(name)
    prepare_output(options.out)
    return voice


@contextmanager
def open_run(voice: Voice, options: Options, observer: Observer) -> Iterator[Run]:
    """A run whose workers end with it."""
    with ExitStack() as stack:
        yield Run(voice, options, observer, stack)


def find_files(names: Sequence[str]) -> Iterator[Place | Outcome]:
    """What names lead to; what can't be searched is an outcome with its error."""
    from readaloud.sources import find_sources

    seen: set[Place] = set()
    for name in names:
        try:
            for place in find_sources([name]):
                known = place.resolve() if isinstance(place, Path) else place
                if known not in seen:
                    seen.add(known)
                    yield place
        except ReadaloudError as error:
            yield Outcome(name, error=error)


def _attempt(found: Place | Outcome, taken: set[str], run: Run) -> Outcome:
    """Build one source; its failure becomes its outcome."""
    from readaloud.sources import edition_stem, load_source

    if isinstance(found, Outcome):
        return found
    try:
        stem = edition_stem(found, run.options.out, taken)
        source = load_source(found, allow_private=run.options.allow_private)
        source = replace(source, stem=stem)
        return Outcome(str(found), _build_one(source, found, run))
    except ReadaloudError as error:
        return Outcome(str(found), error=error)


def _build_one(source: Source, place: Place | None, run: Run) -> Edition:
    def with_voice(voice: Voice) -> Edition:
        return make_edition(None, source, voice, place, run)

    return with_fallback(with_voice, source.name, run)


def with_fallback(make: Callable[[Voice], Edition], name: str, run: Run) -> Edition:
    """With the voice asked for; the whole of it with the fallback where that one is down."""
    try:
        return make(run.voice)
    except (ServiceDownError, EngineUnavailableError) as error:
        if run.options.fallback is None:
            raise
        voice = find_voice(run.options, run.options.fallback)
        run.observer.notice(f"{error.message} {name} is spoken by {voice.name}.")
        return make(voice)


def make_edition(
    script: Script | None, source: Source, voice: Voice, place: Place | None, run: Run
) -> Edition:
    """The edition of a source, or the one there is that is the same; ``script`` where it is made.

    Raises:
        InputError, EngineError, OutputError: it can't be made.
    """
    from readaloud.engines import load_engine
    from readaloud.freshness import edition_key, find_edition

    options, lexicon = run.options, find_lexicon(run.options, place)
    key = edition_key(source, voice, lexicon, load_engine(voice.engine).model_id(), options)
    made_before = find_edition(options.out, source.stem, options.formats, key)
    if made_before and not options.rebuild:
        return run.made.setdefault(made_before.content_sha256, made_before)
    script = script or make_script(source, voice, lexicon, options)
    content = script.content_sha256
    if content not in run.made:
        run.made[content] = _speak(script, source, key, voice, run)
    return run.made[content]


def _speak(script: Script, source: Source, key: str, voice: Voice, run: Run) -> Edition:
    from readaloud.cache import ClipCache
    from readaloud.production import Named, produce
    from readaloud.synthesis import synthesize

    options = run.options
    run.observer.planned(source.name, script)
    cache = ClipCache(cache_folder(options))
    clips = synthesize(script, voice, cache, run.executor_of(voice), run.observer.spoke)
    named = Named(source.stem, key, hashlib.sha256(source.data).hexdigest())
    with open_workshop(options.out) as folder:
        narration, written = produce(clips, named, options, folder, run.observer.stage)
        files = publish(written, options.out)
    return Edition(
        source=source.name,
        title=narration.title,
        files=files,
        voice=voice.name,
        duration_ms=narration.duration_ms,
        chapters=len(narration.marks),
        utterances=len(script.utterances),
        synthesized=clips.synthesized,
        removed=len(script.article.removed) + len(script.skipped),
        loudness=narration.loudness,
        content_sha256=script.content_sha256,
    )
