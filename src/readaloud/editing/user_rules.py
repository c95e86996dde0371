"""The user's own rules, compiled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readaloud.editing.findings import Finding
from readaloud.errors import ConfigError
from readaloud.model import Block, EditingRules

MAX_PATTERN = 300
MAX_LINE = 2000
"""A longer line is searched this far."""
_NESTED = re.compile(r"[+*}][?+]?\)+(?:[+*]|\{\d{0,9},)")
"""A repeated group that ends in a repetition: it may never come to an end."""


@dataclass(frozen=True, slots=True)
class UserRules:
    """Compiled drop and keep; keep wins over the rules of the house, drop over keep."""

    drop: tuple[re.Pattern[str], ...]
    keep: tuple[re.Pattern[str], ...]

    def keeps(self, block: Block) -> bool:
        """Whether the user wants to hear this line."""
        return _first(self.keep, block.text) is not None

    def find_dropped(self, blocks: Sequence[Block]) -> dict[int, Finding]:
        """The lines that the user doesn't want to hear."""
        found: dict[int, Finding] = {}
        for index, block in enumerate(blocks):
            pattern = _first(self.drop, block.text)
            if pattern is not None:
                found[index] = Finding("drop", f"readaloud.toml: drop «{pattern}»")
        return found

    def keeping(self, block: Block) -> str:
        """Name of the rule that keeps the line, empty where none does."""
        pattern = _first(self.keep, block.text)
        return f"readaloud.toml: keep «{pattern}»" if pattern is not None else ""


def compile_rules(rules: EditingRules) -> UserRules:
    """Compile the patterns.

    Raises:
        ConfigError: one is no regular expression, is too long, or may search without end.
    """
    return UserRules(tuple(map(_compile, rules.drop)), tuple(map(_compile, rules.keep)))


def _compile(pattern: str) -> re.Pattern[str]:
    remedy = "Mend it in readaloud.toml, below [editing]."
    if not pattern or len(pattern) > MAX_PATTERN:
        raise ConfigError(f"A rule has 1 to {MAX_PATTERN} characters: {pattern[:40]!r}.", remedy)
    if _NESTED.search(pattern):
        raise ConfigError(f"The rule {pattern!r} repeats a repetition; it could run on.", remedy)
    try:
        return re.compile(pattern)
    except re.error as problem:
        raise ConfigError(f"The rule {pattern!r} is no pattern: {problem}.", remedy) from problem


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> str | None:
    return next((p.pattern for p in patterns if p.search(text[:MAX_LINE])), None)
