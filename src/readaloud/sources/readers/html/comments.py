"""Finds what readers wrote below an article, by its shape: blocks alike, each with when and who.

Names of classes settle most pages (page_frame.py). This finds comments where a page names nothing,
and where they hold more text than the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from readaloud.sources.readers.html.page_frame import is_prose, names_comments
from readaloud.sources.readers.shared.html_walk import Passage

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
_CONTROL = re.compile(
    r"repl(?:y|ies|yto)|respond|quote|report|vote|digg|javascript:", re.IGNORECASE
)
_BUTTON = re.compile(
    r"[\[【(（]?\s?(?:回复|回覆|回應|引用|举报|檢舉|检举|投诉|支持|反对|反對|[点點]?[赞讚]|顶|頂|踩"
    r"|reply|quote|report|like|permalink|#)"
    r"\s?(?:[(（\[]?\d{0,6}[)）\]]?)\s?[\]】)）]?",
    re.IGNORECASE,
)
_HEAD_CHARS = 30
_HEAD = re.compile(
    r"评论|評論|留言|跟[帖贴貼]|回复|回覆|回應|\b(?:comments?|repl(?:y|ies)|responses?)\b",
    re.IGNORECASE,
)
_SHARE = 0.6
"""Of the blocks that have to name who wrote them, or let one answer."""
_MIN_BODY = 60
"""Characters of written text that stand before comments; with less the page is a thread."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One comment: the elements beside each other that hold it, and its passages by number."""

    parts: tuple[etree._Element, ...]
    passages: tuple[int, ...]


def find_comments(passages: Sequence[Passage]) -> frozenset[int]:
    """The passages that are comments, by number.

    On a thread, where no text stands before the first block, that block is the article, and what
    its writer adds below stays as well.
    """
    found: set[int] = set()
    for stamps in _alike(passages):
        units = _units(passages, stamps)
        if len(units) < 2 or not _are_comments(units, passages):
            continue
        first = units[0].passages[0]
        body = sum(len(p.block.text) for p in passages[:first] if is_prose(p) and _ends(p))
        if body < _MIN_BODY:
            units = _answers(units)
            found |= {n for unit in units for n in unit.passages}
        else:
            found |= set(_around(passages, first, units[-1].passages[-1]))
    return frozenset(found)


def _around(passages: Sequence[Passage], first: int, last: int) -> range:
    """All from the first comment to the last, with the lines beside them that say what they are."""
    while first > 0 and _heads(passages[first - 1].block.text):
        first -= 1
    while last + 1 < len(passages) and _heads(passages[last + 1].block.text):
        last += 1
    return range(first, last + 1)


def _heads(text: str) -> bool:
    return len(text) <= _HEAD_CHARS and _HEAD.search(text) is not None


def _ends(passage: Passage) -> bool:
    return any(stop in passage.block.text for stop in "。！？，")


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
    """The blocks of which each holds one stamp: children of the element that holds them all."""
    lines = [[passages[n].owner, *passages[n].owner.iterancestors()][::-1] for n in stamps]
    depth = 0
    while (
        all(len(line) > depth + 1 for line in lines) and len({line[depth] for line in lines}) == 1
    ):
        depth += 1
    tops = [line[depth] for line in lines]
    if len(set(tops)) < len(tops):
        return []
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
    """Comments that are no elements: each reaches from its stamp to the next."""
    heads = set(tops)
    parts: list[etree._Element] = []
    for child in [*holder.iterchildren(etree.Element), None]:
        if (child is None or child in heads) and parts:
            yield _Unit(tuple(parts), tuple(n for part in parts for n in inside.get(part, ())))
            parts = []
        if child is not None and (child in heads or parts):
            parts.append(child)


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


def _are_comments(units: Sequence[_Unit], passages: Sequence[Passage]) -> bool:
    """Whether blocks say who wrote them, or can be answered; an article's sections do neither."""
    if any(next(part.iter("h1", "h2"), None) is not None for unit in units for part in unit.parts):
        return False
    written = [unit for unit in units if any(_is_written(passages[n]) for n in unit.passages)]
    signed = sum(map(_is_signed, written))
    if len(written) * 2 < len(units) or not signed:
        return False
    return signed >= _SHARE * len(written) or _is_named(units[0].parts[0])


def _is_written(passage: Passage) -> bool:
    """Whether somebody wrote it: it is no link, no picture's text, no time, no button."""
    text = passage.block.text
    shown = not passage.hidden and not passage.block.described and passage.link_share < 0.5
    stamp = len(text) <= _STAMP_CHARS and _WHEN.search(text)
    return shown and not stamp and not _BUTTON.fullmatch(text)


def _is_named(element: etree._Element) -> bool:
    """Whether an element or one around it is named for comments."""
    for each in (element, *element.iterancestors()):
        if names_comments(each):
            return each.tag not in {"html", "body"}
    return False


def _is_signed(unit: _Unit) -> bool:
    return any(
        _signs(each) for part in unit.parts for each in part.iter("a", "img", "button", "span")
    )


def _signs(element: etree._Element) -> bool:
    """Whether a link or a picture shows a person, or answers one."""
    names = " ".join(element.get(name, "")[:200] for name in ("class", "id", "rel", "src"))
    if element.tag == "img":
        return bool(_PERSON.search(names))
    text = "".join(element.itertext()).strip()
    if len(text) <= 16 and _BUTTON.fullmatch(text):
        return True
    address = element.get("href", "")[:300]
    return element.tag == "a" and bool(
        _CONTROL.search(address) or _PERSON.search(f"{names} {address}")
    )


def _answers(units: Sequence[_Unit]) -> list[_Unit]:
    """What others wrote below the first block of a thread."""
    writer = _writer(units[0])
    return [unit for unit in units[1:] if not writer or _writer(unit) != writer]


def _writer(unit: _Unit) -> str:
    """The text of the first link to a person."""
    links = (link for part in unit.parts for link in part.iter("a"))
    names = (
        "".join(link.itertext()).strip() for link in links if _PERSON.search(link.get("href", ""))
    )
    return next(filter(None, names), "")
