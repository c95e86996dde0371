"""A Dask cluster as workers: utterances go out, clips come back.

The scheduler hands the utterances of a worker that dies to another one. Every task names the
version and the model that it was made for, and a worker that has others refuses it.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pkgutil import resolve_name
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from readaloud.errors import (
    ConfigError,
    EngineError,
    Message,
    MissingDependencyError,
    ReadaloudError,
    ServiceDownError,
    install_remedy,
    msg,
)
from readaloud.model import Utterance, Voice
from readaloud.model.version import __version__
from readaloud.speech import worker as speaking
from readaloud.speech.engines import Engine, load_engine
from readaloud.speech.utterance_queue import Crew, Workers
from readaloud.speech.worker_processes import Speak

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S = 5.0
PATIENCE_S = 5.0
"""How long no worker may be there before something is said."""
LEAST_SIZE = 4
"""Counted as workers even where fewer are there, so that a cluster that grows sees work waiting."""
_LOOK_S = 2.0
_KEPT = msg("Everything spoken so far is kept: run again to continue.")


@dataclass(frozen=True, slots=True)
class Identity:
    """What two machines must agree on for their clips to be the same."""

    version: str
    model_id: str

    def told(self) -> Message:
        """For a message."""
        return msg("readaloud {version} with {model}", version=self.version, model=self.model_id)


def identify(engine: str) -> Identity:
    """This machine's."""
    return Identity(__version__, load_engine(engine).model_id())


_own_identity = lru_cache(identify)
"""Looked up once in a worker, not with each utterance."""


@contextmanager
def open_cluster(
    address: str, engine: type[Engine], notice: Callable[[str], None]
) -> Iterator[Workers]:
    """The workers of a cluster, for an engine that computes.

    Raises:
        MissingDependencyError: dask.distributed is not installed.
        ConfigError: no scheduler answers at the address, or a worker has another version.
    """
    with _connect(address) as client:
        identity = identify(engine.name)
        _check_workers(client, identity, engine.name)
        there = ClusterSpeech(client, identity)
        with _watch(client, address, notice) as size:
            workers = Workers(Crew(lambda: there.speak, size))
            try:
                yield workers
            finally:
                workers.close(at_once=True)
                there.close()


@contextmanager
def _connect(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingDependencyError(
            msg("A cluster needs dask.distributed."), install_remedy("cluster")
        ) from error
    # A client that could not connect closes itself when it is collected. Were that while another
    # one starts its loop, this thread would wait for a lock that it holds itself.
    gc.collect()
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False, name="readaloud")
    except (OSError, ValueError, ImportError, TypeError, AssertionError) as error:
        # distributed asserts that its loop runs within ten seconds; a busy machine may be slower.
        raise ConfigError(
            msg("No scheduler answers at {address}: {error}.", address=address, error=error),
            msg(
                "Check --cluster, such as tcp://scheduler:8786, and that the scheduler is running."
            ),
        ) from error
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)  # a scheduler that is lost is told of by the utterances' errors
    try:
        yield client
    finally:
        client.close(timeout=CONNECT_S)
        log.setLevel(level)


def _check_workers(client: Client, expected: Identity, engine: str) -> None:
    """Ask the workers that are there; the others are asked with each utterance.

    The version is asked for by a function that any Python has: an older readaloud may lack ours.

    Raises:
        ConfigError: one has another version, or none.
    """
    versions = client.run(resolve_name, "readaloud:__version__", on_error="return")
    for worker, version in versions.items():
        if version != expected.version:
            has = msg("readaloud {version}", version=version)
            if isinstance(version, Exception):
                has = msg("no readaloud")
            raise _differs(worker, has, msg("readaloud {version}", version=expected.version))
    for worker, found in client.run(identify, engine, on_error="return").items():
        if isinstance(found, Exception):
            raise ConfigError(
                msg("The worker {worker} can't speak: {found}", worker=worker, found=found),
                msg("Fix it, or stop it."),
            )
        if found != expected:
            raise _differs(worker, found.told(), expected.told())


