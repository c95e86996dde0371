"""Saved web pages: the article, with everything else on the page on record as removed."""

from __future__ import annotations

import re

from readaloud.model import Document, ReadingRules, Source
from readaloud.sources.readers import Reader

_OPENING = re.compile(
    r"\s{0,999}(?:<\?xml[^<>]{0,200}>\s{0,99})?<(?:!doctype\s+html|html)[\s>]", re.I
)


def _read(source: Source, rules: ReadingRules) -> Document:
    from readaloud.sources.readers.html.reader import read_html

    return read_html(source, rules)


def _knows(source: Source) -> bool:
    """By a page's first tag."""
    head = source.data[:2048].removeprefix(b"\xef\xbb\xbf").decode("ascii", "replace")
    return _OPENING.match(head) is not None


READER = Reader(
    "html",
    frozenset({".html", ".htm", ".xhtml", ".shtml"}),
    _read,
    _knows,
    order=40,
    most_bytes=100_000_000,  # with its pictures
    by_line=False,
)
