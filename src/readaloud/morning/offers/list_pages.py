"""A page that lists articles: the links that a selector finds on it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Source
from readaloud.morning.offers import Offer, Offers, at, first
from readaloud.sources.fetch import Fetched, is_address
from readaloud.sources.readers.html.reader import page_text, select
from readaloud.sources.readers.shared.html_walk import parse


def list_offers(fetched: Fetched, links: str) -> Offers:
    """The articles that a page links to, in its order.

    Raises:
        ConfigError: the selector is broken.
        UnreadableSourceError: it is no page, or the selector finds no link: the page has changed.
    """
    page = Source(fetched.address, "page", ".html", fetched.data, fetched.charset)
    root = parse(page_text(page), fetched.address)
    found = select(root, (links,)) if root is not None else []
    articles = first(_links(found, fetched.address))
    if not articles:
        raise UnreadableSourceError(
            msg("{address}: “{links}” finds no link.", address=fetched.address, links=links),
            msg("The page may have changed. Correct links in [[morning.source]]."),
        )
    return Offers(articles)


def _links(found: list[etree._Element], base: str) -> Iterator[Offer]:
    """The links themselves, or the first within each element."""
    for element in found:
        link = next((each for each in element.iter("a") if each.get("href")), None)
        if link is None:
            continue
        address = urljoin(base, (link.get("href") or "").strip())
        if is_address(address):
            yield at(address, " ".join("".join(link.itertext()).split())[:300])
