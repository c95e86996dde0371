"""OPML 2.0: several programmes in one file, which podcast apps take whole.

Source: http://opml.org/spec2.opml, "Subscription lists".
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree
from lxml.builder import E

from readaloud.errors import UnreadableSourceError, msg
from readaloud.files.atomic import output_errors, write_whole
from readaloud.podcast.feed_file import FEED_NAME, parse_feed
from readaloud.podcast.rss_xml import ATOM
from readaloud.podcast.xml_text import clean


def write_opml(folders: Sequence[Path], path: Path, title: str) -> None:
    """Write a list of the programmes of these folders, in their order.

    Raises:
        UnreadableSourceError: one has no feed, or none with an address of its own.
        OutputError: the file can't be written.
    """
    outlines = [_outline(folder / FEED_NAME) for folder in folders]
    root = E.opml(E.head(E.title(clean(title))), E.body(*outlines), version="2.0")
    told = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    with output_errors(path.parent):
        write_whole(path, told, mode=0o644)


def _outline(path: Path) -> etree._Element:
    try:
        channel = parse_feed(path).find("channel")
        address = channel.find(f"{{{ATOM}}}link[@rel='self']").get("href")
        title = channel.findtext("title")
    except (etree.XMLSyntaxError, AttributeError, OSError, ValueError) as error:
        raise UnreadableSourceError(
            msg("{folder} has no feed that can be read.", folder=path.parent),
            msg("Make one first: readaloud feed."),
        ) from error
    told = {
        "text": title,
        "title": title,
        "xmlUrl": address,
        "htmlUrl": channel.findtext("link"),
        "description": channel.findtext("description"),
        "language": channel.findtext("language"),
    }
    return E.outline(type="rss", version="RSS2", **{k: v for k, v in told.items() if v})
