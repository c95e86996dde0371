"""Plain text: every line that is not empty is a block; hard-wrapped paragraphs are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from readaloud.errors import msg
from readaloud.model import Block, BlockKind, Document, ReadingRules, Removal, Source
from readaloud.sources.readers import Reader
from readaloud.sources.readers.shared.broken_addresses import join_addresses
from readaloud.sources.readers.shared.formulas.in_text import is_traditional, say_formulas
from readaloud.sources.readers.shared.hard_wraps import join_torn, unwrap
from readaloud.sources.readers.shared.repair import Line, repair, split_lines, take_unreadable
from readaloud.sources.readers.shared.table_rows import join_cells
from readaloud.sources.readers.shared.text_tables import find_rows, holds_numbers, name_rows
from readaloud.sources.text_encodings import decode, is_binary

QUOTE_MARK = msg("quote mark")
TABLE_RULE = msg("lines of a table")

_QUOTED = re.compile(r"(?:>\s?){1,20}(?=[^\s>=-])")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_text(source: Source) -> Document:
    """Make a block of every line.

    Raises:
        UnreadableSourceError: not text, or in no known encoding.
    """
    text, removed = take_unreadable(decode(source.data, source.name))
    text, formulas = _take_formulas(text)
    rows = _find_rows(text)
    lines, marks = _take_quote_marks(
        [line for line in split_lines(text) if line.number not in rows]
    )
    quoted = {mark.line for mark in marks}
    blocks = [
        Block(line.text, line.number, "quote" if line.number in quoted else "paragraph")
        for line in join_addresses(join_torn(unwrap(lines)))
    ]
    table = [block for block in rows.values() if block.text]
    rules = [Removal(n, "|", TABLE_RULE) for n, block in rows.items() if not block.text]
    return Document(
        source_name=source.name,
        blocks=tuple(sorted([*blocks, *table], key=lambda block: block.line)),
        removed=tuple(sorted([*removed, *formulas, *marks, *rules], key=lambda gone: gone.line)),
        bare=True,
    )


def _take_formulas(text: str) -> tuple[str, list[Removal]]:
    """The text with its LaTeX in words, and the LaTeX."""
    said, found = say_formulas(text, is_traditional(text))
    ends = [match.start() for match in _LINE_END.finditer(text)] if found else []
    return said, [
        Removal(
            sum(end < formula.start for end in ends) + 1, repair(formula.written), formula.reason
        )
        for formula in found
    ]


def _find_rows(text: str) -> dict[int, Block]:
    """The rows of tables by the numbers of their lines; a rule between rows has no text."""
    if "\t" not in text and "|" not in text and "  " not in text and "\u3000" not in text:
        return {}
    rows = find_rows(_LINE_END.split(text))
    # Words without numbers may be a menu as well: the rules for lines look at them.
    kind: BlockKind = "row" if holds_numbers(list(rows.values())) else "paragraph"
    return {n + 1: Block(join_cells(cells), n + 1, kind) for n, cells in name_rows(rows).items()}


def _take_quote_marks(lines: Sequence[Line]) -> tuple[list[Line], list[Removal]]:
    """The ``>`` before each line that a mail quotes, in plain text too, is not read out."""
    kept, marks = [], []
    for line in lines:
        framed = line.text.endswith("<")  # >>> 更多 <<<
        match = None if framed else _QUOTED.match(line.text)
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
