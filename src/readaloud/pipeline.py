"""The order of work; this page is the architecture.

    load      bytes of a file                            sources.py
    read      bytes -> Document                          readers/
    edit      Document -> Article, with removals         editing/
    script    Article -> Script: utterances              script/
    speak     Script -> Clips, through the cache         synthesis.py, engines/, cache.py
    join      Clips -> one timeline of PCM               audio/join.py
    master    PCM -> PCM at -16 LUFS                     audio/loudness.py
    write     Narration -> files                         writers/
    publish   files -> under their final names           here

Values go forward only. Each stage is imported when it is used, so that a run pays for what it
needs. Nothing appears under a final name before it is whole and has been verified.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from readaloud.errors import OutputError, ReadaloudError, UnreadableSourceError
from readaloud.files import open_workshop, prepare_output, publish
from readaloud.models import Loudness, Narration, Script, Source, Utterance, Voice
from readaloud.options import Options, cache_folder

if TYPE_CHECKING:
    from readaloud.synthesis import Clips

_MOST_MASTERINGS = 3
_LENGTH_SLACK_MS = 30
"""By how much a decoded file may differ from its timeline."""
_SAMPLE_TEXT = "您好，我是readaloud的朗讀者。今天是2020年1月23日，氣溫零下20度。祝您聽得愉快！\n"


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition: its files, and the figures that its closing line shows."""

    source: str
    title: str
    files: tuple[Path, ...]
    voice: str
    duration_ms: int
    chapters: int
    utterances: int
    synthesized: int
    removed: int
    loudness: Loudness

    @property
    def report(self) -> Path | None:
        """The report, where the formats include it."""
        return next((path for path in self.files if path.suffix == ".json"), None)


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be made of one source: a script, or the error that stands in the way."""

    source: str
    script: Script | None = None
    estimated_ms: int = 0
    error: ReadaloudError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: an edition, or the error that stopped it."""

    source: str
    edition: Edition | None = None
    error: ReadaloudError | None = None


class Observer(Protocol):
    """Told how a run goes on; the command line draws its progress from it."""

    def planned(self, source: str, script: Script) -> None:
        """A script is ready to be spoken."""

    def spoke(self, duration_ms: int, cached: bool) -> None:
        """An utterance is there."""

    def stage(self, name: str) -> None:
        """Another stage of the current edition has begun."""

    def ended(self, outcome: Outcome) -> None:
        """A source is done, or failed."""


class Quiet:
    """An observer that says nothing."""

    def planned(self, source: str, script: Script) -> None:
        """Say nothing."""

    def spoke(self, duration_ms: int, cached: bool) -> None:
        """Say nothing."""

    def stage(self, name: str) -> None:
        """Say nothing."""

    def ended(self, outcome: Outcome) -> None:
        """Say nothing."""


def make_script(source: Source, voice: Voice) -> Script:
    """Read, edit and script one source for a voice.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
    """
    from readaloud import editing, readers, script
    from readaloud.engines import load_engine

    engine = load_engine(voice.engine)
    article = editing.edit(readers.read(source))
    return script.make_script(article, voice, engine.max_chars, engine.needs_readings)


def plan(path: Path, options: Options) -> Script:
    """What would be spoken of one source, and what was removed; nothing is synthesised.

    Raises:
        InputError: it can't be read, or nothing is left to speak.
        VoiceNotFoundError: there is no such voice.
    """
    from readaloud.sources import load_source

    return make_script(load_source(path), find_voice(options))


def plan_all(names: Sequence[str], options: Options) -> Iterator[Planned]:
    """Plan every source that ``names`` lead to, in turn; a bad one is an error of its own.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
    """
    from readaloud.script import estimate_ms

    voice = find_voice(options)
    for found in _find(names):
        if isinstance(found, Outcome):
            yield Planned(found.source, error=found.error)
            continue
        try:
            script = plan(found, options)
        except ReadaloudError as error:
            yield Planned(str(found), error=error)
        else:
            yield Planned(str(found), script, estimate_ms(script, voice))


