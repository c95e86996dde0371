"""A Dask cluster behind the executor's interface: utterances go out, compressed clips come back.

The scheduler hands the utterances of a worker that dies to another one. Every task names the
version and the model that it was made for, and a worker that has others refuses it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pkgutil import resolve_name
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from readaloud.errors import (
    ConfigError,
    EngineError,
    MissingDependencyError,
    ReadaloudError,
    ServiceDownError,
    install_remedy,
)
from readaloud.model import Utterance, Voice
from readaloud.speech.clip_packing import pack, unpack
from readaloud.speech.engines import Engine, load_engine
from readaloud.speech.pool import Crew, Spoken, Workers
from readaloud.version import __version__

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S = 5.0
PATIENCE_S = 5.0
"""How long no worker may be there before something is said."""
LEAST_SIZE = 4
"""Counted as workers even where fewer are there, so that a cluster that grows sees work waiting."""
_LOOK_S = 2.0
_KEPT = "What was spoken is kept: run again to go on."


@dataclass(frozen=True, slots=True)
class Identity:
    """What two machines must agree on for their clips to be the same."""

    version: str
    model_id: str

    def __str__(self) -> str:
        """For a message."""
        return f"readaloud {self.version} with {self.model_id}"


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
        _check_workers(client, identify(engine.name), engine.name)
        watch = _Watch(client, address, notice)
        executor = ClusterExecutor(client, identify(engine.name))
        workers = Workers(Crew(lambda: executor, lambda: watch.size, watch=watch.look))
        try:
            yield workers
        finally:
            executor.shutdown()


@contextmanager
def _connect(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingDependencyError(
            "A cluster needs dask.distributed.", install_remedy("cluster")
        ) from error
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False, name="readaloud")
    except (OSError, ValueError, ImportError, TypeError) as error:
        raise ConfigError(
            f"No scheduler answers at {address}: {error}.",
            "Check --cluster, as in tcp://scheduler:8786, and that the scheduler is up.",
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
            has = "no readaloud" if isinstance(version, Exception) else f"readaloud {version}"
            raise _differs(worker, has, f"readaloud {expected.version}")
    for worker, found in client.run(identify, engine, on_error="return").items():
        if isinstance(found, Exception):
            raise ConfigError(f"The worker {worker} can't speak: {found}", "Mend it, or stop it.")
        if found != expected:
            raise _differs(worker, str(found), str(expected))


def _differs(worker: str, has: str, expected: str) -> ConfigError:
    return ConfigError(
        f"The worker {worker} has {has}, this machine has {expected}.",
        "Install the same version on both.",
    )


class ClusterExecutor(Executor):
    """Speaks on a cluster; errors that Dask's are translated to are EngineError and ConfigError."""

    def __init__(self, client: Client, expected: Identity) -> None:
        """``client`` stays open while this is used."""
        self._client = client
        self._expected = expected
        self._there = client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Have ``fn(utterance, voice)`` called by a worker; see ``speaking.speak``."""
        outer: Spoken = Future()
        if self._client.status != "running":
            outer.set_exception(_lost())
            return outer
        inner = self._there.submit(speak_packed, self._expected, fn, *args)
        inner.add_done_callback(partial(_pass_on, outer))
        return outer

    def shutdown(self, *_: object, **__: object) -> None:
        """Take back what is not done: by then nobody waits for it."""
        with suppress(Exception):  # the scheduler may be gone
            self._there.shutdown(wait=False)


def speak_packed(
    expected: Identity,
    fn: Callable[[Utterance, Voice], tuple[bytes, int]],
    utterance: Utterance,
    voice: Voice,
) -> tuple[bytes, int] | ReadaloudError:
    """On a worker: the clip, packed, and its length in ms; or why there is none.

    Errors are results: Dask would send their tracebacks too, and lose a task whose traceback it
    can't send. A worker of another version refuses.
    """
    from distributed import get_worker

    worker = get_worker().address
    try:
        found = _own_identity(voice.engine)
        if found != expected:
            return _differs(worker, str(found), str(expected))
        data, duration_ms = fn(utterance, voice)
        return pack(data), duration_ms
    except ReadaloudError as error:
        return error
    except Exception as error:
        return EngineError(f"The worker {worker} failed: {error!r}.", "See its log.")


def _pass_on(outer: Spoken, inner: Future[tuple[bytes, int] | ReadaloudError]) -> None:
    try:
        spoken = inner.result()
    except CancelledError:
        outer.set_exception(_lost())
    except Exception as error:  # whatever Dask, or another version on a worker, may raise
        outer.set_exception(_translated(error))
    else:
        if isinstance(spoken, ReadaloudError):
            outer.set_exception(spoken)
        else:
            outer.set_result((unpack(spoken[0]), spoken[1]))


def _lost() -> ServiceDownError:
    return ServiceDownError("The connection to the cluster's scheduler is lost.", _KEPT)


def _translated(error: Exception) -> ReadaloudError:
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        return EngineError(
            "Workers of the cluster died again and again (out of memory, or killed).",
            f"{_KEPT} See the workers' logs; give them more memory, or one thread each.",
        )
    return ConfigError(
        f"A worker of the cluster can't run this version of readaloud: {error}.",
        "Install the same version on all of them.",
    )


class _Watch:
    """Knows how many workers there are, and says so when there are none."""

    def __init__(self, client: Client, address: str, notice: Callable[[str], None]) -> None:
        self.size = LEAST_SIZE
        self._client, self._address, self._notice = client, address, notice
        self._lock = Lock()
        self._looked = self._seen = monotonic()
        self._said = False
        self._count()

    def look(self) -> None:
        """Count them, now and then; one of the threads that wait does it for all."""
        if monotonic() - self._looked < _LOOK_S or not self._lock.acquire(blocking=False):
            return
        try:
            self._count()
        finally:
            self._looked = monotonic()
            self._lock.release()

    def _count(self) -> None:
        try:
            threads = sum(self._client.nthreads().values())
        except Exception:  # a connection that is lost is told of by the utterances' futures
            return
        self.size = max(LEAST_SIZE, threads)
        if threads:
            self._seen, self._said = monotonic(), False
        elif monotonic() - self._seen > PATIENCE_S and not self._said:
            self._notice(f"The cluster at {self._address} has no workers: waiting for some.")
            self._said = True
