"""Lines that only say when, where and by whom: 2023-08-05 来源：新华社 作者：李四.

A line counts only when it can be read from end to end as such parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readaloud.chinese.fold import fold
from readaloud.editing.bylines import is_credit, read_credit, read_names
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import find_speakers, is_spoken
from readaloud.editing.rulebook import as_written, mark
from readaloud.errors import msg
from readaloud.model import Block

MAX_CHARS = 120
NEAR = 8
"""Lines from either end of an article in which such a line is looked for."""

_PART = mark("publication part")
_BUTTON = mark("bar part")
_SAID = mark("spoken words")
_GAP = re.compile(r"[\s|｜/／·•,，;；、()（）【】\[\]-]{0,6}")

_NAME_CHARS = 4
_REPORTING = frozenset("记通")
_COLON = re.compile(r"[:：]")
_ORIGINS = ("origin", "outlet", "account")
_TIMES = frozenset({"day", "y", "m", "d", "weekday", "clock"})


@dataclass(frozen=True, slots=True)
class Meta:
    """What such a line says; ``date`` is ISO 8601."""

    byline: str | None = None
    date: str | None = None
    origin: str | None = None
    timed: bool = False
    """Nothing but a time: several of them are the heads of a diary or a log."""
    alone: bool = False
    """Nothing but a day, without a clock: it may head an entry too, or end a letter."""


def find_metadata(blocks: Sequence[Block]) -> tuple[dict[int, Finding], Meta]:
    """The lines near the ends that are nothing else, and what they say together."""
    speakers = find_speakers(blocks)
    near = [n for n in range(len(blocks)) if n < NEAR or n >= len(blocks) - NEAR]
    read = {n: meta for n in near if (meta := _read(blocks[n], speakers)) is not None}
    timed = [n for n in read if read[n].timed]
    for index in timed:
        # Only right below the title or among other such lines, and once, is it the article's day.
        beside = index == 1 or index - 1 in read or (index < NEAR and index + 1 in read)
        last = index == len(blocks) - 1
        if len(timed) > 2 or (read[index].alone and (len(timed) > 1 or not beside or last)):
            del read[index]
    findings = {index: _finding(meta) for index, meta in read.items()}
    metas = list(read.values())
    return findings, Meta(
        byline=next((meta.byline for meta in metas if meta.byline), None),
        date=next((meta.date for meta in metas if meta.date), None),
        origin=next((meta.origin for meta in metas if meta.origin), None),
    )


def read_line(text: str) -> Meta | None:
    """Read one line as metadata, None where any part of it is something else."""
    if not text or len(text) > MAX_CHARS or text[-1] in "。！？!?":
        return None
    names: list[str] = []
    parts: list[Mapping[str, str]] = []
    position = _end(_GAP.match(text, 0))
    while position < len(text):
        found = _PART.find(text, position)
        if found is None:
            button = _BUTTON.find(text, position)
            if button is None and _is_signed(text[position:], parts):
                return _combine(parts, [*names, text[position:].strip()])
            if button is None:
                return None
            parts.append(dict.fromkeys(_PART.pattern.groupindex, ""))
            position = _end(_GAP.match(text, button.end()))
            continue
        part = {name: as_written(text, found, name) for name in found.groupdict()}
        if not _are_names(part):
            return None
        parts.append(part)
        names += [name for name in (part["names"] or part["reporters"],) if name]
        position = _end(_GAP.match(text, found.end()))
    return _combine(parts, names)


def reads_as_metadata(text: str) -> bool:
    """Whether a line does nothing but say when, where and by whom."""
    return len(text) <= MAX_CHARS and (is_credit(text) or read_line(text) is not None)


def _is_signed(rest: str, parts: Sequence[Mapping[str, str]]) -> bool:
    """Whether a name ends a line that says when and where: 2024/07/06　某某报　李四."""
    day = any(part["day"] for part in parts)
    outlet = any(part[name] for part in parts for name in _ORIGINS)
    return (
        day and outlet and len(rest.strip()) <= _NAME_CHARS and read_names(rest.strip()) is not None
    )


def _are_names(part: Mapping[str, str]) -> bool:
    """Whether what follows a role can be names: 记者：你们累不累 is somebody speaking."""
    reporting = not _REPORTING.isdisjoint(fold(part["role"]))
    strict = part["reporters"] or (part["names"] if reporting else "")
    if strict and not read_names(strict.strip()):
        return False
    return not (part["names"] and part["names"] in _SAID)


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _combine(parts: Sequence[Mapping[str, str]], names: Sequence[str]) -> Meta | None:
    kinds = {name for part in parts for name, value in part.items() if value}
    rest = not all(any(part.values()) for part in parts)
    if not kinds & {"day", "names", "reporters", "origin"}:
        return None
    date = next((found for part in parts if part["day"] and (found := _date(part))), None)
    if "day" in kinds and date is None:
        return None
    origin = next(
        (name for part in parts for key in _ORIGINS if (name := part[key])),
        None,
    )
    timed = kinds <= _TIMES and not rest
    return Meta(" ".join(names) or None, date, origin, timed, timed and "clock" not in kinds)


def _date(part: Mapping[str, str]) -> str | None:
    year, month, day = (int(part[name]) for name in "ymd")
    possible = 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04}-{month:02}-{day:02}" if possible else None


def _read(block: Block, speakers: frozenset[str]) -> Meta | None:
    if block.kind not in {"paragraph", "item", "caption"} or is_spoken(block.text, speakers):
        return None
    if is_credit(block.text):
        names = read_credit(block.text)
        # 作者：我不同意这种说法 is somebody speaking.
        said = _COLON.search(block.text) and names and names in _SAID
        return None if said else Meta(byline=names)
    return read_line(block.text)


def _finding(meta: Meta) -> Finding:
    if meta.byline:
        return Finding("byline", msg("byline"))
    if meta.origin:
        return Finding("source", msg("source line"))
    return Finding("timestamp", msg("time of publication"))
