"""How far the speech of an edition has come and how long it will take, by what was measured of it.

Utterances differ tenfold in length and the longest are spoken first: their characters are counted,
not their number. What the cache had says nothing about the voice's speed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from time import monotonic

_MEMORY_S = 60.0
"""How fast older measurements fade: a machine may get busy, or be free again."""
_SETTLE_S = 10.0
"""What is shown comes near to a new estimate in some such time, so that it does not jump."""
_LEAST_UTTERANCES = 4
_LEAST_S = 3.0
"""Before so much was measured, there is no estimate."""


class Pace:
    """Told of each utterance that is there; gives the share done, audio made, speed, time left."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """``clock`` gives seconds."""
        self._clock = clock
        self._total: int | None = None
        self._done = self._heard = 0
        self._heard_at: float | None = None
        self._characters = self._voiced_ms = self._seconds = 0.0
        """Of the voice, measured from its first utterance on: older ones count for less."""
        self._estimate_s: float | None = None
        self._estimated_at = self._gap_s = 0.0
        self.audio_ms = 0
        """Made so far, what the cache had included."""
        self.spoken_ms = 0
        """Of that, by the voice."""

    def plan(self, characters: int) -> None:
        """So many characters are to be spoken in all."""
        self._total = characters

    def hear(self, characters: int, duration_ms: int, *, cached: bool) -> None:
        """An utterance is there."""
        self._done += characters
        self.audio_ms += duration_ms
        if cached:
            return
        self.spoken_ms += duration_ms
        self._measure(characters, duration_ms)
        self._estimate()

    @property
    def share(self) -> float | None:
        """What part is done, from 0 to 1; None while the end is not known."""
        return min(1.0, self._done / self._total) if self._total else None

    @property
    def speed(self) -> float | None:
        """Seconds of audio that the voice makes in a second; None before it is known."""
        return self._voiced_ms / 1000 / self._seconds if self._is_known() else None

    @property
    def left_s(self) -> float | None:
        """Seconds until all is spoken; None before they can be told."""
        if self._estimate_s is None:
            return None
        seconds = self._clock() - self._estimated_at
        gap_s = self._gap_s * math.exp(-seconds / _SETTLE_S)
        return max(0.0, self._estimate_s - seconds + gap_s)

    def _measure(self, characters: int, duration_ms: int) -> None:
        now = self._clock()
        self._heard += 1
        if self._heard_at is not None:  # before the first, the voice was loaded
            seconds = now - self._heard_at
            kept = math.exp(-seconds / _MEMORY_S)
            self._characters = self._characters * kept + characters
            self._voiced_ms = self._voiced_ms * kept + duration_ms
            self._seconds = self._seconds * kept + seconds
        self._heard_at = now

    def _is_known(self) -> bool:
        return self._heard >= _LEAST_UTTERANCES and self._seconds >= _LEAST_S

    def _estimate(self) -> None:
        """Estimate anew; what was shown is left for it step by step."""
        if self._total is None or not self._is_known():
            return
        estimate_s = max(0, self._total - self._done) * self._seconds / self._characters
        shown_s = self.left_s
        self._gap_s = 0.0 if shown_s is None else shown_s - estimate_s
        self._estimate_s, self._estimated_at = estimate_s, self._clock()
