"""The feed that is there already: what has to stay when it is written again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree

from readaloud.errors import UnreadableSourceError, msg
from readaloud.podcast.feed_file import is_feed, parse_feed
from readaloud.podcast.rss_xml import ATOM, ITUNES, PODCAST


@dataclass(frozen=True, slots=True)
class Entry:
    """An item; ``name`` is that of its audio file."""

    name: str
    guid: str
    published: datetime
    season: int
    episode: int
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
    first, *others = (_read(page, base) for page in (path, *feed_pages(path.parent)))
    return Existing(first.guid, (*first.entries, *(e for page in others for e in page.entries)))


def feed_pages(folder: Path) -> list[Path]:
    """The pages of a feed behind its first."""
    pages = (path for path in folder.glob("feed-*.xml") if is_feed(path.name))
    return sorted(pages, reverse=True)


def _read(path: Path, base: str) -> Existing:
    """A page of a feed."""
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
    season, episode = (_number(element, key) for key in ("season", "episode"))
    return Entry(file_name(address), guid, published, season, episode, element)


def _number(element: etree._Element, key: str) -> int:
    """A number of a season or an episode; 0 where there is none."""
    told = (element.findtext(f"{{{ITUNES}}}{key}") or "").strip()
    return int(told) if told.isdecimal() and len(told) < 9 else 0
