"""Sitemaps, and indexes of them (sitemaps.org/protocol.html), with Google's news tags."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from urllib.parse import urljoin

from lxml import etree

from readaloud.errors import UnreadableSourceError, msg
from readaloud.morning.offers import Offers, at, day_or_time, first
from readaloud.sources.fetch import Fetched
from readaloud.sources.readers.shared.xml_parts import parse_xml

_MOST_BYTES = 50_000_000
"""The protocol's own limit, unpacked."""
_MOST_FURTHER = 3
"""The newest sitemaps of an index."""
_EVER = datetime.min.replace(tzinfo=UTC)


def sitemap_offers(fetched: Fetched) -> Offers:
    """The articles of a sitemap, the newest first, or the sitemaps of an index.

    Raises:
        UnreadableSourceError: it is none, or damaged.
    """
    root = parse_xml(_unpacked(fetched), fetched.address)
    if root.tag == "sitemapindex":
        listed = [(_find(each, "loc"), _find(each, "lastmod")) for each in root.iter("sitemap")]
        listed.sort(key=lambda one: day_or_time(one[1]) or _EVER, reverse=True)
        further = (urljoin(fetched.address, where) for where, _ in listed[:_MOST_FURTHER] if where)
        return Offers((), further=tuple(further))
    if root.tag != "urlset":
        raise UnreadableSourceError(
            msg("{address} is no sitemap.", address=fetched.address), msg("Check the address.")
        )
    found = [
        at(
            urljoin(fetched.address, where),
            _find(each, "title"),
            day_or_time(_find(each, "publication_date") or _find(each, "lastmod")),
        )
        for each in root.iter("url")
        if (where := _find(each, "loc"))
    ]
    found.sort(key=lambda each: each.published or _EVER, reverse=True)
    return Offers(first(found))


def _find(element: etree._Element, tag: str) -> str:
    """The text of the first such element below, whatever its namespace was."""
    below = next(element.iter(tag), None)
    return " ".join((below.text or "").split()) if below is not None else ""


def _unpacked(fetched: Fetched) -> bytes:
    if not fetched.data.startswith(b"\x1f\x8b"):
        return fetched.data
    try:
        unpack = zlib.decompressobj(wbits=31)
        data = unpack.decompress(fetched.data, _MOST_BYTES)
    except zlib.error as error:
        raise UnreadableSourceError(
            msg("{address} is damaged.", address=fetched.address), msg("Check the address.")
        ) from error
    if unpack.unconsumed_tail:
        raise UnreadableSourceError(
            msg("{address} is too large.", address=fetched.address),
            msg("Name one of its parts."),
        )
    return data
