"""The user's own rules, compiled."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from readaloud.editing.findings import Finding
from readaloud.editing.rulebook import (
    ANY,
    KINDS,
    LONGEST_LINE,
    Rule,
    Rulebook,
    bare,
    check_examples,
    compile_rule,
    house_rules,
)
from readaloud.editing.timed_patterns import TimedPattern
from readaloud.errors import ConfigError, Several, msg
from readaloud.model import Block, Document, EditingRules, LineRule, Lines

MAX_PATTERN = 300
MAX_LINE_PATTERN = 1000
"""A rule for lines is held against short lines only, and may be put together from pieces."""
MAX_LINE = 2000
"""A longer line is searched this far."""
_DROPPED = msg("left out by you")
_KEPT = msg("kept by you")
_REMEDY = msg("Correct it under [rules] in readaloud.toml.")


@dataclass(frozen=True, slots=True)
class UserRules:
    """Compiled drop and keep; keep wins over the rules of the house, drop over keep."""

    rules: EditingRules
    drop: tuple[TimedPattern, ...]
    keep: tuple[TimedPattern, ...]
    droppers: tuple[Rule, ...]
    """Rules that see every kind of line, and which nothing keeps a line from."""
    keepers: tuple[Rule, ...]
    book: Rulebook
    """The house's rules, with the user's in front."""

    def keeps(self, block: Block) -> bool:
        """Whether the user wants to hear this line."""
        return bool(self.keeping(block))

    def find_dropped(self, blocks: Sequence[Block]) -> dict[int, Finding]:
        """The lines that the user doesn't want to hear."""
        if not (self.drop or self.droppers or self.rules.drop_lines or self.rules.drop_texts):
            return {}
        found = {index: self._dropping(block) for index, block in enumerate(blocks)}
        return {index: finding for index, finding in found.items() if finding is not None}

    def _dropping(self, block: Block) -> Finding | None:
        if _names(block, self.rules.drop_lines, self.rules.drop_texts):
            return Finding("drop", _DROPPED)
        if (pattern := _first(self.drop, block.text)) is not None:
            return Finding("drop", msg("readaloud.toml: drop «{pattern}»", pattern=pattern))
        rule = _knowing(self.droppers, block)
        return rule.finding if rule else None

    def keeping(self, block: Block) -> str:
        """Why the line is kept, empty where no rule of the user's does it."""
        if not (self.keep or self.keepers or self.rules.keep_lines or self.rules.keep_texts):
            return ""  # most users have none, and this is asked of every line
        if _names(block, self.rules.keep_lines, self.rules.keep_texts):
            return _KEPT
        if (pattern := _first(self.keep, block.text)) is not None:
            return msg("readaloud.toml: keep «{pattern}»", pattern=pattern)
        rule = _knowing(self.keepers, block)
        return rule.entry.reason if rule else ""

    def check_numbers(self, document: Document) -> None:
        """Hold the numbers of lines against those that the document has.

        Raises:
            ConfigError: there is no such line, or it can't be kept.
        """
        asked = (*self.rules.keep_lines, *self.rules.drop_lines)
        if not asked:
            return
        known = sorted({b.named for b in document.blocks} | {r.named for r in document.removed})
        for first, last in asked:
            if not any(first <= number <= last for number in known) or last > known[-1]:
                raise _no_such_line(document.source_name, first, last, known)
        whole = {b.named for b in document.blocks} | {r.named for r in document.removed if r.cut}
        pieces = {r.named: r for r in document.removed if r.named not in whole}
        for first, last in self.rules.keep_lines:
            if first == last and first in pieces:
                raise ConfigError(
                    msg(
                        "Line {line} of {name} can't be kept: {reason}.",
                        line=first,
                        name=document.source_name,
                        reason=pieces[first].reason,
                    ),
                    msg("Leave it out of the lines to keep."),
                )


def for_site(rules: EditingRules, document: Document) -> EditingRules:
    """The rules without those for pages of other sites."""
    if not any(line.site for line in rules.lines):
        return rules
    hosts = [host_of(address) for address in (document.source_name, document.address)]
    return replace(rules, lines=tuple(line for line in rules.lines if _is_on(line.site, hosts)))


def host_of(address: str) -> str:
    """The host of an address, without www; an empty string for what is none."""
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def _is_on(site: str, hosts: Sequence[str]) -> bool:
    wanted = site.lower().removeprefix("www.")
    return not wanted or any(host == wanted or host.endswith(f".{wanted}") for host in hosts)


@lru_cache(maxsize=8)
def compile_rules(rules: EditingRules) -> UserRules:
    """Compile the patterns and hold the rules for lines against their examples.

    Raises:
        ConfigError: a pattern is no regular expression, is too long, repeats too much or searches
            without end, or a rule fails one of its examples.
    """
    book = house_rules()
    names = {ANY, *(r.entry.name for r in book.rules), *(line.name for line in rules.lines)}
    made = [_make_rule(line, names) for line in rules.lines]
    return UserRules(
        rules,
        tuple(_compile(pattern, rules.where_drop) for pattern in rules.drop),
        tuple(_compile(pattern, rules.where_keep) for pattern in rules.keep),
        tuple(rule for rule in made if rule.entry.every_kind and not rule.entry.keep),
        tuple(rule for rule in made if rule.entry.keep),
        book.with_rules(r for r in made if not (r.entry.keep or r.entry.every_kind)),
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
    timed = TimedPattern(rule.pattern.pattern, msg("{where}the pattern: ", where=line.where))
    rule = replace(rule, pattern=timed, matches=timed.fullmatch)
    check_examples(rule)
    return rule


def _compile(pattern: str, where: str) -> TimedPattern:
    where = where or "[rules] "
    named = msg("{where}the rule {pattern!r}", where=where, pattern=pattern[:40])
    _guard(pattern, named, MAX_PATTERN)
    try:
        return TimedPattern(pattern, msg("{what}: ", what=named))
    except (re.error, OverflowError, RecursionError) as problem:
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


def _no_such_line(name: str, first: int, last: int, known: Sequence[int]) -> ConfigError:
    asked = f"{first}" if first == last else f"{first}-{last}"
    near = sorted(known, key=lambda number: abs(number - first))[:3]
    return ConfigError(
        msg(
            "{name} has no line {asked}. The nearest are {near}; the last is {last}.",
            name=name,
            asked=asked,
            near=Several(sorted(near)),
            last=known[-1],
        ),
        msg("See the numbers with readaloud plan --explain."),
    )


def _names(block: Block, lines: Lines, texts: Sequence[str]) -> bool:
    """Whether a block is meant by its number or by its text."""
    named = any(first <= block.named <= last for first, last in lines)
    return named or (bool(texts) and block.text in texts)


def _knowing(rules: Sequence[Rule], block: Block) -> Rule | None:
    if not rules or len(block.text) > LONGEST_LINE:
        return None
    core = bare(block.text)
    kinds = block.kind in KINDS
    return next((r for r in rules if (kinds or r.entry.every_kind) and r.knows(core)), None)


def _first(patterns: Sequence[TimedPattern], text: str) -> str | None:
    return next((p.pattern for p in patterns if p.search(text[:MAX_LINE])), None)
