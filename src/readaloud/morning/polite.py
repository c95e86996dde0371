"""Asks servers as they wish to be asked.

Their robots.txt (RFC 9309), a delay between two requests to one host, conditions by which they
may answer that nothing is new, and no question before the time that they name.
"""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from readaloud.errors import (
    MissingDependencyError,
    TimeOverError,
    UnreadableSourceError,
    install_remedy,
    msg,
)
from readaloud.morning.addresses import host_of
from readaloud.morning.deadline import Clock
from readaloud.morning.servers import Servers
from readaloud.sources.fetch import MOST_SECONDS, Fetched, StatusError, fetch

if TYPE_CHECKING:
    from protego import Protego

AGENT = "readaloud"
_ROBOTS_HOLD = timedelta(hours=24)
_ROBOTS_BYTES = 500_000
"""RFC 9309 asks for that much at least."""
_LONGEST = timedelta(hours=12)
"""What a server may ask for; longer, and a bulletin of every morning would miss a day."""
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


class Polite:
    """Fetches for one run; used by several threads at once."""

    def __init__(self, servers: Servers, clock: Clock, *, allow_private: bool) -> None:
        """``servers`` remembers what they said, for later runs too."""
        self._servers, self._clock, self._allow_private = servers, clock, allow_private
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._robots: dict[str, Protego] = {}

    def page(
        self, address: str, delay_s: float, ends: float, *, for_programs: bool = False
    ) -> Fetched | None:
        """A page that is asked for again and again; None where there is nothing new.

        A feed is made ``for_programs``: robots.txt says nothing of it.

        Raises:
            UnreadableSourceError: it can't be fetched, or its server doesn't want it.
            TimeOverError: ``ends`` (``time.monotonic``) came first.
        """
        conditions, not_before = self._servers.page(address)
        if not_before is not None and self._clock() < not_before:
            return None
        try:
            fetched = self._fetch(address, delay_s, ends, conditions, asks=not for_programs)
        except StatusError as error:
            self._wait_as_told(address, conditions, error.retry_after)
            raise
        return None if fetched.unchanged else fetched

    def remember(self, address: str, fetched: Fetched, holds: timedelta) -> None:
        """What was fetched is dealt with: it need not come again while it is the same.

        ``holds`` is for how long the page itself says that it stays so.
        """
        age = _MAX_AGE.search(fetched.headers.get("cache-control", ""))
        holds = min(max(holds, timedelta(seconds=int(age[1]) if age else 0)), _LONGEST)
        self._servers.keep_page(
            address,
            fetched.headers.get("etag", ""),
            fetched.headers.get("last-modified", ""),
            self._clock() + holds if holds else None,
        )

    def article(self, address: str, delay_s: float, ends: float) -> Fetched:
        """The page of an article.

        Raises:
            UnreadableSourceError: it can't be fetched, or its server doesn't want it.
            TimeOverError: ``ends`` came first.
        """
        return self._fetch(address, delay_s, ends, {}, asks=True)

    def _fetch(
        self, address: str, delay_s: float, ends: float, conditions: dict[str, str], *, asks: bool
    ) -> Fetched:
        host = host_of(address)
        if asks:
            robots = self._robots_of(host, ends)
            if not robots.can_fetch(address, AGENT):
                raise UnreadableSourceError(
                    msg("{address} is closed to programs by robots.txt.", address=address),
                    msg("Ask the site, or save the page and give the file."),
                )
            delay_s = max(delay_s, robots.crawl_delay(AGENT) or 0)
        self._wait(host, delay_s, ends)
        return fetch(
            address,
            allow_private=self._allow_private,
            most_seconds=_left(ends),
            conditions=conditions,
        )

    def _wait(self, host: str, delay_s: float, ends: float) -> None:
        """Until the host may be asked again, by whatever run asked it last."""
        wait = self._servers.next_request(host, time.time(), delay_s) - time.time()
        if wait > _left(ends, whole=True):
            raise _over()
        time.sleep(max(wait, 0))

    def _robots_of(self, host: str, ends: float) -> Protego:
        with self._locks[host]:
            if host not in self._robots:
                self._robots[host] = _parse(self._read_robots(host, ends))
            return self._robots[host]

    def _read_robots(self, host: str, ends: float) -> str:
        """A host's robots.txt; one that has none allows all, one that is down nothing."""
        known = self._servers.robots(host)
        if known and timedelta(0) <= self._clock() - known[1] < _ROBOTS_HOLD:
            return known[0]
        try:
            fetched = fetch(
                f"{host}/robots.txt",
                allow_private=self._allow_private,
                most_bytes=_ROBOTS_BYTES,
                most_seconds=_left(ends),
            )
            text = fetched.data.decode("utf-8-sig", "replace")
        except StatusError as error:
            if not 400 <= error.status < 500 or error.status == 429:
                raise
            text = ""
        self._servers.keep_robots(host, text, self._clock())
        return text

    def _wait_as_told(self, address: str, conditions: dict[str, str], retry: str) -> None:
        if wait := _retry(retry, self._clock):
            etag, modified = (
                conditions.get(name, "") for name in ("If-None-Match", "If-Modified-Since")
            )
            self._servers.keep_page(address, etag, modified, self._clock() + min(wait, _LONGEST))


def _parse(text: str) -> Protego:
    try:
        from protego import Protego
    except ImportError as error:
        raise MissingDependencyError(
            msg("Reading robots.txt needs protego."), install_remedy("morning")
        ) from error
    return Protego.parse(text)


def _left(ends: float, *, whole: bool = False) -> float:
    """Seconds until then, as many as one request may take at most, or all of them.

    Raises:
        TimeOverError: none.
    """
    left = ends - time.monotonic()
    if left <= 0:
        raise _over()
    return left if whole else min(left, MOST_SECONDS)


def _over() -> TimeOverError:
    return TimeOverError(msg("There was no time to fetch it."))


def _retry(value: str, clock: Clock) -> timedelta | None:
    """What a Retry-After header says: seconds, or a date."""
    if value.isdecimal():
        return timedelta(seconds=int(value[:9]))
    try:
        at: datetime = parsedate_to_datetime(value)
        return at - clock()
    except (TypeError, ValueError):
        return None
