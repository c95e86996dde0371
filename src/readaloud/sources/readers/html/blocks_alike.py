"""Finds comments and teasers around an article by their shape: blocks alike, each with its time.

Names of classes settle most pages (page_frame.py). This finds what a page doesn't name, and
comments that hold more text than the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from readaloud.errors import msg
from readaloud.sources.readers.html.page_frame import COMMENTS, is_prose, names_comments
from readaloud.sources.readers.shared.passages import Passage

_TEASERS = msg("related articles")
_STAMP_CHARS = 100
_DAY = r"(?:(?:19|20)?\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
_WHEN = re.compile(
    rf"{_DAY}[\sT,，日]{{0,4}}(?:[上下]午\s?)?\d{{1,2}}[:：]\d\d"
    r"|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}"
    r"|\d{1,3}\s?(?:秒|分[钟鐘]|(?:个|個)?小[时時]|天|周|週|(?:个|個)?月|年)\s?(?:以)?前"
    r"|(?:昨天|前天|今天|剛剛|刚刚)\s{0,2}(?:\d{1,2}[:：]\d\d|$)"
    r"|\b\d{1,2}\s(?:minutes?|hours?|days?|weeks?|months?|years?)\sago"
    r"|第?\s?\d{1,5}\s?(?:楼|樓|#)(?!\w)|^\s?[#B]\d{1,5}\b|沙[发發]|板凳"
)
_PERSON = re.compile(
    r"user|member|profile|people|space|author|/u/|uid=|/~|namelink|nick|who|avatar|gravatar|touxiang"
    r"|portrait|headimg|\bface\b|url$",
    re.IGNORECASE,
)
_WRITER = re.compile("nick|user|commenter|poster", re.IGNORECASE)
_CONTROL = re.compile(
    r"repl(?:y|ies|yto)|respond|quote|report|vote|digg|javascript:", re.IGNORECASE
)
_WORDS = (
    r"[\[【(（]?\s?(?:回[复覆應应]|引用|[举舉][报報]|檢舉|检举|投诉|支持|反[对對]|[点點]?[赞讚]|顶|頂|踩"
    r"|reply|quote|report|like|permalink|#)"
    r"\s?(?:[(（\[]?\d{0,6}[)）\]]?)\s?[\]】)）]?"
)
_BUTTON = re.compile(rf"{_WORDS}(?:[\s·|｜]{{0,3}}{_WORDS}){{0,4}}", re.IGNORECASE)
"""What a reader can do with a comment: a button or several."""
_ACTS = re.compile(r"(?:回[复覆應应]|[点點]?[赞讚]|举报|檢舉|检举|踩|顶|頂)(?:\s?\d{1,6})?(?:\s|$)")
_HEAD_CHARS = 30
_HEAD = re.compile(
    r"评论|評論|留言|跟[帖贴貼]|回复|回覆|回應|\b(?:comments?|repl(?:y|ies)|responses?)\b",
    re.IGNORECASE,
)
_CITED = re.compile("refer|cite|footnote|biblio", re.IGNORECASE)
"""Names of a list of sources, which is the article's own."""
_SENTENCE = re.compile("[。！？，]")
_MIN_TEASERS = 3
_TEASER_CHARS = 300
_HEADLINE_CHARS = 6
_SHARE = 0.6
"""Of the blocks that have to name who wrote them, or let one answer."""
_MIN_BODY = 60
"""Characters of written text that stand before comments; with less the page is a thread."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One comment: the elements beside each other that hold it, and its passages by number."""

    parts: tuple[etree._Element, ...]
    passages: tuple[int, ...]


def find_alike(passages: Sequence[Passage]) -> dict[int, str]:
    """The passages that are comments or teasers, by number, each with the reason.

    On a thread, where no text stands before the first block, that block is the article, and what
    its writer adds below stays as well.
    """
    found: dict[int, str] = {}
    for stamps in _alike(passages):
        units = _units(passages, stamps)
        if len(units) < 2:
            continue
        first, last = units[0].passages[0], units[-1].passages[-1]
        body = _written_chars(passages[:first])
        inside = {n for unit in units for n in unit.passages}
        between = _written_chars([passages[n] for n in range(first, last) if n not in inside])
        if between >= _MIN_BODY:
            continue  # the article itself stands among them
        if _are_comments(units, passages, body):
            threaded = body < _MIN_BODY
            numbers = _others(units) if threaded else list(_around(passages, first, last))
            found |= dict.fromkeys(numbers, COMMENTS)
        elif body >= _MIN_BODY and _are_teasers(units, passages):
            found |= dict.fromkeys(range(first, last + 1), _TEASERS)
    return found


