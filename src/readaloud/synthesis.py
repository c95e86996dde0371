"""Script -> clips: what the cache lacks is spoken by an executor, longest utterance first.

Only ``concurrent.futures.Executor`` is spoken here: threads for a network engine, processes for
one that computes, so that any other executor can stand in.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from readaloud.audio.clipfile import decode_clip, encode_clip
from readaloud.audio.trim import check_audio, trim
from readaloud.cache import ClipCache, clip_key
from readaloud.engines import Engine, load_engine
from readaloud.errors import (
    EngineError,
    EngineUnavailableError,
    IncompleteAudioError,
    NoAudioError,
    ReadaloudError,
    ServiceDownError,
    UtteranceTooLongError,
)
from readaloud.models import Clip, Script, Utterance, Voice

if TYPE_CHECKING:
    from tenacity import RetryCallState, Retrying

MOST_ATTEMPTS = 8
"""Where one request in five fails by chance, an edition of 1,000 utterances fails once in 400."""
FIRST_WAIT_S, LONGEST_WAIT_S = 0.3, 10.0

MOST_IN_FLIGHT = 64
"""Utterances handed out at once: enough for many workers, and few enough clips held to be flat."""

OnClip = Callable[[int, bool], None]
"""Called after each utterance with its length in ms, and whether it came from the cache."""

_engines: dict[str, Engine] = {}
_lock = threading.Lock()
_stopped = threading.Event()
"""Set when a run is stopped, so that no retry is waited for."""


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
            yield decode_clip(self.cache.path(key).read_bytes(), utterance.id)


@contextmanager
def open_executor(engine: type[Engine], jobs: int | None) -> Iterator[Executor]:
    """Workers for an engine; a run that is stopped waits for none of them."""
    workers = jobs or default_jobs(engine)
    _stopped.clear()
    pool: Executor
    if engine.parallel == "threads":
        pool = ThreadPoolExecutor(workers)
    else:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare_worker)
    try:
        yield pool
    except BaseException:
        # A pool that is stopped in the midst of its work may wait for its processes for ever
        # (seen with CPython 3.11), and an utterance may take seconds that nobody wants.
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()
        _stopped.set()
        _close_engines()
        raise
    pool.shutdown(wait=True)
    _close_engines()


def default_jobs(engine: type[Engine]) -> int:
    """A process a core for an engine that computes, six requests at once for another."""
    return _usable_cores() if engine.parallel == "processes" else 6


def synthesize(
    script: Script, voice: Voice, cache: ClipCache, executor: Executor, on_clip: OnClip
) -> Clips:
    """Make every clip that the cache lacks.

    Every utterance is tried, and what succeeds is kept, before a failure is raised.

    Raises:
        EngineError: utterances that could not be spoken, named.
        OutputError: the cache can't be written.
    """
    model_id = load_engine(voice.engine).model_id()
    keys = tuple(clip_key(utterance, voice, model_id) for utterance in script.utterances)
    missing: dict[str, Utterance] = {}
    repeated = 0
    for utterance, key in zip(script.utterances, keys, strict=True):
        if key in missing:
            repeated += 1
        elif not _is_sound(cache, key, utterance, on_clip):
            missing[key] = utterance
    _speak_missing(missing, voice, cache, executor, on_clip)
    for _ in range(repeated):
        on_clip(0, True)
    return Clips(script, voice, cache, keys, len(missing))


def _is_sound(cache: ClipCache, key: str, utterance: Utterance, on_clip: OnClip) -> bool:
    """Whether the cache holds the clip and it decodes; a damaged one is dropped."""
    if not cache.has(key):
        return False
    try:
        clip = decode_clip(cache.path(key).read_bytes(), utterance.id)
    except EngineError:
        cache.drop(key)
        return False
    on_clip(clip.duration_ms, True)
    return True


def _speak_missing(
    missing: dict[str, Utterance],
    voice: Voice,
    cache: ClipCache,
    executor: Executor,
    on_clip: OnClip,
) -> None:
    waiting = iter(sorted(missing.items(), key=lambda item: -len(item[1].spoken)))
    futures: dict[Future[tuple[bytes, int]], tuple[str, Utterance]] = {}
    failures: list[tuple[Utterance, ReadaloudError]] = []
    try:
        while True:
            for key, utterance in islice(waiting, MOST_IN_FLIGHT - len(futures)):
                futures[executor.submit(speak, utterance, voice)] = (key, utterance)
            if not futures:
                break
            for future in wait(futures, return_when=FIRST_COMPLETED).done:
                key, utterance = futures.pop(future)
                try:
                    data, duration_ms = future.result()
                except EngineError as error:
                    failures.append((utterance, error))
                else:
                    cache.put(key, data)
                    on_clip(duration_ms, False)
    except BrokenProcessPool as error:
        raise EngineError(
            "A speaking process died (out of memory, or killed).",
            "What was spoken is kept: run again, with a lower --jobs. A Python program that calls "
            'readaloud.build needs its own code under: if __name__ == "__main__".',
        ) from error
    finally:
        for future in futures:
            future.cancel()
    if failures:
        raise _summary(failures)


def speak(utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
    """In a worker: one utterance, trimmed and checked, as an encoded clip and its length in ms.

    What may pass is tried again, with exponential backoff and jitter, where the engine is online;
    one that computes would only fail again.
    """
    engine = _engine(voice.engine)

    def attempt() -> Clip:
        clip = trim(engine.synthesize(utterance, voice))
        check_audio(clip, utterance.spoken, voice.prosody.rate)
        return clip

    clip = attempt() if engine.parallel == "processes" else _retrying()(attempt)
    return encode_clip(clip), clip.duration_ms


def _retrying() -> Retrying:
    from tenacity import Retrying, retry_if_exception_type, wait_random_exponential

    return Retrying(
        retry=retry_if_exception_type((EngineUnavailableError, NoAudioError)),
        stop=_has_tried_enough,
        wait=wait_random_exponential(multiplier=FIRST_WAIT_S, max=LONGEST_WAIT_S),
        sleep=_wait,
        reraise=True,
    )


def _wait(seconds: float) -> None:
    _stopped.wait(seconds)


def _has_tried_enough(state: RetryCallState) -> bool:
    return _stopped.is_set() or state.attempt_number >= MOST_ATTEMPTS


def _engine(name: str) -> Engine:
    """One engine a process, so that a model is loaded once."""
    with _lock:
        if name not in _engines:
            _engines[name] = load_engine(name)()
        return _engines[name]


def _close_engines() -> None:
    with _lock:
        while _engines:
            _engines.popitem()[1].close()


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
    count = f"{len(failures)} utterance{'s' if len(failures) > 1 else ''} could not be spoken"
    more = f"; and {len(failures) - 5} more" if len(failures) > 5 else ""
    if kind is ServiceDownError:
        named = ", ".join(f"{item.id} “{item.text[:20]}”" for item, _ in failures[:5])
        return kind(f"{worst.message} {count}: {named}{more}.", worst.remedy)
    reasons = (f"{u.id} “{u.text[:20]}”: {error.message.rstrip('.')}" for u, error in failures[:5])
    return kind(f"{count}: {'; '.join(reasons)}{more}.", worst.remedy)


def _prepare_worker() -> None:
    """Ctrl-C is the parent's to handle; a worker whose parent was killed ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _usable_cores() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
