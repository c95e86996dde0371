"""Utterances -> clips by Microsoft Edge's online voices; only whole answers become clips.

All requests share one event loop, in a thread of its own, so that they can be slowed down together
and be stopped at once. ``synthesize`` may be called from many threads.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from importlib.metadata import version
from statistics import median
from typing import Literal

from readaloud.errors import EngineError, IncompleteAudioError, Message, ServiceDownError, msg
from readaloud.model import Clip, Utterance, Voice
from readaloud.speech.engine_options import EngineOption
from readaloud.speech.engines.edge.client import Answer, ThrottledError, ask
from readaloud.speech.engines.edge.mpeg import DamagedAudioError, decode_mp3
from readaloud.speech.engines.edge.traffic import Traffic
from readaloud.speech.engines.edge.words import align, reaches_end

MOST_AT_ONCE = 256
_LATE_MS = 150
"""A word may be booked as sounding a little longer than the audio."""
_ENOUGH = 8
"""Answers after which a voice's own pace is known."""
_PACE_RANGE = (0.55, 1.8)
"""A whole answer's pace against the median of its voice's; half an answer has twice the pace."""
_PARTING_S = 1.0
_SHORT = 6
"""Texts of fewer characters have no pace to speak of."""


class EdgeEngine:
    """The service, as seen by one process."""

    name = "edge"
    max_chars = 300
    parallel: Literal["threads", "processes"] = "threads"
    needs_readings = False
    options: tuple[EngineOption, ...] = (
        EngineOption(
            "proxy",
            str,
            "",
            msg("An HTTP proxy for this service alone; otherwise HTTPS_PROXY."),
            secret=True,
        ),
    )
    notice: str = msg(
        "The text is sent to Microsoft, whose online voices are used through an unofficial client "
        "(edge-tts)."
    )

    def __init__(self) -> None:
        """Start the loop; nothing is sent before ``synthesize``."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="edge-tts")
        self._thread.start()
        self._traffic = Traffic(MOST_AT_ONCE)
        self._paces: dict[tuple[str, float], list[float]] = {}
        self._asked: set[Future[Clip]] = set()
        self._closed = False

    @staticmethod
    def can_say(_: str) -> bool:
        """The service is sent everything: it knows other scripts too."""
        return True

    @staticmethod
    def model_id() -> str:
        """The service has no version of its own; how its answers are taken has."""
        return "edge-1"

    @staticmethod
    def prepare(say: Callable[[str], None]) -> None:
        """Nothing is needed."""

    @staticmethod
    def describe() -> Message:
        """Which client speaks to which service."""
        return msg("online, through edge-tts {version}", version=version("edge-tts"))

    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance whole; see ``readaloud.speech.engines.Engine``.

        Raises:
            ServiceDownError: so many requests failed in a row that none is sent any more, or the
                engine was closed.
        """
        if self._closed:
            raise ServiceDownError(msg("The run was stopped."))
        asked = asyncio.run_coroutine_threadsafe(self._speak(utterance, voice), self._loop)
        self._asked.add(asked)
        try:
            return asked.result()
        except CancelledError:
            raise ServiceDownError(msg("The run was stopped.")) from None
        finally:
            self._asked.discard(asked)

    def close(self) -> None:
        """Give up all requests at once, and end the loop."""
        self._closed = True
        for asked in list(self._asked):
            asked.cancel()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PARTING_S)
        if not self._thread.is_alive():
            self._loop.close()

    async def _speak(self, utterance: Utterance, voice: Voice) -> Clip:
        async with self._traffic.lane() as asked_at:
            try:
                answer = await ask(utterance.spoken, voice)
                clip = self._check(answer, utterance, voice)
            except ThrottledError as error:
                self._traffic.failed(error.message)
                self._traffic.throttled(error.retry_after_s, asked_at)
                raise
            except EngineError as error:
                self._traffic.failed(error.message)
                raise
            self._traffic.succeeded()
            return clip

    def _check(self, answer: Answer, utterance: Utterance, voice: Voice) -> Clip:
        """The clip of an answer that is whole.

        Raises:
            IncompleteAudioError: damaged or cut, short of its last word, without the words of the
                text's end, or not at the pace at which the voice speaks.
        """
        try:
            pcm, rate_hz = decode_mp3(answer.mp3)
        except DamagedAudioError as error:
            raise IncompleteAudioError(
                msg("the audio is damaged: {error}.", error=error)
            ) from error
        clip = Clip(utterance.id, pcm, rate_hz, align(answer.boundaries, utterance.spoken))
        if not answer.boundaries:
            raise IncompleteAudioError(msg("the answer has no word times to check it by."))
        last_ms = answer.boundaries[-1].end_ms
        if clip.duration_ms < last_ms - _LATE_MS:
            raise IncompleteAudioError(
                msg(
                    "the audio ends at {duration_ms} ms, its last word at {last_ms} ms.",
                    duration_ms=clip.duration_ms,
                    last_ms=last_ms,
                )
            )
        if not reaches_end(answer.boundaries, utterance.spoken):
            raise IncompleteAudioError(msg("the answer lacks the end of the text."))
        self._check_pace(utterance.spoken, last_ms - answer.boundaries[0].start_ms, voice)
        return clip

    def _check_pace(self, spoken: str, sounding_ms: int, voice: Voice) -> None:
        length = sum(character.isalnum() for character in spoken)
        if length < _SHORT or sounding_ms <= 0:
            return
        pace = length / sounding_ms
        known = self._paces.setdefault((voice.engine_voice, voice.prosody.rate), [])
        if len(known) >= _ENOUGH:
            low, high = (bound * median(known) for bound in _PACE_RANGE)
            if not low <= pace <= high:
                raise IncompleteAudioError(
                    msg(
                        "{pace:.1f} characters a second is not the pace of this voice.",
                        pace=pace * 1000,
                    )
                )
        known.append(pace)
        del known[:-64]
