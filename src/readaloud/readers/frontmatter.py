"""The fields that many Markdown files begin with, between two lines of ``---``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readaloud.models import Removal
from readaloud.readers.repair import repair

REASON = "front matter"

_FIELD = re.compile(r"([A-Za-z_][\w-]{0,40})[ \t]{0,9}:(?:\s|$)(.*)")
_CONTINUED = re.compile(r"\s|-\s|#|\]|\}|$")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_AUTHORS = ("author", "authors", "byline")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the fields say; ``lines`` counts the lines they take up, fences included.

    All but the title is in ``removed``: it is not spoken.
    """

    title: str | None = None
    byline: str | None = None
    date: str | None = None
    lines: int = 0
    removed: tuple[Removal, ...] = ()


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the fields at the head of a file; none where the first rule opens ordinary text."""
    if not lines or lines[0].rstrip() != "---":
        return FrontMatter()
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."})
    body = lines[1 : next(ends, 0)]
    if not body or not all(_FIELD.match(line) or _CONTINUED.match(line) for line in body):
        return FrontMatter()
    title = _value(body, ("title",))
    return FrontMatter(
        title=title,
        byline=_value(body, _AUTHORS),
        date=iso_date(_value(body, ("date",)) or ""),
        lines=len(body) + 2,
        removed=tuple(
            Removal(number, text, REASON)
            for number, line in enumerate(body, 2)
            if (text := repair(line)) and not (title and _is_field(line, ("title",)))
        ),
    )


def _value(body: Sequence[str], names: Sequence[str]) -> str | None:
    for line in body:
        match = _FIELD.match(line)
        if match and match[1].lower() in names:
            value = repair(match[2]).strip("[]")
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1].strip()
            return value or None
    return None


def _is_field(line: str, names: Sequence[str]) -> bool:
    match = _FIELD.match(line)
    return match is not None and match[1].lower() in names


def iso_date(text: str) -> str | None:
    """The day that a text begins with, as YYYY-MM-DD; None where it begins with none."""
    match = _DATE.match(text)
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None
