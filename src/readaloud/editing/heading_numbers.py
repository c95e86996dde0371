"""The number that a heading begins with: in which style, and which one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readaloud.chinese.numerals import value
from readaloud.config.compiled_patterns import compile_pattern
from readaloud.editing.line_shape import has_words
from readaloud.editing.rulebook import mark

_READ = 40
"""Characters of a line in which its number is looked for."""
_STYLES = (
    ("part", 0),
    ("volume", 0),
    ("unit", 1),
    ("word", 1),
    ("clause", 3),
    ("clause in brackets", 4),
    ("decimal", 6),
    ("figure in brackets", 8),
    ("figure", 5),
    ("roman", 3),
    ("label", 5),
)
"""Each style with its rank: what lies in what, where both occur. Decimals add their depth."""
_MARKS = tuple((mark(name), name, rank) for name, rank in _STYLES)
_SECTION = frozenset("节折")
_PLACES = {"上": 1, "中": 2, "下": 3}
ANY = compile_pattern(
    "|".join(re.sub(r"\?P<\w+>", "?:", form.pattern.pattern) for form, *_ in _MARKS)
)
"""Most lines have no number, and one search says so."""
CHAPTER_RANK = 1


@dataclass(frozen=True, slots=True)
class Number:
    """A heading's number: lines of one ``style`` count on, ``rank`` says what lies in what."""

    style: str
    rank: int
    values: tuple[int, ...]
    """More than one for 2.1.3."""
    alone: bool
    """Whether the line is the number and nothing else."""
    named: bool = False
    """Whether it names itself a chapter, and a gap sets it off: one such line is a heading."""
    free: bool = False
    """Whether its count may begin anywhere: an excerpt of a book begins with chapter 1020."""


def read_number(folded: str) -> Number | None:
    """The number at the head of a folded line."""
    text = folded[:_READ]
    if ANY.match(text) is None:
        return None
    for form, name, rank in _MARKS:
        if match := form.pattern.match(text):
            return _make(match, name, rank, text)
    return None


def _make(match: re.Match[str], name: str, rank: int, text: str) -> Number | None:
    groups = match.groupdict()
    values = tuple(_value(part) for part in re.split("[.．]", groups["number"]))
    if None in values:
        return None
    known = tuple(part for part in values if part is not None)
    unit = (groups.get("unit") or "").lower()
    own = name in {"unit", "volume"}
    style = f"{name} {len(known)}" if name == "decimal" else f"{name} {unit}".strip()
    part = value(groups.get("part") or "")
    if part is not None:  # 第八章之二: the parts of a chapter count on by themselves
        style, known = f"{style} {known[-1]}", (part,)
    return Number(
        style=style,
        rank=rank + (unit in _SECTION) + len(known) - 1,
        values=known,
        alone=not has_words(text[match.end() :]),
        named=own and (groups["gap"] or part) is not None,
        free=own or name == "word",
    )


def _value(text: str) -> int | None:
    return _PLACES[text] if text in _PLACES else value(text)
