"""Asks the sources what is new, and fetches the articles that were chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readaloud.editions.in_order import in_order
from readaloud.errors import (
    ConfigError,
    EngineUnavailableError,
    InputError,
    MissingDependencyError,
    OutputError,
    ReadaloudError,
    ServiceDownError,
    TimeOverError,
    UnreadableSourceError,
    msg,
)
from readaloud.model import Source
from readaloud.morning.addresses import host_of
from readaloud.morning.deadline import Clock
from readaloud.morning.offers import Offer, Offers
from readaloud.morning.offers.feeds import feed_offers
from readaloud.morning.offers.folders import folder_offers
from readaloud.morning.offers.list_pages import list_offers
from readaloud.morning.offers.maildirs import mail_offers
from readaloud.morning.offers.sitemaps import sitemap_offers
from readaloud.morning.polite import Polite
from readaloud.morning.seen import Article, Seen
from readaloud.morning.settings import Morning, SourceSettings
from readaloud.morning.told import Told
from readaloud.sources.fetch import Fetched, StatusError, is_address, name_of
from readaloud.sources.find import load_source, safe_stem

AT_ONCE = 8
"""Sources that are asked, and hosts that are fetched from; each host has one request at a time."""
MOST_TRIES = 3
"""Mornings on which an article is tried."""
_GONE = frozenset({404, 410, 451})
_NOT_ITS_FAULT = (TimeOverError, EngineUnavailableError, ServiceDownError, OutputError)
"""A voice that is down, or a disk that is full, says nothing of an article."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """One run's asking and fetching."""

    morning: Morning
    seen: Seen
    polite: Polite
    clock: Clock
    ends: Callable[[], float]
    """Until when there is time, in seconds of ``time.monotonic``."""

    def ask(self) -> Iterator[Told]:
        """Ask all sources; what they name is remembered, what can't be taken is told of.

        Raises:
            ConfigError, MissingDependencyError: a source can't be asked as it is set.
            OutputError: what was seen can't be kept.
        """
        for told in in_order(self.morning.sources, self._ask, lambda: AT_ONCE):
            yield from told

    def _ask(self, _: int, source: SourceSettings) -> list[Told]:
        known = self.seen.has_asked(self.morning.name, source.name)
        try:
            new = self._offers_of(source, known=known)
        except (ConfigError, MissingDependencyError):
            raise
        except (UnreadableSourceError, TimeOverError) as error:
            return [Told(source.name, source.address, "", "failed", error.message, error=error)]
        return [
            Told(source.name, each.address, each.title, "left out", each.refused)
            for each in new
            if each.refused and (known or source.kind != "sitemap")
        ]

    def _offers_of(self, source: SourceSettings, *, known: bool) -> list[Offer]:
        """The new ones, which are remembered before the page may be called unchanged.

        Raises:
            UnreadableSourceError, TimeOverError: it can't be asked, or not whole.
        """
        if source.kind in {"folder", "maildir"}:
            look = folder_offers if source.kind == "folder" else mail_offers
            return self._keep(source, look(source.address).articles)
        new: list[Offer] = []
        addresses = [source.address]
        for address in addresses:  # grows by the sitemaps of an index
            is_feed = source.kind == "feed"
            fetched = self.polite.page(address, source.delay_s, self.ends(), for_programs=is_feed)
            if fetched is None:
                continue
            offers = _read(fetched, source)
            articles = offers.articles
            if source.kind == "sitemap" and not known:
                articles = tuple(map(_in_stock, articles))
            new += self._keep(source, articles)
            if address == source.address:
                addresses += offers.further
            if offers.broken:
                raise UnreadableSourceError(
                    msg("{address} breaks off: it may name more.", address=address),
                    msg("It is asked again the next time."),
                )
            if not offers.further:
                self.polite.remember(address, fetched, offers.holds)
        return new

    def _keep(self, source: SourceSettings, offers: Sequence[Offer]) -> list[Offer]:
        return self.seen.offer(self.morning.name, source.name, offers, self.clock())

    def fetch(self, articles: Sequence[Article]) -> Iterator[Told]:
        """Fetch articles, host by host; those that can't be are told of.

        Raises:
            OutputError: what was fetched can't be kept.
        """
        hosts: dict[str, list[Article]] = defaultdict(list)
        for article in articles:
            if not article.kept:
                hosts[host_of(article.address)].append(article)
        for told in in_order(hosts.values(), self._fetch_all, lambda: AT_ONCE):
            yield from told

    def _fetch_all(self, _: int, articles: Sequence[Article]) -> list[Told]:
        return [told for each in articles if (told := self._fetch(each)) is not None]

    def _fetch(self, article: Article) -> Told | None:
        settings = self.morning.source(article.source)
        delay_s = settings.delay_s if settings else 0
        try:
            self.seen.keep(article.id, self._load(article, delay_s))
        except (UnreadableSourceError, TimeOverError) as error:
            gone = isinstance(error, StatusError) and error.status in _GONE
            return put_off(self.seen, article, error, for_good=gone)
        return None

    def _load(self, article: Article, delay_s: float) -> Source:
        if not is_address(article.address):
            return load_source(Path(article.address))
        fetched = self.polite.article(article.address, delay_s, self.ends())
        stem = safe_stem(name_of(article.address))
        return Source(article.address, stem, fetched.suffix, fetched.data, fetched.charset)


def put_off(seen: Seen, article: Article, error: ReadaloudError, *, for_good: bool = False) -> Told:
    """An article that could not be taken goes into the next bulletin, or into none.

    A page that can't be read is fetched again: it may be a check for robots, or of a bad day.
    """
    reason = error.message
    own_fault = not isinstance(error, _NOT_ITS_FAULT)
    if for_good or (own_fault and article.tries + 1 >= MOST_TRIES):
        seen.leave_out([article.id], reason)
        fate = Told(article.source, article.address, article.title, "left out", reason)
    else:
        again = isinstance(error, InputError)
        seen.put_off(article.id, reason, counts=own_fault, again=again)
        fate = Told(article.source, article.address, article.title, "late", reason)
    return replace(fate, error=None if isinstance(error, TimeOverError) else error)


def _read(fetched: Fetched, source: SourceSettings) -> Offers:
    if source.kind == "feed":
        return feed_offers(fetched, whole_text=source.whole_text)
    if source.kind == "sitemap":
        return sitemap_offers(fetched)
    return list_offers(fetched, source.links)


def _in_stock(offer: Offer) -> Offer:
    """What a sitemap without dates names at first is the site's stock."""
    if offer.published is not None:
        return offer
    return replace(offer, refused=msg("it was there before the sitemap was first read"))
