"""Readers turn a source into a document. To add one: a module, and a line in READERS."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from readaloud.errors import UnsupportedFormatError
from readaloud.model import Document, ReadingRules, Source

READERS = {
    "epub": "readaloud.sources.readers.epub.reader:EpubReader",
    "docx": "readaloud.sources.readers.docx.reader:DocxReader",
    "pdf": "readaloud.sources.readers.pdf.reader:PdfReader",
    "html": "readaloud.sources.readers.html.reader:HtmlReader",
    "markdown": "readaloud.sources.readers.markdown.reader:MarkdownReader",
    "text": "readaloud.sources.readers.text:TextReader",
}


class Reader(Protocol):
    """One input format."""

    suffixes: frozenset[str]
    """File name suffixes with their dot, lower case; folders are searched for these."""

    def detect(self, source: Source) -> bool:
        """Whether this reader knows the source, by its name or its first bytes."""

    def read(self, source: Source) -> Document:
        """Turn the source into blocks; every visible character lands in a block or a removal.

        Raises:
            UnreadableSourceError: broken, or in no known encoding.
        """


@runtime_checkable
class RuledReader(Protocol):
    """A reader that a user's settings can guide."""

    def read_by(self, source: Source, rules: ReadingRules) -> Document:
        """As ``read``, by the user's rules.

        Raises:
            ConfigError: a rule can't be used.
            UnreadableSourceError: as for ``read``.
        """


def load_reader(name: str) -> Reader:
    """Make the reader of that name of READERS."""
    module, _, attribute = READERS[name].partition(":")
    return cast("Reader", getattr(import_module(module), attribute)())


def read(source: Source, rules: ReadingRules | None = None) -> Document:
    """Read a source with the first reader that knows it, by the user's rules if there are any.

    Raises:
        ConfigError: a rule can't be used.
        UnsupportedFormatError: no reader does.
        UnreadableSourceError: the reader can't make text of it.
    """
    for name in READERS:
        reader = load_reader(name)
        if reader.detect(source):
            if rules is not None and isinstance(reader, RuledReader):
                return reader.read_by(source, rules)
            return reader.read(source)
    raise UnsupportedFormatError(
        f"{source.name} is in a format that readaloud does not read.",
        f"It reads {', '.join(sorted(known_suffixes()))}.",
    )


def known_suffixes() -> frozenset[str]:
    """Suffixes that some reader knows."""
    return frozenset().union(*(load_reader(name).suffixes for name in READERS))