def _written_chars(passages: Sequence[Passage]) -> int:
    texts = (passage.block.text for passage in passages if is_prose(passage))
    return sum(len(text) for text in texts if _SENTENCE.search(text))


def _around(passages: Sequence[Passage], first: int, last: int) -> range:
    """All from the first comment to the last, with the lines beside them that say what they are."""
    while first > 0 and _heads(passages[first - 1].block.text):
        first -= 1
    while last + 1 < len(passages) and _heads(passages[last + 1].block.text):
        last += 1
    return range(first, last + 1)


def _heads(text: str) -> bool:
    return len(text) <= _HEAD_CHARS and _HEAD.search(text) is not None


def _alike(passages: Sequence[Passage]) -> Iterator[list[int]]:
    """Short passages with a time or a floor, two or more at one kind of place."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, passage in enumerate(passages):
        text = passage.block.text
        if not passage.hidden and len(text) <= _STAMP_CHARS and _WHEN.search(text):
            places[_place(passage.owner)].append(n)
    for stamps in sorted(places.values(), key=len, reverse=True):
        if len(stamps) > 1:
            yield stamps


def _place(element: etree._Element) -> tuple[str, ...]:
    """Tags from an element to the root, with the first word of each one's class."""
    steps = [element, *element.iterancestors()]
    return tuple(f"{each.tag}.{(each.get('class') or '').split(' ')[0]}" for each in steps)


def _units(passages: Sequence[Passage], stamps: Sequence[int]) -> list[_Unit]:
    """The blocks that hold a stamp or more: children of the element that holds them all."""
    lines = [[passages[n].owner, *passages[n].owner.iterancestors()][::-1] for n in stamps]
    depth = 0
    while (
        all(len(line) > depth + 1 for line in lines) and len({line[depth] for line in lines}) == 1
    ):
        depth += 1
    first: dict[etree._Element, int] = {}
    for n, line in zip(stamps, lines, strict=True):
        first.setdefault(line[depth], n)
    tops, stamps = list(first), list(first.values())
    holder = tops[0].getparent()
    if holder is None:
        return []
    inside = _inside(passages, holder)
    alone = [n for n, top in zip(stamps, tops, strict=True) if set(inside.get(top, ())) == {n}]
    if len(alone) * 2 > len(stamps):
        return list(_flat(holder, tops, inside))
    return [
        _Unit((top,), tuple(inside.get(top, (n,)))) for n, top in zip(stamps, tops, strict=True)
    ]


def _flat(
    holder: etree._Element, tops: Sequence[etree._Element], inside: dict[etree._Element, list[int]]
) -> Iterator[_Unit]:
    """Comments that are no elements: each reaches from its stamp to the next.

    The last has no more parts than the longest of the others.
    """
    heads = set(map(_with_term, tops))
    runs: list[list[etree._Element]] = []
    for child in holder.iterchildren(etree.Element):
        if child in heads:
            runs.append([])
        if runs:
            runs[-1].append(child)
    longest = max(map(len, runs[:-1]), default=1)
    for run in [*runs[:-1], *(run[:longest] for run in runs[-1:])]:
        numbers = tuple(n for part in run for n in inside.get(part, ()))
        if numbers:
            yield _Unit(tuple(run), numbers)


def _with_term(element: etree._Element) -> etree._Element:
    """Of a definition its term, which stands before it."""
    term = element.getprevious() if element.tag == "dd" else None
    return term if term is not None and term.tag == "dt" else element


def _inside(passages: Sequence[Passage], holder: etree._Element) -> dict[etree._Element, list[int]]:
    """The passages in each child of an element."""
    found: dict[etree._Element, list[int]] = defaultdict(list)
    for n, passage in enumerate(passages):
        below: etree._Element = passage.owner
        for above in passage.owner.iterancestors():
            if above is holder:
                found[below].append(n)
                break
            below = above
    return found


