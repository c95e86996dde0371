"""Word documents of 2007 and later."""

from __future__ import annotations

from readaloud.model import Document, ReadingRules, Source
from readaloud.sources.readers import MOST_PACKED_BYTES, Reader


def _read(source: Source, _: ReadingRules) -> Document:
    from readaloud.sources.readers.docx.reader import read_docx

    return read_docx(source)


def _knows(source: Source) -> bool:
    """An archive with Word's folder in it."""
    return source.data.startswith(b"PK\x03\x04") and b"word/document.xml" in source.data


READER = Reader(
    "docx", frozenset({".docx", ".docm"}), _read, _knows, order=20, most_bytes=MOST_PACKED_BYTES
)
