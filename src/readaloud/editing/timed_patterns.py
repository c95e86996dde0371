"""Patterns of the user's: any that Python takes, but none may search for ever.

``re`` goes back over a line as often as a pattern asks for, ``(a|a)*$`` more often than the world
lasts. ``regex`` reads the same patterns and stops when its time is over.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from readaloud.errors import ConfigError, msg

MOST_SECONDS = 2.0
"""Of a pattern's slow searches in a run; all others take microseconds."""
_SLOW_SECONDS = 0.01
_MOST_STEPS = 20_000
"""``regex`` writes a group that is counted out, ``(a){9}``, that often: ten within each other are a
thousand million."""
_REMEDY = msg("Write it so that no repetition stands within another.")


@contextmanager
def as_it_is() -> Iterator[None]:
    """What some pattern may mean one day, ``[[a]``, is no news for whoever wrote it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


class TimedPattern:
    """A compiled pattern whose searches end."""

    __slots__ = ("_left", "_regex", "_where", "pattern")

    def __init__(self, pattern: str, where: str) -> None:
        """``where`` is what messages begin with.

        Raises:
            ConfigError: it would take too much memory.
            re.error, OverflowError, RecursionError: it is none, or is nested too deep.
        """
        from re import _parser  # type: ignore[attr-defined]

        import regex  # type: ignore[import-untyped]

        with as_it_is():
            re.compile(pattern)  # that is the language the user was promised
            if _steps_of(_parser.parse(pattern)) > _MOST_STEPS:
                raise ConfigError(msg("{where}it repeats too much.", where=where), _REMEDY)
            self._regex: Any = regex.compile(pattern)
        self.pattern = pattern
        self._where = where
        self._left = MOST_SECONDS

    def search(self, text: str) -> Any:
        """The first match anywhere; raises ConfigError when its time is over, as all others do."""
        return self._timed(self._regex.search, text)

    def fullmatch(self, text: str) -> Any:
        """The match of the whole text."""
        return self._timed(self._regex.fullmatch, text)

    def finditer(self, text: str) -> list[Any]:
        """All matches."""
        found: list[Any] = self._timed(lambda *a, **b: list(self._regex.finditer(*a, **b)), text)
        return found

    def _timed(self, look: Callable[..., Any], text: str) -> Any:
        begun = time.thread_time()
        try:
            return look(text, timeout=max(self._left, 0.001))
        except (TimeoutError, MemoryError) as error:
            raise ConfigError(
                msg(
                    "{where}it searches without end in “{text}”.", where=self._where, text=text[:30]
                ),
                _REMEDY,
            ) from error
        finally:
            spent = time.thread_time() - begun
            if spent > _SLOW_SECONDS:
                self._left -= spent


def _steps_of(parsed: Iterable[tuple[Any, Any]]) -> int:
    """About how many steps the pattern has when all that is counted out is written out."""
    return sum(_steps(str(kind), value) for kind, value in parsed)


def _steps(kind: str, value: Any) -> int:
    match kind:
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return max(int(value[0]), 1) * _steps_of(value[2])
        case "SUBPATTERN" | "ASSERT" | "ASSERT_NOT":
            return 1 + _steps_of(value[-1])
        case "ATOMIC_GROUP":
            return 1 + _steps_of(value)
        case "BRANCH":
            return sum(map(_steps_of, value[1]))
        case "GROUPREF_EXISTS":
            return sum(_steps_of(part) for part in value[1:] if part)
        case _:
            return 1
