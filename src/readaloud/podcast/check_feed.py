"""A feed held against the files beside it: every address leads to one, as it says."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from readaloud.errors import msg
from readaloud.files.outside import is_file
from readaloud.podcast.feed_file import parse_feed
from readaloud.podcast.file_requests import media_type

FEED_NAME = "feed.xml"
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
    for element in channel.iterfind(".//*[@url]"):
        problems += _link_problems(element, base, path.parent)
    guids = [item.findtext("guid") for item in channel.iterfind("item")]
    problems += [
        msg("The guid {guid} is there twice.", guid=guid)
        for guid in set(guids)
        if guids.count(guid) > 1
    ]
    return tuple(problems)


def _link_problems(element: etree._Element, base: str, folder: Path) -> list[str]:
    """What is wrong with the file of an address that lies beside the feed."""
    address = element.get("url", "")
    if not address.startswith(base):
        return []
    try:
        file = folder / unquote(urlsplit(address).path.removeprefix(urlsplit(base).path))
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
