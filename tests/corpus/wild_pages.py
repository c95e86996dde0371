"""Real pages with a label for every line: how they are read, and split by their sites.

A folder of them holds ``manifest.tsv`` (``file``, ``site`` and more), ``lines/NAME.tsv`` (the lines
of a page as a careless scraper leaves it, each with its ``label``, ``tag``, the share of it in
links and in bold), ``dump/NAME.txt`` (those lines as a file) and ``html/NAME.html``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from readaloud.editing.line_model.body import is_sentence
from readaloud.model import Document, ReadingRules, Source
from readaloud.sources import readers

Form = Literal["text", "markdown", "html"]
LABELS = frozenset({"body", "furniture", "title", "pagetitle", "?"})
_SUFFIX = {"text": ".txt", "markdown": ".md", "html": ".html"}
HEADINGS = Path(__file__).parent / "wild_headings.tsv"
_LOOK_AHEAD = 400
_UNSEEN = re.compile(r"[\s\u00ad\u200b\ufeff\ufffd]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a dump: what people said it is, and how the page marks it up."""

    label: str
    tag: str
    linked: bool
    bold: bool
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What heads a part of the article, as readers judge; on several lines it is one."""

    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site."""

    folder: Path
    name: str
    site: str
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...] | None = None
    """None where nobody has judged which lines are headings."""

    def document(self, form: Form) -> Document:
        """The page as a file of that form is read."""
        if form == "markdown":
            data = "\n".join(self._as_markdown()).encode()
        else:
            kind = "dump" if form == "text" else "html"
            data = (self.folder / kind / f"{self.name}{_SUFFIX[form]}").read_bytes()
        source = Source(self.name, self.name, _SUFFIX[form], data)
        return readers.read(source, ReadingRules())

    def labels(self, document: Document, form: Form) -> list[str]:
        """The label of each block of the page as text or Markdown, ``?`` where it has none."""
        at = self._at_lines(form)
        return [at.get(block.line, "?") for block in document.blocks]

    def _as_markdown(self) -> Iterator[str]:
        """Two lines a line; items, headings, bold and links are marked as converters do."""
        for n, line in enumerate(self.lines):
            text = f"[{line.text}](https://example.com/{n}.html)" if line.linked else line.text
            if re.fullmatch("h[1-6]", line.tag):
                text = "#" * int(line.tag[1]) + f" {text}"
            elif line.tag == "li":
                text = f"* {text}"
            elif line.bold and not line.linked:
                text = f"**{text}**"
            yield from (text, "")

    def _at_lines(self, form: Form) -> dict[int, str]:
        if form == "markdown":
            return {2 * n + 1: line.label for n, line in enumerate(self.lines)}
        dump = (self.folder / "dump" / f"{self.name}.txt").read_text("utf-8").split("\n")
        found: dict[int, str] = {}
        start = 0
        for line in self.lines:
            for n in range(start, min(start + _LOOK_AHEAD, len(dump))):
                if bare(dump[n]) == bare(line.text):
                    found[n + 1], start = line.label, n + 1
                    break
        return found

    @property
    def is_labelled(self) -> bool:
        """Whether people marked its body."""
        return any(line.label == "body" for line in self.lines)

    @property
    def is_prose(self) -> bool:
        """Whether its body is sentences, and not a table, a list or a line of a forum."""
        body = [line.text for line in self.lines if line.label == "body"]
        sentences = sum(map(is_sentence, body))
        return sentences >= 3 and sentences * 2 >= len(body)


def bare(text: str) -> str:
    """A text without its spaces, seen and unseen."""
    return _UNSEEN.sub("", text)


@lru_cache
def read_pages(folder: Path) -> tuple[Page, ...]:
    """All pages with a body that people marked, by name."""
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        sites = {Path(row["file"]).stem: row["site"] for row in rows}
    judged = dict(_read_judged())
    pages = []
    for path in sorted((folder / "lines").glob("*.tsv")):
        lines = tuple(_read_lines(path))
        marks = judged.get(path.stem)
        headings = None if marks is None else tuple(_headings(marks, lines))
        pages.append(Page(folder, path.stem, sites[path.stem], lines, headings))
    return tuple(page for page in pages if page.is_labelled)


def _read_judged() -> Iterator[tuple[str, list[str]]]:
    """Pages with the marks of their headings, as ``HEADINGS`` has them."""
    for row in HEADINGS.read_text("utf-8").splitlines():
        if not row.startswith("#"):
            name, _, marks = row.partition("\t")
            yield name, marks.split()


def _headings(marks: Sequence[str], lines: Sequence[Line]) -> Iterator[Heading]:
    for mark in marks:
        numbers = map(int, mark.removeprefix("?").split("+"))
        text = "".join(lines[number].text for number in numbers)
        yield Heading(text, sure=not mark.startswith("?"))


def _read_lines(path: Path) -> Iterator[Line]:
    for row in path.read_text("utf-8").split("\n")[1:]:
        if row:
            _, label, tag, link, bold, _, text = row.split("\t", 6)
            if bare(text):
                yield Line(label, tag, float(link) >= 0.8, float(bold) >= 0.8, text.strip())


def by_site(pages: Sequence[Page]) -> Iterator[tuple[list[Page], list[Page]]]:
    """For each site the pages of all others, and its own."""
    for site in sorted({page.site for page in pages}):
        others = [page for page in pages if page.site != site]
        yield others, [page for page in pages if page.site == site]
