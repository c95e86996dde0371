"""A folder into which people put articles: saved pages, texts, documents."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import UnsupportedFormatError
from readaloud.morning.offers import Offer, Offers, first
from readaloud.sources.find import find_sources

_SETTLED_S = 3.0
"""A file that was changed a moment ago may not be whole yet: it is looked at the next time."""


def folder_offers(folder: str) -> Offers:
    """The files of a folder that a reader knows; one that is changed is a new article.

    Raises:
        UnreadableSourceError: there is no such folder, or it can't be searched.
    """
    return Offers(first(_files(folder)))


def _files(folder: str) -> Iterator[Offer]:
    try:
        for place in find_sources([Path(folder)]):
            if not isinstance(place, Path):
                continue
            stat = place.stat()
            if time.time() - stat.st_mtime >= _SETTLED_S:
                key = f"file:{place}|{stat.st_size}|{stat.st_mtime_ns}"
                yield Offer(key, str(place))
    except UnsupportedFormatError:  # an empty folder is no failure here
        return
