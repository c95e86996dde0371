"""The user's own rules, compiled."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from readaloud.editing.findings import Finding
from readaloud.editing.rulebook import (
    ANY,
    Rule,
    Rulebook,
    check_examples,
    compile_rule,
    house_rules,
)
from readaloud.errors import ConfigError, msg
from readaloud.model import Block, EditingRules, LineRule

MAX_PATTERN = 300
MAX_LINE_PATTERN = 1000
"""A rule for lines is held against short lines only, and may be put together from pieces."""
MAX_LINE = 2000
"""A longer line is searched this far."""
_REMEDY = msg("Correct it under [rules] in readaloud.toml.")
_NESTED = re.compile(r"[+*}][?+]?\)+(?:[+*]|\{\d{0,9},)")
"""A repeated group that ends in a repetition: it may never come to an end."""


@dataclass(frozen=True, slots=True)
class UserRules:
    """Compiled drop and keep; keep wins over the rules of the house, drop over keep."""

    drop: tuple[re.Pattern[str], ...]
    keep: tuple[re.Pattern[str], ...]
    book: Rulebook
    """The house's rules, with the user's in front."""

    def keeps(self, block: Block) -> bool:
        """Whether the user wants to hear this line."""
        return _first(self.keep, block.text) is not None

    def find_dropped(self, blocks: Sequence[Block]) -> dict[int, Finding]:
        """The lines that the user doesn't want to hear."""
        found: dict[int, Finding] = {}
        for index, block in enumerate(blocks):
            pattern = _first(self.drop, block.text)
            if pattern is not None:
                found[index] = Finding(
                    "drop", msg("readaloud.toml: drop «{pattern}»", pattern=pattern)
                )
        return found

    def keeping(self, block: Block) -> str:
        """Name of the rule that keeps the line, empty where none does."""
        pattern = _first(self.keep, block.text)
        return (
            msg("readaloud.toml: keep «{pattern}»", pattern=pattern) if pattern is not None else ""
        )


@lru_cache(maxsize=8)
def compile_rules(rules: EditingRules) -> UserRules:
    """Compile the patterns and hold the rules for lines against their examples.

    Raises:
        ConfigError: a pattern is no regular expression, is too long or may search without end, or
            a rule fails one of its examples.
    """
    book = house_rules()
    names = {ANY, *(r.entry.name for r in book.rules), *(line.name for line in rules.lines)}
    return UserRules(
        tuple(_compile(pattern, rules.where_drop) for pattern in rules.drop),
        tuple(_compile(pattern, rules.where_keep) for pattern in rules.keep),
        book.with_rules(_make_rule(line, names) for line in rules.lines),
    )


def _make_rule(line: LineRule, names: Set[str]) -> Rule:
    if line.pattern:
        _guard(line.pattern, msg("{where}the pattern", where=line.where), MAX_LINE_PATTERN)
    if line.below and line.below not in names:
        raise ConfigError(
            msg(
                "{where}there is no rule “{below}” for it to follow.",
                where=line.where,
                below=line.below,
            )
        )
    rule = compile_rule(line)
    check_examples(rule)
    return rule


def _compile(pattern: str, where: str) -> re.Pattern[str]:
    where = where or "[rules] "
    named = msg("{where}the rule {pattern!r}", where=where, pattern=pattern[:40])
    _guard(pattern, named, MAX_PATTERN)
    try:
        return re.compile(pattern)
    except re.error as problem:
        raise ConfigError(
            msg(
                "{where}the rule {pattern!r} is not a valid pattern: {problem}.",
                where=where,
                pattern=pattern,
                problem=problem,
            ),
            _REMEDY,
        ) from problem


def _guard(pattern: str, what: str, most: int) -> None:
    if not 0 < len(pattern) <= most:
        raise ConfigError(
            msg(
                "{what} has {count} characters; it may have 1 to {most}.",
                what=what,
                count=len(pattern),
                most=most,
            ),
            _REMEDY,
        )
    if _NESTED.search(pattern):
        raise ConfigError(
            msg("{what} repeats a repetition, so it might never end.", what=what), _REMEDY
        )


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> str | None:
    return next((p.pattern for p in patterns if p.search(text[:MAX_LINE])), None)