def pronounce(text: str, options: Options) -> Utterance:
    """What the voice would say of one line.

    Raises:
        VoiceNotFoundError: there is no such voice.
    """
    from readaloud import script

    return script.pronounce(text, find_voice(options))


def read_lines(stream: TextIO | None) -> Iterator[str]:
    """Lines of standard input, as UTF-8 whatever the locale says.

    Raises:
        UnreadableSourceError: it is closed, or a line is not UTF-8.
    """
    if stream is None:
        raise UnreadableSourceError("Standard input is closed.", "Give the text as an argument.")
    for number, line in enumerate(stream.buffer, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise UnreadableSourceError(
                f"Line {number} of standard input is not UTF-8.", "Convert it, with iconv."
            ) from error


def write_sample(options: Options) -> Path:
    """Write a few seconds of the voice to ``<voice>-sample.mp3`` in the output folder.

    Raises:
        VoiceNotFoundError, EngineError, OutputError: it can't be made.
    """
    voice = find_voice(options)
    prepare_output(options.out)
    name = f"{voice.name}-sample"
    source = Source(name, name, ".txt", _SAMPLE_TEXT.encode())
    with _open_run(voice, replace(options, formats=("mp3",), jobs=1), Quiet()) as run:
        return _build_one(source, run).files[0]


def find_voice(options: Options) -> Voice:
    """The voice that the options name, with their prosody.

    Raises:
        VoiceNotFoundError: no profile has that name; the remedy lists near ones.
    """
    from readaloud import voices

    return options.apply_to(voices.find_voice(options.voice, options.voices_dir))


@dataclass(frozen=True, slots=True)
class _Run:
    """What all editions of a run share."""

    voice: Voice
    options: Options
    executor: Executor
    observer: Observer


def build(
    names: Sequence[str], options: Options, observer: Observer | None = None
) -> list[Outcome]:
    """Make an edition of every source that ``names`` lead to; a bad one never stops the others.

    Raises:
        ConfigError, VoiceNotFoundError: nothing could be begun.
        OutputError: the output folder can't be written.
    """
    from readaloud.writers import load_writer

    voice = find_voice(options)
    for name in options.formats:
        load_writer(name)
    prepare_output(options.out)
    outcomes = []
    with _open_run(voice, options, observer or Quiet()) as run:
        for found, stem in _name_editions(_find(names), options.out):
            outcome = _attempt(found, stem, run)
            run.observer.ended(outcome)
            outcomes.append(outcome)
    return outcomes


@contextmanager
def _open_run(voice: Voice, options: Options, observer: Observer) -> Iterator[_Run]:
    """A run with its workers."""
    from readaloud.engines import load_engine
    from readaloud.synthesis import open_executor

    with open_executor(load_engine(voice.engine), options.jobs) as executor:
        yield _Run(voice, options, executor, observer)


def _find(names: Sequence[str]) -> Iterator[Path | Outcome]:
    """The files that names lead to; what can't be searched is an outcome with its error."""
    from readaloud.sources import find_sources

    seen: set[Path] = set()
    for name in names:
        try:
            for file in find_sources([name]):
                if file.resolve() not in seen:
                    seen.add(file.resolve())
                    yield file
        except ReadaloudError as error:
            yield Outcome(name, error=error)


def _name_editions(
    found: Iterable[Path | Outcome], out: Path
) -> Iterator[tuple[Path | Outcome, str]]:
    """Give each file a name of its own in the output folder: its stem, or stem and a short hash.

    A stem that is the edition of another file, of this run or an earlier one, stays with it.
    """
    from readaloud.sources import safe_stem

    taken: set[str] = set()
    for item in found:
        if isinstance(item, Outcome):
            yield item, ""
            continue
        stem = safe_stem(item.stem)
        if stem.casefold() in taken or _belongs_to_another(out / f"{stem}.json", item):
            stem = f"{stem}-{hashlib.sha256(str(item).encode()).hexdigest()[:8]}"
        taken.add(stem.casefold())
        yield item, stem


def _belongs_to_another(report: Path, file: Path) -> bool:
    """Whether the report there is of a source that still exists and is not this one."""
    try:
        source = Path(json.loads(report.read_text(encoding="utf-8"))["source"])
        return source.is_file() and not source.samefile(file)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _attempt(found: Path | Outcome, stem: str, run: _Run) -> Outcome:
    """Build one source; its failure becomes its outcome."""
    from readaloud.sources import load_source

    if isinstance(found, Outcome):
        return found
    try:
        source = replace(load_source(found), stem=stem)
        return Outcome(str(found), _build_one(source, run))
    except ReadaloudError as error:
        return Outcome(str(found), error=error)


def _build_one(source: Source, run: _Run) -> Edition:
    from readaloud.cache import ClipCache
    from readaloud.synthesis import synthesize

    script = make_script(source, run.voice)
    run.observer.planned(source.name, script)
    cache = ClipCache(cache_folder(run.options))
    clips = synthesize(script, run.voice, cache, run.executor, run.observer.spoke)
    out = run.options.out
    with open_workshop(out) as folder:
        narration, made = _produce(clips, source, run, folder)
        files = publish(made, out)
    return Edition(
        source=source.name,
        title=narration.title,
        files=files,
        voice=run.voice.name,
        duration_ms=narration.duration_ms,
        chapters=len(narration.marks),
        utterances=len(script.utterances),
        synthesized=clips.synthesized,
        removed=len(script.article.removed) + len(script.skipped),
        loudness=narration.loudness,
    )


def _produce(clips: Clips, source: Source, run: _Run, folder: Path) -> tuple[Narration, list[Path]]:
    """Join, master and write; master again, lower, where encoding raised the peaks too far."""
    from readaloud.audio import SAMPLE_RATE_HZ
    from readaloud.audio.join import join
    from readaloud.audio.loudness import CEILING_DBTP, ENCODER_HEADROOM_DB, master

    joined, mastered = folder / "joined.pcm", folder / "mastered.pcm"
    run.observer.stage("join")
    timeline = join(clips.script, clips, joined)
    headroom_db = ENCODER_HEADROOM_DB
    for _ in range(_MOST_MASTERINGS):
        run.observer.stage("master")
        loudness = master(joined, SAMPLE_RATE_HZ, mastered, ceiling_dbtp=CEILING_DBTP - headroom_db)
        narration = Narration(
            script=clips.script,
            voice=run.voice,
            audio=mastered,
            sample_rate_hz=SAMPLE_RATE_HZ,
            frames=timeline.frames,
            cues=timeline.cues,
            marks=timeline.marks,
            source_sha256=hashlib.sha256(source.data).hexdigest(),
            stem=source.stem,
            loudness=loudness,
            cover=run.options.cover,
        )
        run.observer.stage("write")
        narration, made = _write(narration, run.options.formats, folder)
        over_db = narration.loudness.true_peak_dbtp - CEILING_DBTP
        if over_db <= 0:
            return narration, made
        headroom_db += over_db + 0.2
    raise OutputError(
        f"{source.name}: the encoded audio stays {over_db:.1f} dB over {CEILING_DBTP:g} dBTP.",
        "Please report this article.",
    )


def _write(
    narration: Narration, formats: Sequence[str], folder: Path
) -> tuple[Narration, list[Path]]:
    """Write all formats, audio first: the report's loudness is that of the finished file.

    Raises:
        OutputError: a file can't be written, or what was written is not whole.
    """
    from readaloud.audio.loudness import measure_file
    from readaloud.writers import AUDIO_FORMATS, load_writer

    made: dict[str, Path] = {}
    for name in sorted(formats, key=lambda name: name not in AUDIO_FORMATS):
        made[name] = load_writer(name).write(narration, folder)
        if name in AUDIO_FORMATS:
            loudness, decoded_ms = measure_file(made[name])
            if abs(decoded_ms - narration.duration_ms) > _LENGTH_SLACK_MS:
                raise OutputError(
                    f"{made[name].name} holds {decoded_ms} ms of {narration.duration_ms} ms.",
                    "Please report this article.",
                )
            narration = replace(narration, loudness=loudness)
    return narration, [made[name] for name in formats]
