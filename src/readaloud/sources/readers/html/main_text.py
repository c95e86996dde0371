"""Chooses the passages of a page that are its article; the others get the reason why they are not.

Of 93 lines to be spoken and 48 texts not to be, in tests/sources/pages.py, were kept and leaked:
trafilatura 2.3 (recall) 77 and 20, resiliparse 2.0 81 and 23, readability-lxml 0.9 59 and 7, the
page's own structure with the run of written text where it names no container 93 and 0. Extractors
leave out short lines, tables, quotations and captions, and take related articles and comments for
text: where the page's structure says what is what, nothing else decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from readaloud.errors import msg
from readaloud.sources.readers.html.blocks_alike import find_alike
from readaloud.sources.readers.html.margins import (
    OUTSIDE,
    PUBLISHED_LINE,
    drop_behind,
    drop_footer,
    drop_linked,
    drop_links,
    drop_pagers,
    drop_published,
)
from readaloud.sources.readers.html.page_frame import (
    COMMENTS,
    Frames,
    Weights,
    is_prose,
    name_words,
    names_note,
    weigh,
)
from readaloud.sources.readers.html.page_metadata import key
from readaloud.sources.readers.html.prose_run import find_run
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.tags import CONTENT_CLASSES, CONTENT_IDS, LEADS

HIDDEN = msg("hidden on the page")

_MOST_LEAD = 12
_SHORT_CHARS = 300
"""A page with less text is too little to go by."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was walked, weighed, and whose frame is known."""

    root: etree._Element
    passages: Sequence[Passage]
    weights: Weights
    frames: Frames
    alike: Mapping[Passage, str]
    """Comments and teasers, each with its reason."""

    def reason(self, passage: Passage) -> str:
        """Why a passage is in no article, wherever that is; empty where nothing speaks against."""
        if passage.hidden:
            return HIDDEN
        return self.alike.get(passage) or self.frames.reason(passage.owner)


def survey(root: etree._Element, passages: Sequence[Passage]) -> Page:
    """Weigh a page's elements without its comments and teasers, and find its frame."""
    alike = {passages[n]: reason for n, reason in find_alike(passages).items()}
    weights = weigh(root, [passage for passage in passages if passage not in alike])
    return Page(root, passages, weights, Frames(root, weights), alike)


def choose(
    page: Page,
    title: str | None,
    ruled: Sequence[etree._Element] = (),
) -> list[str]:
    """The reasons why passages are not of the article, one each, empty for those that are.

    Where the page names the article's container (``ruled``, or by the web's conventions), all
    that is in it stays, but for the frame's parts inside. Else the run of written text stands for
    it, with all that lies between. Where there is none, all but the frame stays.
    """
    reasons = [page.reason(passage) for passage in page.passages]
    matched: list[bool] = []
    parts = list(ruled)
    if not parts:
        short = page.weights.chars.get(page.root, 0) < _SHORT_CHARS
        matched = [] if short else find_run(page.passages, reasons)
        parts = _find_named(page, matched)
    if parts:
        _drop_outside(page, reasons, parts)
    elif any(matched):
        _drop_unmatched(page, reasons, matched, _find_part(page.passages, matched))
    else:
        drop_linked(page.passages, reasons)
    drop_behind(page.passages, reasons, COMMENTS)
    drop_published(page.passages, reasons)
    drop_pagers(page.passages, reasons)
    drop_links(page.passages, reasons)
    drop_footer(page.passages, reasons)
    _restore_header(page, reasons, title)
    _restore_notes(page, reasons)
    return reasons


def _restore_notes(page: Page, reasons: list[str]) -> None:
    """Keep the article's notes, where they stand beside the part that holds its text."""
    for index, passage in enumerate(page.passages):
        if reasons[index] == OUTSIDE and is_prose(passage) and _is_note(passage.owner):
            reasons[index] = ""


def _is_note(element: etree._Element) -> bool:
    """Whether an element lies in a note, or in a list of them."""
    return any(map(names_note, (element, *element.iterancestors())))


def _find_named(page: Page, matched: Sequence[bool]) -> list[etree._Element]:
    """The container that the page itself names, with its like-named neighbours.

    One that holds less than half of what the run has is a teaser's, or a part only.
    """
    wanted = sum(
        len(passage.block.text)
        for passage, match in zip(page.passages, matched, strict=False)
        if match and is_prose(passage)
    )
    for tier in _gather_named(page):
        best = max(tier, key=lambda each: page.weights.prose[each])
        parts = [each for each in tier if each is best or _belongs_with(page, each, best)]
        if sum(page.weights.prose[each] for each in parts) * 2 >= wanted:
            return parts
    return []


def _gather_named(page: Page) -> list[list[etree._Element]]:
    """Candidates by trust: names of articles' texts, then <article>, then <main>."""
    tiers: list[list[etree._Element]] = [[], [], [], []]
    for element in page.root.iter(etree.Element):
        if not page.weights.chars.get(element) or page.frames.reason(element):
            continue
        tier = _trust(element)
        if tier is not None:
            tiers[tier].append(element)
    return [tier for tier in tiers if tier]