def _differs(worker: str, has: Message, expected: Message) -> ConfigError:
    return ConfigError(
        msg(
            "The worker {worker} has {has}, but this computer has {expected}.",
            worker=worker,
            has=has,
            expected=expected,
        ),
        msg("Install the same version on both."),
    )


class ClusterSpeech:
    """Speaks on a cluster; what Dask raises becomes EngineError or ConfigError."""

    def __init__(self, client: Client, expected: Identity, does: Speak = speaking.speak) -> None:
        """``client`` stays open while this is used; ``does`` is what a worker calls."""
        self._client, self._expected, self._does = client, expected, does
        self._there = client.get_executor(pure=False)

    def speak(self, utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
        """See ``speaking.speak``.

        Raises:
            ServiceDownError: the scheduler is lost.
            ConfigError: the worker has another version.
        """
        if self._client.status != "running":
            raise _lost()
        task = (speak_there, self._expected, self._does, utterance, voice)
        try:
            spoken: tuple[bytes, int] | ReadaloudError = self._there.submit(*task).result()
        except CancelledError:
            raise _lost() from None
        except Exception as error:  # whatever Dask, or another version on a worker, may raise
            raise _translated(error) from error
        if isinstance(spoken, ReadaloudError):
            raise spoken
        return spoken

    def close(self) -> None:
        """Take back what is not done: by then nobody waits for it."""
        with suppress(Exception):  # the scheduler may be gone
            self._there.shutdown(wait=False)


def speak_there(
    expected: Identity,
    does: Speak,
    utterance: Utterance,
    voice: Voice,
) -> tuple[bytes, int] | ReadaloudError:
    """On a worker: the encoded clip and its length in ms; or why there is none.

    Errors are results: Dask would send their tracebacks too, and lose a task whose traceback it
    can't send. A worker of another version refuses.
    """
    from distributed import get_worker

    worker = get_worker().address
    try:
        found = _own_identity(voice.engine)
        if found != expected:
            return _differs(worker, found.told(), expected.told())
        return does(utterance, voice)
    except ReadaloudError as error:
        return error
    except Exception as error:
        return EngineError(
            msg("The worker {worker} failed: {error}.", worker=worker, error=repr(error)),
            msg("See its log."),
        )


def _lost() -> ServiceDownError:
    return ServiceDownError(msg("The connection to the cluster's scheduler was lost."), _KEPT)


def _translated(error: Exception) -> ReadaloudError:
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        return EngineError(
            msg("Workers of the cluster keep dying (out of memory, or killed)."),
            msg(
                "{kept} See the workers' logs; give them more memory, or one thread each.",
                kept=_KEPT,
            ),
        )
    return ConfigError(
        msg("A worker of the cluster can't run this version of readaloud: {error}.", error=error),
        msg("Install the same version on all of them."),
    )


@contextmanager
def _watch(
    client: Client, address: str, notice: Callable[[str], None]
) -> Iterator[Callable[[], int]]:
    """How many utterances can be under way: two for each of its threads, however many there are.

    It is looked up in a thread, which says so when there are no workers.
    """
    threads, over = LEAST_SIZE, Event()

    def look() -> None:
        nonlocal threads
        seen, said, there = monotonic(), False, 0
        while True:
            with suppress(Exception):  # a connection that is lost is told of by the utterances
                there = sum(client.nthreads().values())
            threads = max(LEAST_SIZE, there)
            if there:
                seen, said = monotonic(), False
            elif monotonic() - seen > PATIENCE_S and not said:
                notice(
                    msg(
                        "The cluster at {address} has no workers. Waiting for some.",
                        address=address,
                    )
                )
                said = True
            if over.wait(_LOOK_S):
                return

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield lambda: 2 * threads + 2
    finally:
        over.set()
        looking.join(CONNECT_S)
