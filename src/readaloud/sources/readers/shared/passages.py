"""What a page is cut into, and what belongs together although it was cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from readaloud.model import Block
from readaloud.sources.readers.shared.broken_addresses import goes_on
from readaloud.sources.readers.shared.tags import INLINE

_TERM_CHARS = 30
"""A longer term of a definition list is a sentence of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A block of a page and where it was found."""

    block: Block
    owner: etree._Element
    """The innermost element that was open where the block ended."""
    hidden: bool
    link_share: float
    """Share of its characters that are link text."""


def tag_of(element: etree._Element) -> str:
    """The name of an element, an empty string for a comment."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def join_addresses(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Passages in which an address that a line break cuts in two is whole."""
    before: Passage | None = None
    for passage in passages:
        if before is not None and _is_cut(before, passage):
            before = _append(before, passage)
            continue
        if before is not None:
            yield before
        before = passage
    if before is not None:
        yield before


def _is_cut(above: Passage, below: Passage) -> bool:
    kinds = {above.block.kind, below.block.kind}
    plain = len(kinds) == 1 and kinds <= {"paragraph", "item", "quote", "note"}
    told = above.hidden or below.hidden or below.block.label
    beside = plain and not told and _line_of(above.owner) is _line_of(below.owner)
    return beside and goes_on(above.block.text, below.block.text)


def _line_of(element: etree._Element) -> etree._Element:
    """The element that makes a line of what it holds: a paragraph, no link inside of it."""
    while tag_of(element) in INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element


def _append(above: Passage, below: Passage) -> Passage:
    block = replace(
        above.block,
        text=above.block.text + below.block.text,
        strong=above.block.strong and below.block.strong,
        ruby=above.block.ruby + below.block.ruby,
        languages=above.block.languages + below.block.languages,
    )
    return Passage(block, below.owner, False, _share(above, below))


def _share(first: Passage, second: Passage) -> float:
    """The share of link text in both together."""
    chars = [len(passage.block.text) for passage in (first, second)]
    linked = first.link_share * chars[0] + second.link_share * chars[1]
    return linked / max(sum(chars), 1)


def join_terms(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Passages in which a term of a definition list stands before its meaning, in one line."""
    term: Passage | None = None
    for passage in passages:
        if term is not None and _defines(passage, term):
            yield _define(term, passage)
            term = None
            continue
        if term is not None:
            yield term
        term = passage if _is_term(passage) else None
        if term is None:
            yield passage
    if term is not None:
        yield term


def _is_term(passage: Passage) -> bool:
    text = passage.block.text
    short = len(text) <= _TERM_CHARS and not passage.hidden and passage.block.kind == "item"
    return short and tag_of(passage.owner) == "dt" and text[-1] not in "。！？!?；;"


def _defines(passage: Passage, term: Passage) -> bool:
    """Whether a passage is the first of the meaning that follows a term."""
    meaning: etree._Element | None = passage.owner
    while meaning is not None and tag_of(meaning) != "dd":
        meaning = meaning.getparent()
    if meaning is None or passage.hidden or passage.block.kind not in {"item", "paragraph"}:
        return False
    return next(meaning.itersiblings("dt", "dd", preceding=True), None) is term.owner


def _define(term: Passage, meaning: Passage) -> Passage:
    """Both in one, 分箱：分作两箱养, as the term is said."""
    text, mark = term.block.text, "" if term.block.text[-1] in "：:，,—" else "："
    block = replace(
        meaning.block,
        text=f"{text}{mark}{meaning.block.text}",
        line=term.block.line,
        strong=False,
        ruby=term.block.ruby + meaning.block.ruby,
        languages=term.block.languages + meaning.block.languages,
        label=term.block.label,
    )
    return replace(meaning, block=block, link_share=_share(term, meaning))
