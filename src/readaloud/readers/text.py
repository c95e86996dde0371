"""Plain text: every line that is not empty is a block; hard-wrapped paragraphs are joined."""

from __future__ import annotations

from readaloud.models import Block, Document, Source
from readaloud.readers.decoding import decode, is_binary
from readaloud.readers.repair import split_lines, take_unreadable
from readaloud.readers.unwrapping import unwrap


class TextReader:
    """Reads plain text in any Chinese encoding."""

    suffixes = frozenset({".txt", ".text"})

    def detect(self, source: Source) -> bool:
        """By suffix; a file without one is text unless its first bytes say otherwise."""
        return source.suffix in self.suffixes or (not source.suffix and not is_binary(source.data))

    def read(self, source: Source) -> Document:
        """Make a block of every line.

        Raises:
            UnreadableSourceError: not text, or in no known encoding.
        """
        text, removed = take_unreadable(decode(source.data, source.name))
        lines = unwrap(split_lines(text))
        return Document(
            source_name=source.name,
            blocks=tuple(Block(line.text, line.number) for line in lines),
            removed=removed,
        )
