"""Walks the body of a DOCX file: paragraphs, rows of tables, notes, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from readaloud.errors import msg
from readaloud.model import Block, BlockKind, Removal
from readaloud.sources.readers.docx.numbering import Numbering
from readaloud.sources.readers.docx.styles import Styles, styled
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.formulas.in_text import say_or_skip
from readaloud.sources.readers.shared.formulas.omml import to_latex
from readaloud.sources.readers.shared.hard_wraps import unwrap
from readaloud.sources.readers.shared.inline_marks import STRUCK, lift, lower
from readaloud.sources.readers.shared.repair import Line, repair
from readaloud.sources.readers.shared.table_rows import join_cells, name_cells, name_table
from readaloud.sources.readers.shared.xml_parts import attribute

DELETED = msg("deleted in tracked changes")
HIDDEN = msg("hidden text")
CONTENTS = msg("table of contents")
SYMBOL = msg("symbol from a special font")

GAP = Removal(0, "", "")
"""An empty paragraph, which parts those around it; it is no text."""

Entry = Block | Removal
_CELL_CHARS = 200
"""Longer cells are the columns of a page laid out with tables."""
_SKIPPED = frozenset({"pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "instrText", "Fallback"})
_DELETED = frozenset({"del", "moveFrom"})
_GUESSED = re.compile(
    r"(?:说明|說明|描述)已自动生成|(?:描述|說明)已自動產生|automatically generated", re.I
)
_SCRIPTS = {"superscript": lift, "subscript": lower}
_BREAKS = frozenset({"br", "cr"})
_SPOKEN = {"tab": "\t", "noBreakHyphen": "-"}
"""What elements of a run say."""
_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class _Line:
    """Text gathered from a paragraph; a part ends at every line break."""

    parts: list[list[str]] = field(default_factory=lambda: [[]])
    ruby: list[tuple[str, str]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    symbols: list[str] = field(default_factory=list)
    formulas: list[Removal] = field(default_factory=list)
    """Those put in words, as they were written."""
    behind: list[etree._Element] = field(default_factory=list)
    """Notes and text boxes, whose paragraphs follow this one."""
    pictures: list[str] = field(default_factory=list)
    """What is written about pictures for those who can't see them."""
    chars: int = 0
    bold: int = 0


