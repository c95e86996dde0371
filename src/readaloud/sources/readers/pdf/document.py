"""The text layer of PDF files: columns, paragraphs and headings found by place and size.

A block's line is the number of the page where it begins. Vertical writing is not read.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import pypdfium2

from readaloud.chinese.dates import first_day
from readaloud.chinese.names import is_name
from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Block, Document, Removal
from readaloud.sources.likelihood import likelihood
from readaloud.sources.readers.pdf.layout import order_lines, split_furniture
from readaloud.sources.readers.pdf.pages import Page, read_pages
from readaloud.sources.readers.pdf.paragraphs import build_blocks
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.stated_metadata import stated_author, stated_title

TURNED = msg("slanted text")
NO_TEXT = msg("a page of images without text")
BROKEN = msg("a page that can't be read")
MAX_PAGES = 5_000

_BAD_SHARE = 0.05
_MIN_LIKELY = 0.15


def extract(name: str, data: bytes, tell: Callable[[int], None] = lambda _: None) -> Document:
    """Read the pages; running heads, page numbers and stamps go to ``removed``.

    ``tell`` is called after every page with the count of characters read so far. A file built to
    do harm takes PDFium any time and memory, or ends the process: ``pdf.PdfReader`` calls this in
    a process of its own.

    Raises:
        UnreadableSourceError: damaged, protected, a scan, or fonts without characters.
    """
    document = _open(name, data)
    try:
        found = list(_told(read_pages(document, name), tell))
        info = document.get_metadata_dict()
    finally:
        document.close()
    pages = [page for page in found if isinstance(page, Page)]
    _check_text(pages, name)
    broken = [Removal(n, f"page {n}", BROKEN) for n in found if isinstance(n, int)]
    kept, furniture = split_furniture(pages)
    blocks, marks = build_blocks([order_lines(page) for page in kept])
    removed = [*broken, *marks, *_turned(pages, blocks)]
    removed += [
        cut(Block(shown, gone.page), gone.reason, _place(blocks, gone.page - gone.head))
        for gone in furniture
        if (shown := repair(gone.text))
    ]
    return Document(
        name,
        tuple(blocks),
        stated_title(info.get("Title")),
        stated_author(info.get("Author")) or _author(blocks),
        _day(info.get("CreationDate", "")),
        tuple(sorted(removed, key=lambda removal: removal.line)),
    )


def _author(blocks: Sequence[Block]) -> str | None:
    """Two names or more in a line of their own right below the title; one may be a subtitle."""
    second = blocks[1] if len(blocks) > 1 else None
    if second is None or second.kind != "paragraph" or blocks[0].kind != "heading":
        return None
    names = second.text.split("、")
    return second.text if len(names) > 1 and all(map(is_name, names)) else None


def _told(found: Iterable[Page | int], tell: Callable[[int], None]) -> Iterator[Page | int]:
    total = 0
    for page in found:
        if isinstance(page, Page):
            total += sum(len(piece.text) for piece in page.pieces)
        tell(total)
        yield page


def _open(name: str, data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableSourceError(
                msg("{name} is protected by a password.", name=name),
                msg("Open it, and print or save it as a new PDF without one."),
            ) from error
        raise UnreadableSourceError(
            msg("{name} is damaged or incomplete, and can't be opened as a PDF.", name=name),
            msg("Download or export the file again."),
        ) from error
    if count > MAX_PAGES:
        document.close()
        raise UnreadableSourceError(
            msg(
                "{name} says it has {count} pages; the most is {max_pages}.",
                name=name,
                count=count,
                max_pages=MAX_PAGES,
            ),
            msg("Split it into parts."),
        )
    return document


def _check_text(pages: Sequence[Page], name: str) -> None:
    """Refuse scans, and text layers that are not what the page shows."""
    text = "".join(piece.text for page in pages for piece in page.pieces)
    if not text.strip():
        raise UnreadableSourceError(
            msg("{name} has no text: its pages are images (a scan), or empty.", name=name),
            msg("Recognise its text first, for example with OCRmyPDF."),
        )
    counts = Counter(text)
    bad = sum(n for char, n in counts.items() if _is_bad(char))
    wide = "".join(char for char in text if char > "\u024f")
    garbled = len(wide) * 3 > len(text) and likelihood(repair(wide)) < _MIN_LIKELY
    if bad > _BAD_SHARE * len(text) or (garbled and len(wide) >= 40):
        raise UnreadableSourceError(
            msg("{name} shows text, but its fonts don't say which characters.", name=name),
            msg("Recognise its text first (OCRmyPDF --force-ocr), or export it again."),
        )


def _is_bad(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc", "Cs"}


def _place(blocks: Sequence[Block], page: int) -> int:
    """Where the blocks of a page, and of those before it, end."""
    return sum(block.line <= page for block in blocks)


def _turned(pages: Sequence[Page], blocks: Sequence[Block]) -> Iterator[Removal]:
    for page in pages:
        if text := repair(page.turned):
            block = Block(text, page.number)
            yield cut(block, TURNED, _place(blocks, page.number))
        if page.pictures and not page.pieces:
            yield Removal(page.number, f"page {page.number}", NO_TEXT)


def _day(stamp: str) -> str | None:
    """The day of a PDF's time stamp, ``D:YYYYMMDDhhmmss``."""
    return first_day([stamp.removeprefix("D:")[:8]])
