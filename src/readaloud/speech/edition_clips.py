"""Script -> clips: what the cache lacks is spoken by workers while the rest is still planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from math import inf
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from readaloud.audio import SAMPLE_RATE_HZ
from readaloud.audio.clipfile import encode_clip
from readaloud.audio.rhythm import make_rhythm
from readaloud.errors import (
    EngineError,
    EngineUnavailableError,
    IncompleteAudioError,
    NoAudioError,
    ReadaloudError,
    ServiceDownError,
    Several,
    TimeOverError,
    UtteranceTooLongError,
    msg,
    msg_count,
)
from readaloud.model import Clip, Script, Utterance, Voice
from readaloud.speech.clip_cache import ClipCache, clip_key
from readaloud.speech.engines import load_engine
from readaloud.speech.utterance_queue import Workers

if TYPE_CHECKING:
    from readaloud.audio.live_sound import LiveSound

OnClip = Callable[[Utterance, int, bool], None]
"""Called with each utterance that is there, its length in ms, and whether the cache had it."""


@dataclass(frozen=True, slots=True)
class Clips:
    """The clips of a script, in its order, read from the cache one at a time."""

    script: Script
    voice: Voice
    cache: ClipCache
    keys: tuple[str, ...]
    synthesized: int
    """How many utterances were spoken for this edition; the others were in the cache."""

    def __iter__(self) -> Iterator[Clip]:
        """Yield one clip an utterance."""
        for utterance, key in zip(self.script.utterances, self.keys, strict=True):
            yield self.cache.read(key, utterance.id)


class Speaking(AbstractContextManager["Speaking"]):
    """Gets the clips of one edition: ``add`` utterances as they are planned, then ``finish``.

    Left early, as a context, it takes back what no worker has begun.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        voice: Voice,
        cache: ClipCache,
        workers_of: Callable[[Voice], Workers],
        on_clip: OnClip,
        number: int = 0,
        live: LiveSound | None = None,
    ) -> None:
        """``number`` is the edition's place in the run: the earlier ones are spoken first.

        With ``live`` it is heard while it is spoken, and so spoken in its order.
        """
        self._voice, self._cache, self._workers_of = voice, cache, workers_of
        self._on_clip, self._number, self._live = on_clip, number, live
        self._model_ids: dict[str, str] = {}
        self._asked_of: set[Workers] = set()
        self._keys: list[str] = []
        self._known: set[str] = set()
        self._missing: dict[str, Utterance] = {}
        self._asked: dict[str, Future[int]] = {}
        self._failures: list[tuple[Utterance, ReadaloudError]] = []
        self._spoken: SimpleQueue[tuple[str, Future[int]]] = SimpleQueue()
        self._synthesized = 0

    def __exit__(self, *_: object) -> None:
        """Let go of what was asked for and is not there."""
        for workers in self._asked_of:
            workers.forget(self._missing)

    def add(self, utterance: Utterance) -> None:
        """See to it that the utterance's clip comes into the cache.

        Raises:
            OutputError: the cache can't be written.
        """
        voice = utterance.voice or self._voice
        key = clip_key(utterance, voice, self._model_id(voice))
        self._keys.append(key)
        if utterance.rhythm:
            self._cache.put(key, encode_clip(Clip(utterance.id, make_rhythm(), SAMPLE_RATE_HZ)))
        if key in self._known:
            self._on_clip(utterance, 0, True)
            self._let_hear(key, utterance)
            return
        self._known.add(key)
        # In this order: a clip is kept before it stops being wanted.
        workers = self._workers_of(voice)
        clip = workers.join(key)
        if clip is None and not self._is_sound(key, utterance):
            keep = partial(self._cache.put, key)
            in_turn = self._live is not None
            clip = workers.ask(key, utterance, voice, self._number, keep, in_turn=in_turn)
            self._synthesized += 1
        if clip is not None:
            self._asked_of.add(workers)
            self._missing[key] = utterance
            clip.add_done_callback(lambda done: self._spoken.put((key, done)))
            if self._live is not None:
                self._asked[key] = clip
        self._let_hear(key, utterance)
        while not self._spoken.empty():
            self._hear()

    def _model_id(self, voice: Voice) -> str:
        """Of the voice's engine, the same from the first utterance to the last."""
        if voice.engine not in self._model_ids:
            self._model_ids[voice.engine] = load_engine(voice.engine).model_id()
        return self._model_ids[voice.engine]

    def _let_hear(self, key: str, utterance: Utterance) -> None:
        """Have it written to the stream when it is there; none that fails holds up the others."""
        if self._live is None:
            return
        asked = self._asked.get(key)

        def ready() -> Clip | None:
            try:
                if asked is not None:
                    asked.result()
                return self._cache.read(key, utterance.id)
            except (ReadaloudError, OSError, CancelledError):  # the edition tells of it
                return None

        self._live.put(utterance, ready)

    def finish(self, script: Script, ends: Callable[[], float] = lambda: inf) -> Clips:
        """Wait for all clips; of the script's utterances, the first have been added, or none.

        Every utterance is tried, and what succeeds is kept, before a failure is raised. ``ends`` is
        asked again and again until when there is time, in seconds of ``time.monotonic``.

        Raises:
            EngineError: utterances that could not be spoken, named.
            TimeOverError: the time was over before.
            OutputError: the cache can't be written.
        """
        for utterance in script.utterances[len(self._keys) :]:
            self.add(utterance)
        while self._missing:
            if monotonic() >= ends():
                raise TimeOverError(msg("There was no time to speak it."))
            self._hear()
        if self._failures:
            raise _summary(self._failures)
        return Clips(script, self._voice, self._cache, tuple(self._keys), self._synthesized)

    def _is_sound(self, key: str, utterance: Utterance) -> bool:
        """Whether the cache holds the clip, undamaged; a damaged one is dropped."""
        if not self._cache.has(key):
            return False
        try:
            length_ms = self._cache.check(key, utterance.id)
        except (EngineError, OSError):
            self._cache.drop(key)
            return False
        self._on_clip(utterance, length_ms, True)
        return True

    def _hear(self) -> None:
        """Hear of a clip, or of none after a moment: a thread that sleeps can't be stopped."""
        try:
            key, clip = self._spoken.get(timeout=0.2)
        except Empty:
            return
        utterance = self._missing.pop(key)
        try:
            duration_ms = clip.result()
        except EngineError as error:
            self._failures.append((utterance, error))
        else:
            self._on_clip(utterance, duration_ms, False)


