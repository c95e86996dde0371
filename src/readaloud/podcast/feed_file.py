"""The XML of a feed that is there, which may be anybody's."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from lxml import etree

from readaloud.files.outside import read_outside

FEED_NAME = "feed.xml"
_PAGE = re.compile(r"feed-[0-9]{4,}\.xml")
"""Of a feed in pages, all but the first."""


def is_feed(path: str) -> bool:
    """Whether a file of that path is a feed, or a page of one, by its name."""
    return is_first_page(path) or _PAGE.fullmatch(PurePosixPath(path).name) is not None


def is_first_page(path: str) -> bool:
    """Whether it is the one that players ask for."""
    return PurePosixPath(path).name == FEED_NAME


def parse_feed(path: Path) -> etree._Element:
    """The root of a feed; what it names outside of itself is not fetched.

    Raises:
        etree.XMLSyntaxError, ValueError: it is no XML.
        OSError: it can't be read.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    return etree.fromstring(read_outside(path), parser)
