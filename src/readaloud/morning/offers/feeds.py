"""RSS and Atom, by feedparser; JSON Feed (jsonfeed.org/version/1.1), which it can't read."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

from readaloud.errors import MissingDependencyError, UnreadableSourceError, install_remedy, msg
from readaloud.morning.addresses import key_of
from readaloud.morning.offers import Offer, Offers, at, day_or_time, first, page_of
from readaloud.sources.fetch import Fetched, is_address

_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
"""Hours, of the syndication module: https://web.resource.org/rss/1.0/modules/syndication/."""
_TAG = re.compile(r"<[^<>]{0,200}>")
_END = re.compile(rb"</\s{0,9}(?:rss|feed|rdf:RDF|RDF|channel)\s{0,9}>", re.IGNORECASE)
"""Sloppy feeds are read whole all the same; one without its end has broken off."""
_LONGEST_TITLE = 300


def feed_offers(fetched: Fetched, *, whole_text: bool) -> Offers:
    """The articles of a feed; with ``whole_text``, or without a link, as the feed has them.

    Raises:
        UnreadableSourceError: it is no feed.
        MissingDependencyError: the extra ``morning`` is not installed.
    """
    if fetched.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(fetched, whole_text=whole_text)
    try:
        import feedparser
    except ImportError as error:
        raise MissingDependencyError(
            msg("Reading feeds needs feedparser."), install_remedy("morning")
        ) from error
    told = {"content-location": fetched.address}
    if kind := fetched.headers.get("content-type"):
        told["content-type"] = kind
    parsed = feedparser.parse(fetched.data, response_headers=told)
    broken = bool(parsed.bozo) and _END.search(fetched.data[-1000:]) is None
    if not parsed.entries and (broken or not parsed.get("version")):
        raise _no_feed(fetched.address)
    articles = first(_entries(parsed.entries, whole_text=whole_text))
    return Offers(articles, _holds(parsed.feed), broken=broken)


def _no_feed(address: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        msg("{address} is no feed.", address=address),
        msg("Check the address; a feed is RSS, Atom or JSON."),
    )


def _entries(entries: list[Any], *, whole_text: bool) -> Iterator[Offer]:
    for entry in entries:
        parts = entry.get("content") or []
        body = max((part.get("value") or "" for part in parts), key=len, default="")
        yield from _offer(
            str(entry.get("link") or ""),
            str(entry.get("id") or ""),
            str(entry.get("title") or ""),
            _moment(entry.get("published_parsed") or entry.get("updated_parsed")),
            body or str(entry.get("summary") or ""),
            whole_text=whole_text,
        )


def _offer(  # noqa: PLR0913
    link: str, own_id: str, title: str, published: datetime | None, body: str, *, whole_text: bool
) -> Iterator[Offer]:
    """The article of an entry; none where it has neither a link nor a text."""
    title = " ".join(unescape(_TAG.sub("", title)).split())[:_LONGEST_TITLE]
    if is_address(link) and not (whole_text and body):
        yield at(link, title, published)
    elif body or title:
        name = link or own_id or title
        key = key_of(link) if is_address(link) else f"feed:{name}"
        yield Offer(key, name, title, published, page_of(name, title, body))


def _moment(parsed: Any) -> datetime | None:
    """What feedparser read, which is in UTC."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _holds(feed: Mapping[str, Any]) -> timedelta:
    """How long a feed says that it stays the same: its ``ttl``, or its period and frequency."""
    ttl = str(feed.get("ttl") or "").strip()
    if ttl.isdecimal():
        return timedelta(minutes=int(ttl[:6]))
    hours = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    times = str(feed.get("sy_updatefrequency") or "1").strip()
    return timedelta(hours=hours / max(int(times[:6]) if times.isdecimal() else 1, 1))


def _json_feed(fetched: Fetched, *, whole_text: bool) -> Offers:
    try:
        feed = json.loads(fetched.data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _no_feed(fetched.address) from error
    items = feed.get("items")
    if "jsonfeed.org" not in str(feed.get("version")) or not isinstance(items, list):
        raise _no_feed(fetched.address)
    return Offers(first(_json_items(fetched.address, items, whole_text=whole_text)))


def _json_items(base: str, items: list[Any], *, whole_text: bool) -> Iterator[Offer]:
    for item in items:
        if not isinstance(item, dict):
            continue
        said = {key: value for key, value in item.items() if isinstance(value, str)}
        link = said.get("url") or said.get("external_url") or ""
        text = said.get("content_text", "").splitlines()
        body = said.get("content_html") or "".join(f"<p>{escape(line)}</p>" for line in text)
        published = day_or_time(said.get("date_published") or said.get("date_modified") or "")
        yield from _offer(
            urljoin(base, link) if link else "",
            said.get("id", ""),
            said.get("title", ""),
            published,
            body,
            whole_text=whole_text,
        )