MOST_NAMED = 5
"""Utterances that an error names."""
_KINDS: tuple[type[EngineError], ...] = (
    ServiceDownError,
    NoAudioError,
    IncompleteAudioError,
    EngineUnavailableError,
    UtteranceTooLongError,
    EngineError,
)


def _summary(failures: list[tuple[Utterance, ReadaloudError]]) -> EngineError:
    """One error that names the utterances; its kind and remedy are the worst one's."""
    kind, worst = next(
        (kind, error) for kind in _KINDS for _, error in failures if isinstance(error, kind)
    )
    failures.sort(key=lambda failure: failure[0].id)
    shown = failures[:MOST_NAMED]
    told = msg_count(
        "{count} utterance could not be spoken: {named}",
        "{count} utterances could not be spoken: {named}",
        len(failures),
        named=_named(shown, with_reasons=kind is not ServiceDownError),
    )
    if more := len(failures) - len(shown):
        told = msg("{told} And {more} more.", told=told, more=more)
    if kind is ServiceDownError:
        told = msg("{why} {told}", why=worst.message, told=told)
    return kind(told, worst.remedy)


def _named(failures: list[tuple[Utterance, ReadaloudError]], *, with_reasons: bool) -> Several:
    """Which utterances, by id and beginning."""
    if not with_reasons:
        named = [msg("{id} “{text}”", id=u.id, text=u.text[:20]) for u, _ in failures]
        return Several([*named[:-1], msg("{last}.", last=named[-1])])
    return Several(
        msg("{id} “{text}”: {why}", id=u.id, text=u.text[:20], why=error.message)
        for u, error in failures
    )