class Body:
    """Reads one document; ``title`` is the text of the paragraph set as its title."""

    def __init__(
        self,
        styles: Styles,
        notes: Mapping[str, Mapping[str, etree._Element]],
        numbering: Numbering,
        *,
        traditional: bool = False,
    ) -> None:
        """``notes`` are the footnotes and endnotes by their identifiers.

        ``traditional`` tells in which characters formulas are put in words.
        """
        self._traditional = traditional
        self._numbering = numbering
        self._pictures = 0
        self._styles = styles
        self._notes = notes
        self._used: set[etree._Element] = set()
        self.title: str | None = None

    def read(self, element: etree._Element) -> Iterator[Entry]:
        """Blocks and removals below an element, in reading order."""
        for child in element.iterchildren(etree.Element):
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED and child.tag not in _DELETED:
                yield from self.read(child)
            elif child.tag in _DELETED:
                yield from _cut(["".join(child.itertext())], DELETED)

    def unused_notes(self) -> Iterator[Entry]:
        """Notes that no mark leads to."""
        for notes in self._notes.values():
            for note in notes.values():
                yield from self._note(note)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Entry]:
        properties, line = paragraph.find("pPr"), _Line()
        self._gather(paragraph, properties, line)
        level = self._styles.level(properties)
        kind: BlockKind = "heading" if level else "paragraph"
        numbered, label = self._styles.numbered(properties), ""
        if numbered:
            label = self._numbering.label(numbered, styled(properties, "pStyle"))
            kind = kind if level else "item"
        strong = 0 < line.chars == line.bold
        # A heading set over two lines is one.
        parts = ["".join(part) for part in line.parts]
        texts = [repair(text) for text in ([" ".join(parts)] if level else parts)]
        ruby = tuple(line.ruby)
        if not any(texts):
            yield GAP
        for text in filter(None, texts):
            if self._styles.is_contents(properties):
                yield cut(Block(text, 0), CONTENTS)
                continue
            yield Block(text, 0, kind, level, strong=strong and not level, ruby=ruby, label=label)
            ruby, label = (), ""
        if self._styles.is_title(properties) and self.title is None:
            self.title = next(filter(None, texts), None)
        yield from self._behind(line)

    def _behind(self, line: _Line) -> Iterator[Entry]:
        yield from _cut(line.deleted, DELETED)
        yield from _cut(line.hidden, HIDDEN)
        yield from _cut(line.struck, STRUCK)
        yield from line.formulas
        if symbols := repair("".join(line.symbols)):
            yield Removal(0, symbols, SYMBOL)
        for text in line.pictures:
            self._pictures += 1
            yield Block(text, 0, "caption", picture=self._pictures, described=True)
        for element in line.behind:
            if element.tag == "txbxContent":
                yield from self.read(element)
            else:
                yield from self._note(element)

    def _note(self, note: etree._Element) -> Iterator[Entry]:
        if note in self._used:
            return
        self._used.add(note)
        for entry in self.read(note):
            if isinstance(entry, Block) and entry.kind != "row":
                yield replace(entry, kind="note", level=0)
            else:
                yield entry

    def _table(self, table: etree._Element) -> Iterator[Entry]:
        rows = [list(_near(row, "tc")) for row in _near(table, "tr")]
        texts = [["".join(t.text or "" for t in cell.iter("t")) for cell in row] for row in rows]
        long = any(len(text) > _CELL_CHARS for row in texts for text in row)
        nested = next(table.iterdescendants("tbl"), None) is not None
        if long or nested or all(sum(map(bool, row)) < 2 for row in texts):
            for row in rows:
                for cell in row:
                    yield from self.read(cell)
            return
        heads: Sequence[str] = ()
        named = name_table(texts, headed=_is_headed(table))
        for row, own, shown in zip(rows, texts, named, strict=True):
            yield from self._row(row, heads if shown is not own else ())
            heads = heads or [repair(text) for text in own]

    def _row(self, cells: list[etree._Element], heads: Sequence[str]) -> Iterator[Entry]:
        """A row as one block; what is removed from its cells, and their notes, behind it.

        ``heads`` are what stands over its cells, where that is to be said.
        """
        texts: list[str] = []
        ruby: list[tuple[str, str]] = []
        rest: list[Entry] = []
        for cell in cells:
            entries = list(self.read(cell))
            shown = [e for e in entries if isinstance(e, Block) and e.kind != "note"]
            texts.append(" ".join(map(_shown, shown)))
            ruby += [pair for block in shown for pair in block.ruby]
            rest += [entry for entry in entries if entry not in shown]
        if text := join_cells(name_cells(heads, texts)):
            yield Block(text, 0, "row", ruby=tuple(ruby))
        yield from rest

    def _gather(
        self, element: etree._Element, properties: etree._Element | None, line: _Line
    ) -> None:
        """Add what stands below an element of a paragraph to its line."""
        for child in element.iterchildren(etree.Element):
            self._inside(child, properties, line)

    def _inside(
        self, child: etree._Element, properties: etree._Element | None, line: _Line
    ) -> None:
        tag = str(child.tag)
        if tag == "r":
            self._run(child, properties, line)
        elif tag in _DELETED:
            line.deleted.append("".join(_deleted(child)))
        elif tag in {"txbxContent", "p"}:
            line.behind.append(child)
        elif tag == "AlternateContent":
            choice = child.find("Choice")
            chosen = choice if choice is not None else child.find("Fallback")
            if chosen is not None:
                self._gather(chosen, properties, line)
        elif tag == "oMath":
            self._formula(child, line)
        elif tag == "t":
            _say(line, child.text or "", bold=False)
        elif tag == "docPr":
            line.pictures += _description(child)
        elif tag not in _SKIPPED:
            self._gather(child, properties, line)

    def _formula(self, math: etree._Element, line: _Line) -> None:
        """A formula in words, or announced."""
        source = to_latex(math)
        written = source or repair("".join(t.text or "" for t in math.iter("t")))
        if written:
            words, reason = say_or_skip(source, self._traditional)
            _say(line, words, bold=False)
            line.formulas.append(Removal(0, written, reason))

    def _run(self, run: etree._Element, properties: etree._Element | None, line: _Line) -> None:
        own = run.find("rPr")
        bold = self._styles.is_on("b", own, properties)
        for child in run.iterchildren(etree.Element):
            tag = str(child.tag)
            if tag == "t":
                self._text(child.text or "", own, properties, line)
            elif tag in _SPOKEN:
                _say(line, _SPOKEN[tag], bold)
            elif tag == "delText":
                line.deleted.append(child.text or "")
            elif tag in _BREAKS:
                line.parts.append([])
            elif tag == "sym":
                _symbol(child, line, bold)
            elif tag == "ruby":
                self._ruby(child, properties, line)
            elif tag in _MARKS:
                note = self._notes[_MARKS[tag]].get(attribute(child, "id"))
                line.behind += [note] if note is not None else []
            elif tag not in _SKIPPED:
                self._inside(child, properties, line)

    def _text(
        self,
        text: str,
        own: etree._Element | None,
        properties: etree._Element | None,
        line: _Line,
    ) -> None:
        """A run's text, by how the run is set: hidden, struck, raised or lowered."""
        if self._styles.is_on("vanish", own, properties):
            line.hidden.append(text)
        elif any(self._styles.is_on(name, own, properties) for name in ("strike", "dstrike")):
            line.struck.append(text)
        else:
            change = _SCRIPTS.get(_script(own))
            shown = (change(text) if change else "") or text
            _say(line, shown, self._styles.is_on("b", own, properties))

    def _ruby(self, ruby: etree._Element, properties: etree._Element | None, line: _Line) -> None:
        """Base text into the line, the reading beside it."""
        base, reading = ruby.find("rubyBase"), ruby.find("rt")
        before = len(line.parts[-1])
        if base is not None:
            self._gather(base, properties, line)
        text = repair("".join(line.parts[-1][before:]))
        said = (
            repair("".join(t.text or "" for t in reading.iter("t"))) if reading is not None else ""
        )
        if text and said:
            line.ruby.append((text, said))


