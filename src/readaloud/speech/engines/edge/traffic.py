"""How many requests go out at once, when all of them wait, and when the run gives up.

The limit adapts as TCP's window does (RFC 5681): halved when the service says that it is too much,
raised by one for each round without a complaint.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from readaloud.errors import ServiceDownError, msg

MOST_FAILURES = 12
"""Failures in a row, over all utterances, after which the service counts as down."""
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 60.0
LONGEST_WAIT_S = 300.0
"""A Retry-After beyond this is not waited out."""


class Traffic:
    """Shared by all requests of an engine; used within its event loop only."""

    def __init__(self, most: int) -> None:
        """``most`` requests at once, at the best of times."""
        self._most = float(most)
        self._limit = float(most)
        self._open = 0
        self._changed = asyncio.Condition()
        self._not_before = 0.0
        self._pause_s = SHORTEST_PAUSE_S
        self._slowed_at = 0.0
        self._failures = 0
        self._last = ""

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[float]:
        """Wait for a free lane and for the end of any pause, then hold the lane.

        Yields the time at which the request goes out, for ``throttled``.

        Raises:
            ServiceDownError: too many failures in a row.
        """
        async with self._changed:
            await self._changed.wait_for(lambda: self._open < max(1, int(self._limit)))
            self._open += 1
        try:
            while (wait_s := self._not_before - time.monotonic()) > 0:
                self._refuse_when_down()
                await asyncio.sleep(wait_s)
            self._refuse_when_down()
            yield time.monotonic()
        finally:
            async with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def succeeded(self) -> None:
        """A whole answer came."""
        self._failures = 0
        self._pause_s = SHORTEST_PAUSE_S
        self._limit = min(self._most, self._limit + 1 / max(1.0, self._limit))

    def failed(self, reason: str) -> None:
        """No answer, or not a whole one."""
        self._failures += 1
        self._last = reason

    def throttled(self, retry_after_s: float | None, asked_at: float) -> None:
        """The service asks for less: all requests wait, and fewer go out together.

        Requests that were under way when that was first said say nothing new.
        """
        now = time.monotonic()
        pause_s = self._pause_s if retry_after_s is None else retry_after_s
        if asked_at >= self._slowed_at:
            self._slowed_at = now
            self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
            self._limit = max(1.0, min(self._limit, self._open) / 2)
        elif retry_after_s is None:
            return
        self._not_before = max(self._not_before, now + min(pause_s, LONGEST_WAIT_S))

    def _refuse_when_down(self) -> None:
        if self._failures >= MOST_FAILURES:
            raise ServiceDownError(
                msg(
                    "The online service failed {failures} times in a row. The last time: {reason}",
                    failures=self._failures,
                    reason=self._last,
                ),
                msg("Try again later, or name another voice with --fallback."),
            )
