"""Heads and feet of a newspaper's or a magazine's pages: on a line, or a piece a line.

A line is read piece by piece: 柳河日报 ■ 2024年9月13日 ■ 农历八月十一. Each kind of piece weighs what
it tells of a page; a day and a weekday alone may head a diary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import normalize

from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import size
from readaloud.editing.rulebook import bare, mark
from readaloud.errors import msg
from readaloud.model import Block

WEIGHTS = {
    "record": 2.0,
    "issue": 3.0,
    "paper": 1.5,
    "sheet": 1.5,
    "post": 1.5,
    "lunar": 1.5,
    "phone": 1.0,
    "day": 1.0,
    "weekday": 1.0,
    "today": 1.0,
    "number": 1.0,
    "section": 0.5,
    "latin": 0.5,
}
"""What a piece of each kind tells of a page's head."""
TWICE = frozenset({"post", "phone"})
"""Kinds of which a second piece tells as much again."""
TELLING = frozenset({"record", "issue", "paper", "sheet", "post"})
"""Of these a head has one at least: a diary and an almanac have the others."""
STRANGE, STRANGE_CHARS, NAME_CHARS = -1.0, 5, 16
"""What a piece of no kind tells; how long it may be; how long beside an issue's number."""
LINE, RUN = 3.0, 3.5
"""What a line must tell by itself, and lines together."""
MOST_CHARS, MOST_PIECES = 140, 24
_PIECE = mark("page head part")
_GAPS = re.compile(r"[\s|｜■□●◆▲▼△]+")
_SIGNS = frozenset("报報版刊期編编辑輯校·0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Every line of a head has one of these."""
_BARE = re.compile(r"\d{1,3}")
"""The number of a page, beside a head."""
_PERSON = re.compile("[\u4e00-\u9fff·]{2,5}")
_SHEET = re.compile(r"(?:^|[\s|｜])[A-D]\d{2}版?(?:$|[\s|｜])")
_FINDING = Finding("page head", msg("head or foot of a newspaper's page"))


@dataclass(frozen=True, slots=True)
class _Head:
    """How many pieces of each kind a line has, and how many of none."""

    kinds: Counter[str]
    strange: int = 0

    def __add__(self, other: _Head) -> _Head:
        return _Head(self.kinds + other.kinds, self.strange + other.strange)

    def weigh(self) -> float:
        """What the pieces tell together."""
        counts = {kind: min(n, 2 if kind in TWICE else 1) for kind, n in self.kinds.items()}
        return sum(WEIGHTS[kind] * n for kind, n in counts.items()) + STRANGE * self.strange

    def tells(self, least: float) -> bool:
        """Whether they tell so much, and not of a day alone."""
        return self.weigh() >= least and not TELLING.isdisjoint(self.kinds)


_KNOWN = _Head(Counter({"record": 1}))
"""What a line that a rule knows as such a head tells of those beside it."""


def find_page_heads(blocks: Sequence[Block], found: Mapping[int, Finding]) -> dict[int, Finding]:
    """Lines that are such heads by themselves, and lines below each other that are one together."""
    heads = {n: head for n, b in enumerate(blocks) if n not in found and (head := _read(b.text))}
    taken = {n for n, head in heads.items() if head.kinds.total() > 1 and head.tells(LINE)}
    known = {n for n, each in found.items() if each.rule == _FINDING.rule}
    near = heads | {n: _read(blocks[n].text) or _KNOWN for n in known}
    for run in _together(sorted(near)):
        whole = sum((near[n] for n in run), _Head(Counter()))
        if len(run) > 1 and whole.tells(RUN):
            taken.update(n for n in run if n in heads)
    if taken or known:
        taken |= {n for n in heads if _SHEET.search(normalize("NFKC", blocks[n].text))}
    beside = {n + step for n in taken | known for step in (-1, 1)} - found.keys()
    taken |= {n for n in beside if 0 < n < len(blocks) and _BARE.fullmatch(blocks[n].text)}
    return dict.fromkeys(taken, _FINDING)


def _together(lines: Sequence[int]) -> Iterator[list[int]]:
    """Lines without a gap between them."""
    for _, run in groupby(enumerate(lines), lambda place: place[1] - place[0]):
        yield [line for _, line in run]


def _read(text: str) -> _Head | None:
    """The pieces of a line; None where it tells nothing of a page, or has what no head has."""
    if len(text) > MOST_CHARS or _SIGNS.isdisjoint(text):
        return None
    pieces = [piece for piece in _GAPS.split(bare(normalize("NFKC", text))) if piece]
    if len(pieces) > MOST_PIECES:
        return None
    kinds: Counter[str] = Counter()
    strange: list[str] = []
    above = ""
    for piece in pieces:
        match = _PIECE.find(piece)
        kind = (match.lastgroup or "") if match else ""
        # Behind a post stands a person.
        if kind:
            kinds[kind] += 1
        elif above != "post" or not _PERSON.fullmatch(piece):
            strange.append(piece)
        above = kind
    longest = NAME_CHARS if "issue" in kinds else STRANGE_CHARS
    head = _Head(kinds, len(strange))
    return head if all(size(each) <= longest for each in strange) and head.weigh() > 0 else None
