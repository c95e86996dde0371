"""EPUB books without copy protection."""

from __future__ import annotations

from readaloud.model import Document, ReadingRules, Source
from readaloud.sources.readers import MOST_PACKED_BYTES, Reader


def _read(source: Source, rules: ReadingRules) -> Document:
    from readaloud.sources.readers.epub.reader import read_epub

    return read_epub(source, rules)


def _knows(source: Source) -> bool:
    """An archive with the container file that each book has."""
    return source.data.startswith(b"PK\x03\x04") and b"META-INF/container.xml" in source.data


READER = Reader("epub", frozenset({".epub"}), _read, _knows, order=10, most_bytes=MOST_PACKED_BYTES)
