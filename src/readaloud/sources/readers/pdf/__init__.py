"""PDF files with a text layer, read in a process of their own."""

from __future__ import annotations

from readaloud.model import Document, ReadingRules, Source
from readaloud.sources.readers import MOST_PACKED_BYTES, Reader


def _read(source: Source, _: ReadingRules) -> Document:
    from readaloud.sources.readers.pdf.reader import read_pdf

    return read_pdf(source)


def _knows(source: Source) -> bool:
    """Some files have a few bytes before the mark."""
    return b"%PDF-" in source.data[:64]


READER = Reader(
    "pdf",
    frozenset({".pdf"}),
    _read,
    _knows,
    order=30,
    most_bytes=MOST_PACKED_BYTES,
    by_line=False,
)
