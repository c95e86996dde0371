"""What sources offer: feeds, sitemaps, list pages, folders and mails, a module each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import islice

from readaloud.model import Source
from readaloud.morning.addresses import key_of
from readaloud.sources.fetch import name_of
from readaloud.sources.find import safe_stem

MOST = 500
"""Articles that are looked at of one source, the first that it names."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An article that a source names."""

    key: str
    """The same for all spellings of one address."""
    address: str
    title: str = ""
    published: datetime | None = None
    source: Source | None = None
    """What it says, where the source gave that too."""
    refused: str = ""
    """Why no bulletin can hold it, where that is sure from the start."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What a source names now."""

    articles: tuple[Offer, ...]
    holds: timedelta = timedelta(0)
    """For how long, by its own word, that need not be looked at again."""
    further: tuple[str, ...] = field(default=())
    """Addresses of lists that it names: a sitemap of sitemaps."""
    broken: bool = False
    """Whether it breaks off, so that there may be more."""


def first(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """As many as are looked at, each once."""
    return tuple(islice(_once(offers), MOST))


def _once(offers: Iterable[Offer]) -> Iterator[Offer]:
    known: set[str] = set()
    for each in offers:
        if each.key not in known:
            known.add(each.key)
            yield each


def at(address: str, title: str = "", published: datetime | None = None) -> Offer:
    """An article by its address."""
    return Offer(key_of(address), address, title, published)


def page_of(address: str, title: str, body: str) -> Source:
    """A page made of a title and the HTML of an article."""
    page = (
        f"<!doctype html><html><head><title>{escape(title)}</title></head>"
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    )
    data = page.encode("utf-8", "replace")
    return Source(address, safe_stem(name_of(address)), ".html", data, "utf-8")


def day_or_time(text: str) -> datetime | None:
    """A time as W3C's format has it, which RFC 3339 is a part of; None where it is none."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
