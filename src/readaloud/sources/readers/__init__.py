"""Readers turn a source into a document: a module or folder each, found by its place.

To add one, put a module here that holds ``READER``; nothing else changes (docs/extending.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from readaloud.errors import Several, UnsupportedFormatError, msg
from readaloud.model import Document, ReadingRules, Source
from readaloud.plugins import Seam
from readaloud.sources.readers.shared.block_numbers import with_numbers
from readaloud.sources.readers.shared.half_characters import without_halves

MOST_BYTES = 20_000_000
"""A text of that size is spoken for a fortnight."""
MOST_PACKED_BYTES = 300_000_000
"""Of files that may be full of pictures and fonts."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of input."""

    name: str
    suffixes: frozenset[str]
    """File name suffixes with their dot, lower case; folders are searched for these."""
    read: Callable[[Source, ReadingRules], Document]
    """Turns the source into blocks; every visible character lands in a block or a removal.

    It raises UnreadableSourceError for what is broken or in no known encoding, ConfigError where a
    user's rule can't be used.
    """
    knows: Callable[[Source], bool] = lambda _: False
    """Whether the source's first bytes say that it is of this kind, whatever its suffix."""
    order: int = 50
    """Readers are asked in rising order: those that are surer of their kind come first."""
    most_bytes: int = MOST_BYTES
    """Of a file."""
    by_line: bool = True
    """Whether the line tells blocks apart; else each gets a number, by which a person names it."""

    def detect(self, source: Source) -> bool:
        """Whether this reader is the one for a source, by its name or its first bytes."""
        return source.suffix in self.suffixes or self.knows(source)


READERS: Seam[Reader] = Seam(__name__, "readaloud.readers", "READER", msg("reader"), Reader)


def read(source: Source, rules: ReadingRules = ReadingRules()) -> Document:
    """Read a source with the first reader that knows it, by the user's rules.

    Raises:
        ConfigError: a rule can't be used.
        UnsupportedFormatError: no reader does.
        UnreadableSourceError: the reader can't make text of it.
    """
    for reader in READERS.all():
        if reader.detect(source):
            document = without_halves(reader.read(source, rules))
            return document if reader.by_line else with_numbers(document)
    raise UnsupportedFormatError(
        msg("readaloud can't read the format of {name}.", name=source.name),
        msg("It can read {listed}.", listed=Several(sorted(known_suffixes()))),
    )


def most_bytes_of(suffix: str) -> int:
    """How large a file of that suffix may be."""
    fitting = (reader.most_bytes for reader in READERS.all() if suffix in reader.suffixes)
    return next(fitting, MOST_BYTES)


def known_suffixes() -> frozenset[str]:
    """Suffixes that some reader knows."""
    return frozenset().union(*(reader.suffixes for reader in READERS.all()))
