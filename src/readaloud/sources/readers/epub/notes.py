"""Takes the notes, their marks and the page numbers out of a book's document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from readaloud.errors import msg
from readaloud.model import Block, Removal
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.html_walk import walk
from readaloud.sources.readers.shared.inline_marks import NOTE_MARK, Settled
from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.tags import NOTE_KINDS
from readaloud.sources.readers.shared.xml_parts import attribute

PAGE_NUMBER = msg("page number")

_REFERENCES = frozenset({"noteref", "doc-noteref", "backlink", "doc-backlink"})
_PAGES = frozenset({"pagebreak", "doc-pagebreak"})
_BARE = re.compile(r"[\[【(（〔［]\s?(?:注|註)?\s?[\d*]{1,4}\s?[\]】)）〕］]|[*†‡①-⑳㉑-㉟↩]{1,3}")
_RAISED = re.compile(r"(?:注|註)?\d{1,4}")
_DUOKAN = "duokan-footnote"
"""Class of the marks and, with ``-item``, of the notes in most Chinese EPUB 2 books."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that was cut: its text, the note it leads to, and the elements it stood in."""

    removal: Removal
    target: str
    parents: tuple[etree._Element, ...]


@dataclass(slots=True)
class Notes:
    """What was cut from one document."""

    marks: list[_Mark] = field(default_factory=list)
    pages: list[tuple[etree._Element, str]] = field(default_factory=list)
    """What is left in the tree of the places where printed pages begin, and their numbers."""
    notes: dict[str, list[Block | Removal]] = field(default_factory=dict)

    def add_settled(self, settled: Iterable[Settled]) -> None:
        """Add what was taken out of lines, or put in other words."""
        self.marks += [_Mark(replace(s.removal, line=0), "", s.parents) for s in settled]

    def all_marks(self) -> list[str]:
        """Texts of all marks."""
        return [mark.removal.text for mark in self.marks if mark.removal.text]

    def all_notes(self) -> Iterator[Block]:
        """Blocks of all notes."""
        for entries in self.notes.values():
            yield from (entry for entry in entries if isinstance(entry, Block))

    def by_place(self, last: Mapping[etree._Element, int]) -> dict[int, list[Block | Removal]]:
        """Marks and notes by the passage they follow.

        ``last`` gives the last passage of each element; what belongs to none comes at the end.
        """
        end = max(last.values(), default=-1) + 1
        places: dict[int, list[Block | Removal]] = {}
        for mark in self.marks:
            place = next((last[e] for e in mark.parents if e in last), end)
            behind = places.setdefault(place, [])
            if mark.removal.text:
                behind.append(mark.removal)
            behind += self.notes.pop(mark.target, [])
        for entries in self.notes.values():
            places.setdefault(end, []).extend(entries)
        return places


def cut_notes(root: etree._Element) -> Notes:
    """Take notes that a mark leads to, and all marks and page numbers, out of the tree."""
    found = Notes()
    wanted = set()
    for element in list(root.iter("a", "span", "sup", "div")):
        reason = _reason(element)
        if not reason or any(True for _ in element.iterdescendants("rt")):
            continue
        target = attribute(element, "href").rpartition("#")[2] if reason == NOTE_MARK else ""
        wanted.add(target)
        text = repair("".join(element.itertext()))
        parents = tuple(element.iterancestors())
        found.marks.append(_Mark(Removal(0, text, reason), target, parents))
        if reason == PAGE_NUMBER:
            found.pages.append((element, _page_label(element, text)))
            _empty(element)
        else:
            _cut(element)
    for element in list(root.iter(etree.Element)):
        name = element.get("id")
        if name and name in wanted and _is_note(element):
            found.notes.setdefault(str(name), []).extend(
                cut(replace(p.block, kind="note", level=0), msg("hidden in a note"))
                if p.hidden and not _is_popup(element)
                else replace(p.block, kind="note", level=0)
                for p in walk(element)
            )
            _cut(element)
    return found


def _reason(element: etree._Element) -> str:
    """Why an element is a mark that is not spoken; an empty string for text."""
    kinds = _kinds(element)
    if kinds & _PAGES:
        return PAGE_NUMBER
    if element.tag != "a":
        return ""
    if kinds & _REFERENCES or _DUOKAN in element.get("class", "").split():
        return NOTE_MARK
    text = repair("".join(element.itertext()))
    if "#" not in element.get("href", "") or not text:
        return ""
    raised = next(element.iterancestors("sup"), None) is not None
    raised = raised or next(element.iterdescendants("sup"), None) is not None
    bare = _BARE.fullmatch(text) or (raised and _RAISED.fullmatch(text))
    return NOTE_MARK if bare else ""


def _page_label(element: etree._Element, text: str) -> str:
    """A page's number as it is shown, or said, or named."""
    stated = element.get("aria-label") or element.get("title") or text
    name = re.fullmatch(r"(?i)(?:page|p|pg)[-_]?(\w{1,8})", element.get("id", ""))
    return repair(stated) or (name[1] if name else "")


def _empty(element: etree._Element) -> None:
    """Leave of a mark only its place: nothing that is seen, and no border of a paragraph."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = "span", tail


def _is_note(element: etree._Element) -> bool:
    return (
        bool(_kinds(element) & NOTE_KINDS)
        or element.tag == "aside"
        or (f"{_DUOKAN}-item" in element.get("class", "").split())
    )


def _is_popup(element: etree._Element) -> bool:
    """Notes are hidden until their mark is touched."""
    return "hidden" in element.attrib or "display" in element.get("style", "")


def _kinds(element: etree._Element) -> frozenset[str]:
    roles = f"{attribute(element, 'type')} {element.get('role', '')}"
    return frozenset(roles.split())


def _cut(element: etree._Element) -> None:
    """Remove an element; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
