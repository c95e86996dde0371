"""What the editions of a run share.

Articles are planned one after another, in the order of their sources, and what is told of them
keeps that order: a run ends the same however its threads were scheduled.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readaloud.config.folders import cache_folder
from readaloud.config.run_options import Options
from readaloud.editions.in_order import Turns
from readaloud.editions.observer import EditionObserver, Observer
from readaloud.editions.same_content import Firsts
from readaloud.errors import msg
from readaloud.files.atomic import first_time, open_workshop
from readaloud.model import Label, Voice

if TYPE_CHECKING:
    from readaloud.audio.live_sound import LiveSound
    from readaloud.editions.finishing import Finishing
    from readaloud.speech.engines import Engine
    from readaloud.speech.utterance_queue import Workers
    from readaloud.spoken import Lexicon

MOST_AT_ONCE = 256
"""Articles that are worked on, however many workers there are."""
_M_ARENA_MAX = -8
"""As malloc.h has it."""


class Run:
    """What all editions of a run share: voice, options, observer, and workers for each engine."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        voice: Voice,
        options: Options,
        observer: Observer,
        workshop: Path,
        stack: ExitStack,
        live: LiveSound | None = None,
    ) -> None:
        from readaloud.audio.ahead import usable_cores
        from readaloud.speech.cache_limit import UNLIMITED_GB, CacheLimit
        from readaloud.speech.clip_cache import ClipCache

        self.voice = voice
        self.options = options
        self.observer = observer
        self.workshop = workshop
        self.live = live
        """Where the run is heard while it goes on."""
        self.clips = ClipCache(cache_folder(options.cache_dir))
        # What is heard may lag behind the run, and read clips after it: the next run tidies up.
        self.kept = CacheLimit(self.clips, options.cache_max_gb if live is None else UNLIMITED_GB)
        stack.callback(self.kept.close)
        self.firsts = Firsts()
        self.turns = Turns()
        self.front_end = threading.Lock()
        """The front end's libraries hold the interpreter: two articles at once gain nothing."""
        self._cores = usable_cores()
        self._stack = stack
        self._lock = threading.Lock()
        self._workers: dict[str, Workers] = {}
        self._lexicon: Lexicon | None = None
        self._finishing: Finishing | None = None

    def finishing(self) -> Finishing:
        """What joins, masters and encodes; opened when it is first needed."""
        from readaloud.editions.finishing import Finishing

        with self._lock:
            if self._finishing is None:
                self._finishing = self._stack.enter_context(Finishing())
            return self._finishing

    def workers_of(self, voice: Voice) -> Workers:
        """The workers of a voice's engine, opened when they are first needed."""
        from readaloud.speech.engines import load_engine

        with self._lock:
            if voice.engine not in self._workers:
                engine = load_engine(voice.engine)
                marker = cache_folder(self.options.cache_dir) / "notices" / engine.name
                if engine.notice and first_time(marker):
                    self.observer.notice(engine.notice)
                opened = self._open(engine)
                self._workers[voice.engine] = self._stack.enter_context(opened)
            return self._workers[voice.engine]

    def _open(self, engine: type[Engine]) -> AbstractContextManager[Workers]:
        """Workers of this machine, or of a cluster for an engine that computes."""
        from readaloud.speech.utterance_queue import open_workers

        address = self.options.cluster
        if address and engine.parallel == "processes":
            from readaloud.speech.dask_cluster import open_cluster

            return open_cluster(address, engine, self.observer.notice)
        if address:
            self.observer.notice(
                msg(
                    "The engine {name} needs no computing power, so it runs here.",
                    name=engine.name,
                )
            )
        engine.prepare(self.observer.notice)
        self._stack.callback(self._tell_of_change, engine, engine.model_id())
        return open_workers(engine, self.options.jobs)

    def _tell_of_change(self, engine: type[Engine], model_id: str) -> None:
        """Workers that find an engine's way of running unfit take another, and can tell nobody."""
        if engine.model_id() != model_id:
            self.observer.notice(
                msg(
                    "The engine {name} now runs another way: {describe}.",
                    name=engine.name,
                    describe=engine.describe(),
                )
            )

    def lexicon(self, read: Callable[[], Lexicon]) -> Lexicon:
        """The words that all articles of the run share, read once."""
        with self._lock:
            if self._lexicon is None:
                self._lexicon = read()
            return self._lexicon

    def articles_at_once(self) -> int:
        """Enough to keep all workers and all cores busy, if each article had one utterance."""
        with self._lock:
            workers = sum(each.size for each in self._workers.values())
        return min(MOST_AT_ONCE, self._cores + 2 + workers)


@dataclass(frozen=True, slots=True)
class Job:
    """An edition in the making: its place in the run, and who hears of it."""

    run: Run
    number: int
    observer: EditionObserver


def _share_arenas() -> None:
    """Have glibc give threads no more than two arenas of memory.

    By default each thread gets one of many in turn, and each keeps what it once needed: after 2,700
    short articles a run held 108 MiB, after 500 at most 84.
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library, another system
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _with_needed_audio(options: Options, observer: Observer) -> Options:
    """With an audio format where one that is asked for is of no use without; it is told of."""
    from readaloud.formats import audio_formats, find_format

    wanted = [find_format(name) for name in options.formats]
    needing = next((each.name for each in wanted if each.needs_audio), None)
    if needing is None or any(each.is_audio for each in wanted):
        return options
    added = audio_formats()[0].name
    observer.notice(msg("{name} needs audio: {added} is made too.", name=needing, added=added))
    return replace(options, formats=(*options.formats, added))


def _check_mark(label: Label, observer: Observer) -> None:
    """Refuse a label that can't be signed, and tell of one that names nobody.

    Raises:
        ConfigError, MissingDependencyError: nobody can sign.
    """
    if label.mode == "eu":
        from readaloud.formats.shared.credentials import check_signer

        check_signer(label)
    if label.mode == "cn" and not label.producer:
        observer.notice(
            msg(
                "The label names {name} as the producer. Say who you are: producer in [label] of "
                "readaloud.toml.",
                name=label.named_producer,
            )
        )


@contextmanager
def open_run(
    voice: Voice, options: Options, observer: Observer, live: LiveSound | None = None
) -> Iterator[Run]:
    """A run whose workers end with it.

    Raises:
        ConfigError, MissingDependencyError: the cluster can't be used, or the label not be signed.
    """
    _share_arenas()
    _check_mark(options.mark, observer)
    options = _with_needed_audio(options, observer)
    with open_workshop(options.out) as workshop, ExitStack() as stack:
        run = Run(voice, options, observer, workshop, stack, live)
        if options.cluster:
            run.workers_of(voice)
        yield run