def _are_comments(units: Sequence[_Unit], passages: Sequence[Passage], body: int) -> bool:
    """Whether blocks say who wrote them, or can be answered; an article's sections do neither.

    What several reporters write live is signed as well: it is more than what stands before it.
    """
    if any(next(part.iter("h1", "h2"), None) is not None for unit in units for part in unit.parts):
        return False
    written = [unit for unit in units if any(_is_written(passages[n]) for n in unit.passages)]
    signed = sum(_is_signed(unit) or _may_be_answered(unit, passages) for unit in written)
    if len(written) * 2 < len(units) or not signed:
        return False
    own = _written_chars([passages[n] for unit in written for n in unit.passages])
    small = body < _MIN_BODY or own <= body or any(map(_is_answered, written))
    return (small and signed >= _SHARE * len(written)) or _is_named(units[0].parts[0])


def _are_teasers(units: Sequence[_Unit], passages: Sequence[Passage]) -> bool:
    """Whether short blocks each lead to another article."""
    chars = sum(len(passages[n].block.text) for unit in units for n in unit.passages)
    headed = [unit for unit in units if any(_leads(passages[n]) for n in unit.passages)]
    cited = any(_CITED.search(each.get("class", "")[:300]) for each in _around_unit(units[0]))
    many = not cited and len(units) >= _MIN_TEASERS and len(headed) * 5 >= len(units) * 4
    return many and chars <= _TEASER_CHARS * len(units)


def _around_unit(unit: _Unit) -> Iterator[etree._Element]:
    yield unit.parts[0]
    yield from unit.parts[0].iterancestors()


def _leads(passage: Passage) -> bool:
    long = len(passage.block.text) >= _HEADLINE_CHARS and not passage.block.described
    return long and passage.link_share >= 0.8


def _is_written(passage: Passage) -> bool:
    """Whether somebody wrote it: it is no link, no picture's text, no time, no button."""
    text = passage.block.text
    shown = not passage.hidden and not passage.block.described and passage.link_share < 0.5
    stamp = len(text) <= _STAMP_CHARS and _WHEN.search(text) and not _SENTENCE.search(text)
    return shown and not stamp and not _BUTTON.fullmatch(text)


def _is_named(element: etree._Element) -> bool:
    """Whether an element or one around it is named for comments."""
    around = (element, *element.iterancestors())
    return any(names_comments(each) and each.tag not in {"html", "body"} for each in around)


def _is_signed(unit: _Unit) -> bool:
    return any(_signs(each) for part in unit.parts for each in part.iter(etree.Element))


def _may_be_answered(unit: _Unit, passages: Sequence[Passage]) -> bool:
    """Whether the line with the time shows what readers can do: 四川 · 3天前 回复 赞 7."""
    texts = (passages[n].block.text for n in unit.passages)
    return any(_WHEN.search(text) and _ACTS.search(text) for text in texts if len(text) <= 40)


def _is_answered(unit: _Unit) -> bool:
    texts = ("".join(each.itertext()).strip() for part in unit.parts for each in part.iter("a"))
    return any(len(text) <= 16 and _BUTTON.fullmatch(text) for text in texts)


def _signs(element: etree._Element) -> bool:
    """Whether a link or a picture shows a person, or answers one."""
    names = " ".join(element.get(name, "")[:200] for name in ("class", "id", "rel", "src"))
    if element.tag == "img":
        return bool(_PERSON.search(names))
    text = "".join(element.itertext()).strip()
    if len(text) <= 16 and _BUTTON.fullmatch(text):
        return True
    if len(text) <= _STAMP_CHARS and _WRITER.search(element.get("class", "")[:200]):
        return True
    address = element.get("href", "")[:300]
    return element.tag == "a" and bool(
        _CONTROL.search(address) or _PERSON.search(f"{names} {address}")
    )


def _others(units: Sequence[_Unit]) -> list[int]:
    """What others wrote below the first block of a thread, by number."""
    writer = _writer(units[0])
    below = (unit for unit in units[1:] if not writer or _writer(unit) != writer)
    return [n for unit in below for n in unit.passages]


def _writer(unit: _Unit) -> str:
    """The text of the first link to a person."""
    links = (link for part in unit.parts for link in part.iter("a"))
    names = (
        "".join(link.itertext()).strip() for link in links if _PERSON.search(link.get("href", ""))
    )
    return next(filter(None, names), "")
