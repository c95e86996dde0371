"""The elements of a feed. feedgen knows no podcast name space, so they are made with lxml."""

from __future__ import annotations

import uuid
from email.utils import format_datetime

from lxml import etree
from lxml.builder import ElementMaker

from readaloud.podcast.episodes import Item
from readaloud.podcast.feed_settings import Channel

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
_NAMES = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST}
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space of podcast:guid, set by its specification."""

_rss = ElementMaker(nsmap=_NAMES)
_atom = ElementMaker(namespace=ATOM, nsmap=_NAMES)
_itunes = ElementMaker(namespace=ITUNES, nsmap=_NAMES)
_podcast = ElementMaker(namespace=PODCAST, nsmap=_NAMES)


def document(channel: etree._Element) -> bytes:
    """The feed's bytes."""
    root = _rss.rss(channel, version="2.0")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def channel_element(
    channel: Channel, base: str, name: str, image: str, guid: str | None
) -> etree._Element:
    """What stands before the items.

    Args:
        channel: its data; the language is given.
        base: the address that files lie below, without a slash at its end.
        name: the feed's own path below it.
        image: the image's path below it.
        guid: the podcast's, where it has one already: it stays when the feed moves.
    """
    address, picture = f"{base}/{name}", f"{base}/{image}"
    link = channel.link or base
    description, author = channel.description or channel.title, channel.author or channel.title
    parts = [
        _rss.title(_clean(channel.title)),
        _rss.link(link),
        _rss.description(_clean(description)),
        _rss.language(channel.language),
        _atom.link(href=address, rel="self", type="application/rss+xml"),
        _rss.image(_rss.url(picture), _rss.title(_clean(channel.title)), _rss.link(link)),
        _itunes.image(href=picture),
        _itunes.author(_clean(author)),
        _itunes.explicit("true" if channel.explicit else "false"),
        _itunes.type("episodic"),
        _category(channel.category),
        _podcast.guid(guid or _podcast_guid(address)),
        _podcast.locked("yes", **({"owner": channel.email} if channel.email else {})),
    ]
    if channel.email:
        owner = (_itunes.name(_clean(author)), _itunes.email(channel.email))
        parts.append(_itunes.owner(*owner))
    if channel.private:
        parts.append(_itunes.block("Yes"))
    return _rss.channel(*parts)


def item_element(item: Item, base: str) -> etree._Element:
    """One episode."""
    parts = [
        _rss.title(_clean(item.title)),
        _rss.guid(item.guid, isPermaLink="false"),
        _rss.pubDate(format_datetime(item.published)),
        _rss.description(_clean(item.description)),
        _rss.enclosure(
            url=f"{base}/{item.audio.path}",
            length=str(item.length_bytes),
            type=item.audio.media_type,
        ),
        _itunes.duration(str(round(item.duration_ms / 1000))),
    ]
    if item.author:
        parts.append(_itunes.author(_clean(item.author)))
    if item.chapters:
        address = f"{base}/{item.chapters.path}"
        parts.append(_podcast.chapters(url=address, type=item.chapters.media_type))
    for link in item.transcripts:
        more = {"rel": "captions"} if link.media_type != "text/html" else {}
        parts.append(
            _podcast.transcript(
                url=f"{base}/{link.path}", type=link.media_type, language=item.language, **more
            )
        )
    return _rss.item(*parts)


def _category(category: str) -> etree._Element:
    main, _, sub = (part.strip() for part in category.partition(">"))
    element = _itunes.category(text=main)
    if sub:
        element.append(_itunes.category(text=_clean(sub)))
    return element


def _podcast_guid(address: str) -> str:
    """UUID version 5 of the feed's address without its scheme, as the specification has it."""
    return str(uuid.uuid5(_PODCAST_GUIDS, address.partition("://")[2]))


def _clean(text: str) -> str:
    """Text without what XML can't hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and _is_character(c)))


def _is_character(character: str) -> bool:
    return not ("\ud800" <= character <= "\udfff" or character in "\ufffe\uffff")