def _trust(element: etree._Element) -> int | None:
    if element.get("id") == "js_content" or "articleBody" in element.get("itemprop", "").split():
        return 0
    names = {name.lower() for name in element.get("class", "")[:300].split()}
    if element.get("id", "").lower() in CONTENT_IDS or names & CONTENT_CLASSES:
        return 1
    if element.tag == "article" or element.get("role") == "article":
        return 2
    return 3 if element.tag == "main" or element.get("role") == "main" else None


def _belongs_with(page: Page, part: etree._Element, best: etree._Element) -> bool:
    """Whether two containers are pieces of one article: siblings of one name, both with prose."""
    return (
        part.getparent() is best.getparent()
        and part.get("class") == best.get("class")
        and page.weights.prose[part] > 0
    )


def _drop_outside(page: Page, reasons: list[str], parts: Iterable[etree._Element]) -> None:
    inside = _Inside(parts)
    for index, passage in enumerate(page.passages):
        if not reasons[index] and not inside.holds(passage.owner):
            reasons[index] = OUTSIDE


def _drop_unmatched(
    page: Page, reasons: list[str], matched: Sequence[bool], part: etree._Element
) -> None:
    """Keep the run of written text, and what lies between in the same part of the page."""
    inside = _Inside([part])
    within = [inside.holds(passage.owner) for passage in page.passages]
    places = [index for index, match in enumerate(matched) if match and within[index]]
    first, last = places[0], places[-1]
    while first > 0 and page.passages[first - 1].block.kind in {"caption", "heading"}:
        first -= 1
    last = _find_last(page.passages, last, part)
    for index, passage in enumerate(page.passages):
        linked = passage.link_share >= 0.5
        between = first <= index <= last and within[index] and not linked
        taken = matched[index] and (within[index] or not linked)
        if not reasons[index] and not between and not taken:
            reasons[index] = OUTSIDE


def _find_last(passages: Sequence[Passage], last: int, part: etree._Element) -> int:
    """Where the article ends: a signature, a picture's text follow the last that was taken.

    In the page's body they are only those that stand beside it; everything else may, too.
    """
    if part.tag not in {"body", "head", "html"}:
        return len(passages) - 1
    beside = passages[last].owner.getparent()
    while last + 1 < len(passages):
        owner = passages[last + 1].owner
        if owner is not passages[last].owner and beside not in (owner, owner.getparent()):
            break
        last += 1
    return last


def _restore_header(page: Page, reasons: list[str], title: str | None) -> None:
    """Keep the title, and between it and the text what belongs to the article: a lead, a caption.

    Where the article shows its title itself, nothing is to be restored.
    """
    kept = [index for index, reason in enumerate(reasons) if not reason]
    wanted = key(title or "")
    if not wanted or any(key(page.passages[index].block.text) == wanted for index in kept):
        return
    heading = _find_heading(page, reasons, wanted)
    if heading is None:
        return
    reasons[heading] = ""
    first = next((index for index in kept if index > heading), heading)
    between = range(heading + 1, first)
    if len(between) <= _MOST_LEAD:
        for index in between:
            if reasons[index] == OUTSIDE and _leads(page.passages[index]):
                reasons[index] = ""


def _leads(passage: Passage) -> bool:
    if passage.link_share >= 0.5 or PUBLISHED_LINE.fullmatch(passage.block.text):
        return False
    named = not LEADS.isdisjoint(name_words(passage.owner))
    return named or passage.block.kind in {"caption", "heading", "quote"} or is_prose(passage)


def _find_heading(page: Page, reasons: Sequence[str], wanted: str) -> int | None:
    shown = [
        (passage.block.kind == "heading", -passage.block.level, -index, index)
        for index, passage in enumerate(page.passages)
        if reasons[index] == OUTSIDE and key(passage.block.text) == wanted
    ]
    return max(shown)[3] if shown else None


def _find_part(passages: Sequence[Passage], matched: Sequence[bool]) -> etree._Element:
    """The deepest element that holds four fifths of the matched text.

    One long paragraph may hold that much alone; it is no part of the page, what holds it is.
    """
    taken = [passage for passage, match in zip(passages, matched, strict=True) if match]
    held = Counter(passage.owner for passage in taken)
    weights: dict[etree._Element, int] = {}
    for passage in taken:
        owner = passage.owner
        alone = held[owner] == 1 and owner.getparent() is not None
        for element in (*(() if alone else (owner,)), *owner.iterancestors()):
            weights[element] = weights.get(element, 0) + len(passage.block.text)
    total = max(weights.values())
    heavy = [element for element, weight in weights.items() if weight * 5 >= total * 4]
    return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()))


class _Inside:
    """Whether elements lie in one of the parts; remembers what it has seen."""

    def __init__(self, parts: Iterable[etree._Element]) -> None:
        self._known = dict.fromkeys(parts, True)

    def holds(self, element: etree._Element) -> bool:
        path = []
        at: etree._Element | None = element
        while at is not None and at not in self._known:
            path.append(at)
            at = at.getparent()
        inside = at is not None and self._known[at]
        self._known.update(dict.fromkeys(path, inside))
        return inside
