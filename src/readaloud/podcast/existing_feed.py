"""The feed that is there already: what has to stay when it is written again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree

from readaloud.errors import UnreadableSourceError, msg
from readaloud.podcast.feed_file import parse_feed
from readaloud.podcast.rss_xml import ATOM, PODCAST


@dataclass(frozen=True, slots=True)
class Entry:
    """An item; ``name`` is that of its audio file."""

    name: str
    guid: str
    published: datetime
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Existing:
    """A feed as it is; ``guid`` is the podcast's own, None where there is no feed yet."""

    guid: str | None
    entries: tuple[Entry, ...]


def read_existing(path: Path, base: str) -> Existing:
    """The feed of that file, its items' addresses moved below ``base``; no file, no items.

    Raises:
        UnreadableSourceError: the file can't be understood. To overwrite it would lose its guids,
            and listeners would get all items again.
    """
    if not path.is_file():
        return Existing(None, ())
    try:
        channel = parse_feed(path).find("channel")
        _move(channel, base)
        guid = channel.findtext(f"{{{PODCAST}}}guid")
        return Existing(guid, tuple(_entry(item) for item in channel.iterfind("item")))
    except (
        etree.XMLSyntaxError,
        ArithmeticError,
        AttributeError,
        OSError,
        TypeError,
        ValueError,
    ) as error:
        raise UnreadableSourceError(
            msg("The feed {path} can't be read: {error}.", path=path, error=error),
            msg("Correct it, or move it away."),
        ) from error


def base_of(path: Path) -> str | None:
    """The address that the files of a feed lie below; None where there is no feed that tells it.

    Raises:
        UnreadableSourceError: the feed can't be understood.
    """
    if not path.is_file():
        return None
    try:
        own = parse_feed(path).find(f"channel/{{{ATOM}}}link[@rel='self']")
    except (etree.XMLSyntaxError, OSError, ValueError) as error:
        raise UnreadableSourceError(
            msg("The feed {path} can't be read: {error}.", path=path, error=error),
            msg("Correct it, or move it away."),
        ) from error
    address = "" if own is None else own.get("href", "")
    return address.rpartition("/")[0] or None


def file_name(address: str) -> str:
    """The last part of an address's path, decoded."""
    return PurePosixPath(unquote(urlsplit(address).path)).name


def _move(channel: etree._Element, base: str) -> None:
    """Put all addresses that lie beside the feed below ``base``, where the feed will lie."""
    own = channel.find(f"{{{ATOM}}}link[@rel='self']")
    old = own.get("href").rpartition("/")[0] + "/" if own is not None else None
    for element in channel.iterfind("item//*[@url]") if old else ():
        if element.get("url").startswith(old):
            element.set("url", f"{base}/{element.get('url').removeprefix(old)}")


def _entry(element: etree._Element) -> Entry:
    """Raises ValueError, AttributeError or TypeError where a part is missing or broken."""
    address = element.find("enclosure").get("url")
    guid = element.findtext("guid")
    if not guid or not address:
        raise ValueError(msg("an item has no guid or no address"))
    published = parsedate_to_datetime(element.findtext("pubDate"))
    published = published if published.tzinfo else published.replace(tzinfo=UTC)
    return Entry(file_name(address), guid, published, element)
