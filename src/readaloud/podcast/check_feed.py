"""A feed held against the files beside it: every address leads to one, as it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from readaloud.errors import msg
from readaloud.files.outside import is_file
from readaloud.podcast.check_labels import check_labels
from readaloud.podcast.feed_file import parse_feed
from readaloud.podcast.file_requests import media_type

_SELF = "{http://www.w3.org/2005/Atom}link[@rel='self']"


def check_feed(path: Path) -> tuple[str, ...]:
    """All that is wrong with a feed, a sentence each."""
    try:
        channel = parse_feed(path).find("channel")
    except (etree.XMLSyntaxError, OSError, ValueError) as error:
        return (msg("The feed can't be read: {error}.", error=error),)
    own = channel.find(_SELF) if channel is not None else None
    if own is None:
        return (msg("The feed has no channel with its own address."),)
    base = own.get("href", "").rpartition("/")[0] + "/"
    problems = []
    for address, element in _addresses(channel):
        problems += _link_problems(address, element, base, path.parent)
    guids = [item.findtext("guid") for item in channel.iterfind("item")]
    problems += [
        msg("The guid {guid} is there twice.", guid=guid)
        for guid in set(guids)
        if guids.count(guid) > 1
    ]
    return (*problems, *check_labels(channel, path.parent))


def named_beside(path: Path) -> frozenset[str]:
    """The files that a feed names below its own address, by their paths below its folder.

    Raises:
        etree.XMLSyntaxError, ValueError, OSError, AttributeError: ``check_feed`` would say so.
    """
    channel = parse_feed(path).find("channel")
    base = channel.find(_SELF).get("href", "").rpartition("/")[0] + "/"
    named = (_below(address, base) for address, _ in _addresses(channel))
    return frozenset(filter(None, named))


def _addresses(channel: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Every address that stands in a feed, with its element."""
    for element in channel.iter("{*}*"):
        for key in ("url", "href"):
            if element.get(key):
                yield element.get(key), element
    for element in channel.iterfind("image/url"):
        yield (element.text or "").strip(), element


def _below(address: str, base: str) -> str | None:
    """The path of an address below the feed's; None where it is none, or that of a folder."""
    if not address.startswith(base):
        return None
    path = unquote(urlsplit(address).path.removeprefix(urlsplit(base).path))
    return path if path and not path.endswith("/") else None


def _link_problems(address: str, element: etree._Element, base: str, folder: Path) -> list[str]:
    """What is wrong with the file of an address that lies beside the feed."""
    try:
        path = _below(address, base)
        if path is None:
            return []
        file = folder / path
        is_there = is_file(file)
    except ValueError:  # it is no address
        is_there = False
    if not is_there:
        return [msg("{address} leads to no file.", address=address)]
    problems: list[str] = []
    length, stated = element.get("length"), element.get("type")
    size = file.stat().st_size
    if length is not None and length != str(size):
        problems.append(
            msg(
                "{name} has {size} bytes, but the feed says {length}.",
                name=file.name,
                size=size,
                length=length,
            )
        )
    expected = media_type(file.name).partition(";")[0]
    if stated is not None and stated != expected:
        problems.append(
            msg(
                "{name} is {expected}, but the feed says {stated}.",
                name=file.name,
                expected=expected,
                stated=stated,
            )
        )
    return problems
