"""The fields that many Markdown files begin with: YAML between ``---``, TOML between ``+++``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readaloud.chinese.dates import read_day
from readaloud.errors import msg
from readaloud.model import Block, Removal
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.repair import repair

REASON = msg("front matter")

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_FIELDS = {
    "---": re.compile(r"([A-Za-z_][\w-]{0,40})[ \t]{0,9}:(?:\s|$)(.*)"),
    "+++": re.compile(r"([A-Za-z_][\w-]{0,40})[ \t]{0,9}=(.*)"),
}
_CONTINUED = re.compile(r"\s|-\s|#|\[|\]|\}|$")
_BLOCK = re.compile(r"[>|][+-]?$")
_COMMENT = re.compile(r"\s#.*$")
_TITLE = ("title",)
_AUTHORS = ("author", "authors", "byline")
_NAME = re.compile(r"""^(?:\{\s{0,9})?(?:name\s{0,9}[:=]\s{0,9})?["']?(.*?)["']?\s{0,9}\}?$""")


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


@dataclass(frozen=True, slots=True)
class _Field:
    """A field: its name in lower case, its value's lines without marks, the lines it takes up."""

    name: str
    values: tuple[str, ...]
    lines: range


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the fields at the head of a file; none where the first rule opens ordinary text."""
    fence = lines[0].rstrip() if lines else ""
    if fence not in _FENCES:
        return FrontMatter()
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in _FENCES[fence])
    body = lines[1 : next(ends, 0)]
    pattern = _FIELDS[fence]
    if not any(map(pattern.match, body)):
        return FrontMatter()
    if not all(pattern.match(line) or _CONTINUED.match(line) for line in body):
        return FrontMatter()
    fields = _fields(body, pattern)
    title = next((field for field in fields if field.name in _TITLE and field.values), None)
    authors = next((f.values for f in fields if f.name in _AUTHORS and f.values), ())
    dates = next((f.values for f in fields if f.name == "date" and f.values), ("",))
    return FrontMatter(
        title=_joined(title.values) if title else None,
        byline=" ".join(filter(None, map(_person, authors))) or None,
        date=read_day(dates[0]),
        lines=len(body) + 2,
        removed=tuple(
            cut(Block(text, number), REASON)
            for number, line in enumerate(body, 2)
            if (text := repair(line)) and not (title and number in title.lines)
        ),
    )


def _fields(body: Sequence[str], pattern: re.Pattern[str]) -> list[_Field]:
    """Every field with the lines that go on with it; ``lines`` are those of the file."""
    starts = [n for n, line in enumerate(body) if pattern.match(line)]
    fields = []
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        match = pattern.match(body[start])
        if match is None:
            continue
        rows = [_BLOCK.sub("", repair(match[2])), *map(repair, body[start + 1 : end])]
        values = [value for row in rows for value in _values(row)]
        fields.append(_Field(match[1].lower(), tuple(values), range(start + 2, end + 2)))
    return fields


def _values(row: str) -> list[str]:
    """The values in a line: one, the items of a flow list, or none in a comment."""
    if row.startswith("#"):
        return []
    row = row.removeprefix("- ").strip()
    if row[:1] not in {'"', "'"}:
        row = _COMMENT.sub("", row)
    opened = row.startswith("[") and row.endswith(("]", ",", "["))
    listed = opened or (row.endswith("]") and "[" not in row)
    parts = re.split("[,，]", row.strip("[] ")) if listed else [row.removesuffix(",")]
    return [value for part in parts if (value := _unquote(part.strip()))]


def _unquote(value: str) -> str:
    """A value without its quotation marks, and without a comment behind them."""
    if value[:1] in {'"', "'"}:
        inner, mark, rest = value[1:].rpartition(value[0])
        if mark and (not rest.strip() or rest.strip().startswith("#")):
            return inner.replace('\\"', '"').replace("''", "'").strip()
    return value


def _joined(values: Sequence[str]) -> str:
    """A value folded over lines; between Chinese characters the fold is no space."""
    text = values[0]
    for value in values[1:]:
        text += f" {value}" if text[-1].isascii() and value[0].isascii() else value
    return text


def _person(value: str) -> str:
    """The name in a list entry: as it is, or of ``name: …``; other keys are no names."""
    match = _NAME.match(value)
    name = match[1].strip() if match else value
    return "" if re.match(r"[a-z_]{1,20}\s{0,3}[:=]\s", name) else name
