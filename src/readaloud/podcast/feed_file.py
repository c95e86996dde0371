"""The XML of a feed that is there, which may be anybody's."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from readaloud.files.outside import read_outside


def parse_feed(path: Path) -> etree._Element:
    """The root of a feed; what it names outside of itself is not fetched.

    Raises:
        etree.XMLSyntaxError, ValueError: it is no XML.
        OSError: it can't be read.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    return etree.fromstring(read_outside(path), parser)