def _is_headed(table: etree._Element) -> bool:
    """Whether a table says of its first row, and of it alone, that it is the head."""
    rows = list(_near(table, "tr"))
    heads = [row.find("trPr/tblHeader") for row in rows]
    told = [head is not None and attribute(head, "val") not in {"0", "false"} for head in heads]
    spans = any(next(row.iter("gridSpan"), None) is not None for row in rows[:1])
    return sum(told) == 1 and told[0] and not spans


def _script(properties: etree._Element | None) -> str:
    """Whether a run is raised or lowered."""
    found = properties.find("vertAlign") if properties is not None else None
    return attribute(found, "val") if found is not None else ""


def join_wrapped(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with paragraphs joined that were wrapped at a width, a line in each."""
    lines = [Line(place, entry.text) for place, entry in enumerate(entries, 1) if _is_plain(entry)]
    joined = unwrap(lines)
    kept = [entry for entry in entries if entry is not GAP]
    if len(joined) == len(lines):
        return kept
    texts = {line.number: line.text for line in joined}
    gone = {line.number for line in lines} - texts.keys()
    return [
        replace(entry, text=texts[place]) if isinstance(entry, Block) and place in texts else entry
        for place, entry in enumerate(entries, 1)
        if entry is not GAP and place not in gone
    ]


def _is_plain(entry: Entry) -> bool:
    """Whether an entry is a paragraph with nothing but its text."""
    return isinstance(entry, Block) and entry == Block(entry.text, entry.line)


def _shown(block: Block) -> str:
    return f"{block.label}，{block.text}" if block.label else block.text


def _description(properties: etree._Element) -> list[str]:
    """The alternative text of a drawing, without what Word says of its own guesses."""
    lines = attribute(properties, "descr").splitlines()
    text = repair(" ".join(line for line in lines if not _GUESSED.search(line)))
    return [text] if any(map(str.isalnum, text)) else []


def _say(line: _Line, text: str, bold: bool) -> None:
    line.parts[-1].append(text)
    count = len(text) - text.count(" ") - text.count("\t")
    line.chars += count
    line.bold += count * bold


def _symbol(element: etree._Element, line: _Line, bold: bool) -> None:
    """A character of a symbol font: most have no meaning outside of it."""
    try:
        char = chr(int(attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return
    if "\ue000" <= char <= "\uf8ff" or "\ud800" <= char <= "\udfff":
        line.symbols.append(f"{attribute(element, 'font')} {ord(char) & 0xFF:#04x}".strip())
    else:
        _say(line, char, bold)


def _deleted(element: etree._Element) -> Iterator[str]:
    for text in element.iter("delText", "t"):
        yield text.text or ""


def _cut(texts: list[str], reason: str) -> Iterator[Removal]:
    if text := repair("".join(texts)):
        yield cut(Block(text, 0), reason)


def _near(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The nearest elements of a name: not those inside of each other."""
    for child in element.iterchildren(etree.Element):
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag not in _DELETED and child.tag != "tbl":
            yield from _near(child, tag)
