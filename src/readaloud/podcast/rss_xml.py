"""The elements of a feed. feedgen knows no podcast name space, so they are made with lxml."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from email.utils import format_datetime

from lxml import etree
from lxml.builder import ElementMaker

from readaloud.formats.shared.label import ELEMENT, NAMESPACE, PREFIX, as_json
from readaloud.podcast.episodes import Item
from readaloud.podcast.feed_file import FEED_NAME
from readaloud.podcast.feed_settings import Channel
from readaloud.podcast.show_notes import show_notes
from readaloud.podcast.xml_text import clean

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
HISTORY = "http://purl.org/syndication/history/1.0"
_NAMES = {"atom": ATOM, "content": CONTENT, "fh": HISTORY, "itunes": ITUNES, "podcast": PODCAST}
_TYPE = "application/rss+xml"
_MOST_NAME = 128
"""Characters of a name or a title in the podcast name space."""
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space of podcast:guid, set by its specification."""

_rss = ElementMaker(nsmap=_NAMES)
_atom = ElementMaker(namespace=ATOM, nsmap=_NAMES)
_itunes = ElementMaker(namespace=ITUNES, nsmap=_NAMES)
_podcast = ElementMaker(namespace=PODCAST, nsmap=_NAMES)
_content = ElementMaker(namespace=CONTENT, nsmap=_NAMES)
_history = ElementMaker(namespace=HISTORY, nsmap=_NAMES)


def document(channel: etree._Element) -> bytes:
    """The feed's bytes."""
    root = _rss.rss(channel, version="2.0")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


@dataclass(frozen=True, slots=True)
class Image:
    """A square picture of the podcast: its path below the feed's address, and its width."""

    path: str
    side_px: int


@dataclass(frozen=True, slots=True)
class Head:
    """What all pages of a feed have in common; the channel's language is given."""

    channel: Channel
    base: str
    """The address that files lie below, without a slash at its end."""
    images: tuple[Image, ...]
    """The largest first."""
    guid: str | None
    """The podcast's, where it has one already: it stays when the feed moves."""


def channel_element(head: Head, name: str, trailer: Item | None) -> etree._Element:
    """What stands before the items of a page; ``name`` is the page's own path."""
    channel, base = head.channel, head.base
    address, picture = f"{base}/{name}", f"{base}/{head.images[0].path}"
    link = channel.link or base
    description, author = channel.description or channel.title, channel.author or channel.title
    parts = [
        _rss.title(clean(channel.title)),
        _rss.link(link),
        _rss.description(clean(description)),
        _rss.language(channel.language),
        _atom.link(href=address, rel="self", type=_TYPE),
        _rss.image(_rss.url(picture), _rss.title(clean(channel.title)), _rss.link(link)),
        _itunes.image(href=picture),
        _itunes.author(clean(author)),
        _itunes.explicit("true" if channel.explicit else "false"),
        _itunes.type("episodic"),
        _category(channel.category),
        _podcast.guid(head.guid or _podcast_guid(f"{base}/{FEED_NAME}")),
        _podcast.medium("podcast"),
        _podcast.locked("yes", **({"owner": channel.email} if channel.email else {})),
        *(_image(image, head) for image in head.images),
        *_people(channel),
    ]
    if channel.email:
        owner = (_itunes.name(clean(author)), _itunes.email(channel.email))
        parts.append(_itunes.owner(*owner))
    if channel.private:
        parts.append(_itunes.block("Yes"))
    if channel.funding:
        text = clean(channel.funding_text)[:_MOST_NAME]
        parts.append(_podcast.funding(text, url=channel.funding))
    if channel.hub:
        parts.append(_atom.link(href=channel.hub, rel="hub"))
    if trailer is not None:
        parts.append(_trailer(trailer, base))
    return _rss.channel(*parts)


def page_link(rel: str, head: Head, name: str) -> etree._Element:
    """A link from one page of the feed to another."""
    return _atom.link(href=f"{head.base}/{name}", rel=rel, type=_TYPE)


def archive_mark() -> etree._Element:
    """Says that a page will not change any more."""
    return _history.archive()


def item_element(item: Item, head: Head) -> etree._Element:
    """One episode."""
    base = head.base
    parts = [
        _rss.title(clean(item.title)),
        _rss.guid(item.guid, isPermaLink="false"),
        _rss.pubDate(format_datetime(item.published)),
        _rss.description(clean(item.description)),
        _content.encoded(show_notes(item, base)),
        _rss.enclosure(
            url=f"{base}/{item.audio.path}",
            length=str(item.length_bytes),
            type=item.audio.media_type,
        ),
        _itunes.duration(str(round(item.duration_ms / 1000))),
        _itunes.episodeType("trailer" if item.is_trailer else "full"),
        *_numbers(item),
    ]
    if item.page:
        parts.append(_rss.link(f"{base}/{item.page.path}"))
    if item.author:
        author = clean(item.author)
        parts.append(_itunes.author(author))
        # What an item says of people replaces what the channel says.
        parts += [*_people(head.channel), _person(author, role="author", group="writing")]
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
    if item.aigc:
        label = etree.Element(ELEMENT, nsmap={PREFIX: NAMESPACE})
        label.text = clean(as_json(item.aigc))
        parts.append(label)
    return _rss.item(*parts)


def _numbers(item: Item) -> list[etree._Element]:
    """Season and number, twice: Apple's and the podcast name space's."""
    told = (("season", item.season), ("episode", item.episode))
    return [make(key, str(n)) for make in (_itunes, _podcast) for key, n in told if n]


def _image(image: Image, head: Head) -> etree._Element:
    side = str(image.side_px)
    return _podcast.image(
        href=f"{head.base}/{image.path}",
        alt=clean(head.channel.title),
        width=side,
        height=side,
        purpose="artwork",
        **{"aspect-ratio": "1/1"},
    )


def _people(channel: Channel) -> list[etree._Element]:
    return [_person(clean(name), role="host") for name in channel.hosts if name.strip()]


def _person(name: str, **more: str) -> etree._Element:
    return _podcast.person(name[:_MOST_NAME], **more)


def _trailer(item: Item, base: str) -> etree._Element:
    return _podcast.trailer(
        clean(item.title)[:_MOST_NAME],
        url=f"{base}/{item.audio.path}",
        pubdate=format_datetime(item.published),
        length=str(item.length_bytes),
        type=item.audio.media_type,
    )


def _category(category: str) -> etree._Element:
    main, _, sub = (part.strip() for part in category.partition(">"))
    element = _itunes.category(text=main)
    if sub:
        element.append(_itunes.category(text=clean(sub)))
    return element


def _podcast_guid(address: str) -> str:
    """UUID version 5 of the feed's address without its scheme, as the specification has it."""
    return str(uuid.uuid5(_PODCAST_GUIDS, address.partition("://")[2]))
