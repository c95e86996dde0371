"""Plain text: every line that is not empty is a block; hard-wrapped paragraphs are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from readaloud.errors import msg
from readaloud.model import Block, Document, ReadingRules, Removal, Source
from readaloud.sources.readers import Reader
from readaloud.sources.readers.shared.hard_wraps import unwrap
from readaloud.sources.readers.shared.repair import Line, split_lines, take_unreadable
from readaloud.sources.text_encodings import decode, is_binary

QUOTE_MARK = msg("quote mark")

_QUOTED = re.compile(r"(?:>\s?){1,20}(?=[^\s>=-])")


def read_text(source: Source) -> Document:
    """Make a block of every line.

    Raises:
        UnreadableSourceError: not text, or in no known encoding.
    """
    text, removed = take_unreadable(decode(source.data, source.name))
    lines, marks = _take_quote_marks(split_lines(text))
    quoted = {mark.line for mark in marks}
    return Document(
        source_name=source.name,
        blocks=tuple(
            Block(line.text, line.number, "quote" if line.number in quoted else "paragraph")
            for line in unwrap(lines)
        ),
        removed=tuple(sorted([*removed, *marks], key=lambda removal: removal.line)),
        bare=True,
    )


def _take_quote_marks(lines: Sequence[Line]) -> tuple[list[Line], list[Removal]]:
    """The ``>`` before each line that a mail quotes, in plain text too, is not read out."""
    kept, marks = [], []
    for line in lines:
        match = _QUOTED.match(line.text)
        if match:
            marks.append(Removal(line.number, match[0].strip(), QUOTE_MARK))
        kept.append(replace(line, text=line.text[match.end() :]) if match else line)
    return kept, marks


def _read(source: Source, _: ReadingRules) -> Document:
    return read_text(source)


def _knows(source: Source) -> bool:
    """A file without a suffix is text unless its first bytes say otherwise."""
    return not source.suffix and not is_binary(source.data)


READER = Reader("text", frozenset({".txt", ".text"}), _read, _knows, order=90)
