"""CommonMark with tables and front matter; no first bytes tell it from text."""

from __future__ import annotations

from readaloud.model import Document, ReadingRules, Source
from readaloud.sources.readers import Reader


def _read(source: Source, rules: ReadingRules) -> Document:
    from readaloud.sources.readers.markdown.reader import read_markdown

    return read_markdown(source, rules)


READER = Reader("markdown", frozenset({".md", ".markdown", ".mdown", ".mkd"}), _read, order=50)
