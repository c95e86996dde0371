"""Lines of an article as a person names them: ``12,40-44``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readaloud.errors import ConfigError, msg
from readaloud.model import Lines

_NUMBERS = re.compile(r"\d{1,7}(?:\s*[-–—~～－至到]\s*\d{1,7})?")
_COMMA = re.compile(r"[,，、;；\s]+")
_EDGE = re.compile(r"\s*([-–—~～－至到])\s*")


def parse_lines(value: object, where: str = "") -> Lines:
    """Numbers and ranges of lines, as text or listed.

    Args:
        value: ``"12,40-44"``, ``12``, or a list of such.
        where: what the message begins with: the option's name, or file and key.

    Raises:
        ConfigError: it is something else, or a range runs backwards.
    """
    return tuple(_ranges(value, where))


def is_lines(value: object) -> bool:
    """Whether a value names lines by their numbers, and is no text of a line."""
    if isinstance(value, str):
        parts = _COMMA.split(_tidy(value))
        return all(map(_NUMBERS.fullmatch, parts))
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _tidy(text: str) -> str:
    return _EDGE.sub(r"\1", text).strip(" ,，、;；")


def _ranges(value: object, where: str) -> Iterator[tuple[int, int]]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _ranges(each, where)
    elif not is_lines(value):
        raise ConfigError(
            msg("{where}{value!r} names no lines.", where=where, value=value),
            msg("Give numbers that readaloud plan --explain shows, such as 12,40-44."),
        )
    else:
        for part in _COMMA.split(_tidy(str(value))):
            yield _range(part, where)


def _range(part: str, where: str) -> tuple[int, int]:
    first, *last = map(int, re.findall(r"\d+", part))
    end = last[0] if last else first
    if not 0 < first <= end:
        raise ConfigError(
            msg("{where}{part} is no range of lines.", where=where, part=part),
            msg("Lines are counted from 1; give the lower number first, such as 40-44."),
        )
    return first, end
