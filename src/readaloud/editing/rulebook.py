"""The rules for lines, and the marks that the program looks for, out of ``rules/*.toml``.

A rule sees one short line, whole: it never speaks about a sentence that merely mentions its
subject. Patterns are written in Simplified and lines are folded before they are held against them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

from readaloud.chinese.fold import fold
from readaloud.config.rule_file import RuleFile, read_rule_file
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import DECORATION
from readaloud.errors import ConfigError, msg
from readaloud.model import Block, LineMark, LineRule

FOLDER = Path(__file__).parent / "rules"
NEAR = 8
"""How many lines an article's head and its tail have."""
ANY = "any"
KINDS = frozenset({"paragraph", "item", "caption"})
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of line: its entry, compiled."""

    entry: LineRule
    max_chars: int
    matches: Callable[[str], re.Match[str] | None]

    @property
    def finding(self) -> Finding:
        """What the report says of a line of this kind."""
        return Finding(self.entry.name, self.entry.reason)

    def knows(self, core: str) -> bool:
        """Whether a folded line without its decoration is of this kind."""
        return len(core) <= self.max_chars and self.matches(core) is not None

    def reaches(self, index: int, count: int) -> bool:
        """Whether line ``index`` of ``count`` stands where the rule looks."""
        match self.entry.place:
            case "head":
                return index < NEAR
            case "tail":
                return index >= count - NEAR
            case _:
                return True

    def follows(self, above: str) -> bool:
        """Whether it looks below a line that the rule ``above`` took."""
        return self.entry.below in {ANY, above}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to look for in a line; of its forms the first that matches counts."""

    pattern: re.Pattern[str]
    _match: Callable[[str, int], re.Match[str] | None]

    def find(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Where it is in a line, from ``start`` on.

        Its places are those of ``text``; its groups are folded (see ``as_written``).
        """
        return self._match(fold(text), start)

    def __contains__(self, text: str) -> bool:
        """Whether the line has it."""
        return self._match(fold(text), 0) is not None

    def cut_from(self, text: str) -> str:
        """The line without it, wherever it stands."""
        for match in reversed(list(self.pattern.finditer(fold(text)))):
            text = text[: match.start()] + text[match.end() :]
        return text


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules in their order (the first that knows a line names it), and marks by name."""

    rules: tuple[Rule, ...]
    """For single lines."""
    followers: tuple[Rule, ...]
    """For lines below lines that are known."""
    marks: dict[str, Mark]

    def find(self, block: Block, index: int = 0, count: int = 1) -> Rule | None:
        """The rule that knows a block, line ``index`` of ``count``, as not the article's own."""
        if block.kind not in KINDS or len(block.text) > LONGEST_LINE:
            return None
        core = bare(block.text)
        size = len(core)
        # What ``knows`` says, in line: every line of every article is held against every rule.
        for rule in self.rules:
            if size <= rule.max_chars and rule.matches(core) and rule.reaches(index, count):
                return rule
        return None

    def find_follower(self, block: Block, above: str, index: int, count: int) -> Rule | None:
        """The rule that knows a block right below a line that the rule ``above`` took."""
        if len(block.text) > LONGEST_LINE:
            return None
        core = bare(block.text)
        rules = (r for r in self.followers if r.follows(above) and r.reaches(index, count))
        return next((r for r in rules if r.knows(core)), None)

    def with_rules(self, rules: Iterable[Rule]) -> Rulebook:
        """This book with further rules in front of its own."""
        further = tuple(rules)
        return Rulebook(
            (*(r for r in further if not r.entry.below), *self.rules),
            (*(r for r in further if r.entry.below), *self.followers),
            self.marks,
        )


@lru_cache
def house_rules() -> Rulebook:
    """The rules that come with readaloud.

    Raises:
        ConfigError: one of their files is wrong.
    """
    files = [read_rule_file(path) for path in sorted(FOLDER.glob("*.toml"))]
    book = Rulebook((), (), dict(_make_marks(files)))
    entries = chain.from_iterable(file.rules for file in files)
    alike = groupby(entries, attrgetter("name", "reason", "max_chars", "place", "below"))
    return book.with_rules(compile_rule(*forms) for _, forms in alike)


def mark(name: str) -> Mark:
    """The mark of that name.

    Raises:
        KeyError: there is none.
    """
    return house_rules().marks[name]


def bare(text: str) -> str:
    """A line as rules see it: without decoration, folded."""
    return fold(text.strip(DECORATION))


def as_written(text: str, match: re.Match[str], group: str | int = 0) -> str:
    """What a mark found, in the characters of the text itself; empty where the group is not."""
    start, end = match.span(group)
    return text[start:end] if start >= 0 else ""


def compile_rule(entry: LineRule, *forms: LineRule) -> Rule:
    """Make an entry ready for use, and with it further forms of it that differ in the pattern.

    Raises:
        ConfigError: a pattern is none.
    """
    return Rule(entry, entry.max_chars, _join([entry, *forms]).fullmatch)


def check_examples(rule: Rule) -> None:
    """Hold a rule against its own examples.

    Raises:
        ConfigError: it does not take a line that it has to, or takes one that it must not.
    """
    for key, taken in (("drops", not rule.entry.keep), ("keeps", rule.entry.keep)):
        for line in getattr(rule.entry, key):
            if rule.knows(bare(line)) is not taken:
                does = msg("does not match") if taken else msg("matches")
                raise ConfigError(
                    msg(
                        "{where}it {does} “{line}”, which stands in {key}.",
                        where=rule.entry.where,
                        does=does,
                        line=line,
                        key=key,
                    ),
                    msg("Correct the pattern or the example."),
                )


def check_marks(entry: LineMark) -> Iterator[str]:
    """The examples of a mark's form that it fails."""
    found = _make_mark([entry])
    yield from (line for line in entry.matches if line not in found)
    yield from (line for line in entry.misses if line in found)


def _make_marks(files: Iterable[RuleFile]) -> Iterator[tuple[str, Mark]]:
    entries: dict[str, list[LineMark]] = {}
    for entry in chain.from_iterable(file.marks for file in files):
        entries.setdefault(entry.name, []).append(entry)
    for name, forms in entries.items():
        yield name, _make_mark(forms)


def _make_mark(entries: list[LineMark]) -> Mark:
    if differing := next((e for e in entries if e.extent != entries[0].extent), None):
        raise ConfigError(
            msg("{where}its extent differs from that of the forms above it.", where=differing.where)
        )
    pattern = _join(entries)
    match entries[0].extent:
        case "whole":
            return Mark(pattern, pattern.fullmatch)
        case "start":
            return Mark(pattern, pattern.match)
        case _:
            return Mark(pattern, pattern.search)


def _join(entries: Sequence[LineRule | LineMark]) -> re.Pattern[str]:
    """One pattern for the forms, of which the first that matches counts."""
    forms = [fold(e.pattern or "|".join(map(re.escape, e.phrases))) for e in entries]
    try:
        return re.compile(forms[0] if len(forms) == 1 else f"(?:{')|(?:'.join(forms)})")
    except re.error as problem:
        raise ConfigError(
            msg("{where}{problem}.", where=entries[0].where, problem=problem),
            msg("Correct the pattern."),
        ) from problem
