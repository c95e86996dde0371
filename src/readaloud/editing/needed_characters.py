"""Which characters a line must hold for a pattern to match: what spares most lines most rules.

Every line of every article is held against every rule. A rule for share bars needs one of 享, 发, 微
and some others; a line without any of them is not held against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from readaloud.config import compiled_patterns

_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子，。、：: "
    "下过得着里后自之年发成家多工业于与新天学去行作方经进力理都用日心民主现前所本高分定开全最小好看"
)
_COMMON_WEIGHT = 20


def needed_characters(pattern: str) -> frozenset[str] | None:
    """Characters of which every match holds at least one; None where there are no such."""
    known, needed = compiled_patterns.needed_characters(pattern)
    return needed if known else find_needed(pattern)


@lru_cache(maxsize=1024)
def find_needed(pattern: str) -> frozenset[str] | None:
    """The same, out of the pattern itself; users' rules in front of the house's ask again for all."""
    from re import _parser  # type: ignore[attr-defined]

    return _of_sequence(_parser.parse(pattern))


def _of_sequence(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The set of the part that is met least: all parts have to match."""
    sets = [found for step in parsed if (found := _of_step(*step))]
    return min(sets, key=_weight, default=None)


def _of_step(kind: Any, value: Any) -> frozenset[str] | None:
    match str(kind):
        case "LITERAL":
            return frozenset(chr(value))
        case "IN":
            return _of_class(value)
        case "SUBPATTERN" | "ASSERT":  # what is looked for ahead stands in the line as well
            return _of_sequence(value[-1])
        case "BRANCH":
            return _of_branches(value[1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            return _of_sequence(value[2]) if value[0] else None
        case _:
            return None


def _of_class(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found: list[str] = []
    for kind, value in members:
        if str(kind) != "LITERAL":
            return None
        found.append(chr(value))
    return frozenset(found)


def _of_branches(branches: Iterable[Iterable[tuple[Any, Any]]]) -> frozenset[str] | None:
    sets = [_of_sequence(branch) for branch in branches]
    if any(each is None for each in sets):
        return None
    return frozenset[str]().union(*(each for each in sets if each))


def _weight(characters: frozenset[str]) -> int:
    return len(characters) + _COMMON_WEIGHT * len(characters & _COMMON)
