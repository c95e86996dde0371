"""In a worker: one utterance becomes a checked clip. Nothing here knows of editions or caches."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

from readaloud.audio.clipfile import encode_clip
from readaloud.audio.trim import check_audio, trim
from readaloud.errors import EngineUnavailableError, NoAudioError
from readaloud.model import Clip, Utterance, Voice
from readaloud.speech.engines import Engine, load_engine

MOST_ATTEMPTS = 8
"""Where one request in five fails by chance, an edition of 1,000 utterances fails once in 400."""
FIRST_WAIT_S, LONGEST_WAIT_S = 0.3, 10.0

_engines: dict[str, Engine] = {}
_lock = threading.Lock()
_stopped = threading.Event()
"""Set when a run is stopped, so that no retry is waited for."""


def speak(utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
    """One utterance, trimmed and checked, as an encoded clip and its length in ms.

    What may pass is tried again, with exponential backoff and jitter, where the engine is online;
    one that computes would only fail again.

    Raises:
        EngineError: it can't be spoken.
        MissingDependencyError, OutputError, ConfigError: the engine can't be loaded.
    """
    engine = _engine(voice.engine)

    def attempt() -> Clip:
        clip = trim(engine.synthesize(utterance, voice))
        check_audio(clip, utterance.spoken, voice.prosody.rate)
        return clip

    clip = attempt() if engine.parallel == "processes" else _retry(attempt)
    return encode_clip(clip), clip.duration_ms


def warm(name: str) -> None:
    """Load an engine before its first utterance is there; see ``speak`` for what it raises."""
    _engine(name)


def go_on() -> None:
    """A run begins: retries are waited for."""
    _stopped.clear()


def stop() -> None:
    """A run is stopped: nothing is tried again, and what is under way ends."""
    _stopped.set()
    close_engines()


def close_engines() -> None:
    """Let go of every engine of this process."""
    with _lock:
        while _engines:
            _engines.popitem()[1].close()


def _retry(attempt: Callable[[], Clip]) -> Clip:
    """Try until it succeeds, is stopped, or was tried often enough.

    Waits are random, up to twice as long each time, so that utterances don't ask again together.
    """
    number = 1
    while True:
        try:
            return attempt()
        except (EngineUnavailableError, NoAudioError):
            if _stopped.is_set() or number >= MOST_ATTEMPTS:
                raise
        most_s = min(FIRST_WAIT_S * 2 ** (number - 1), LONGEST_WAIT_S)
        _stopped.wait(random.uniform(0, most_s))
        number += 1


def _engine(name: str) -> Engine:
    """One engine a process, so that a model is loaded once."""
    with _lock:
        if name not in _engines:
            _engines[name] = load_engine(name)()
        return _engines[name]
