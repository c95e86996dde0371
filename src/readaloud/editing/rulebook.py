"""The rules for lines, and the marks that the program looks for, out of ``rules/*.toml``.

A rule sees one short line, whole: it never speaks about a sentence that merely mentions its
subject. Patterns are written in Simplified and lines are folded before they are held against them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

from readaloud.chinese.fold import fold, unfold
from readaloud.config.compiled_patterns import compile_pattern
from readaloud.config.rule_file import RuleFile, read_rule_file
from readaloud.editing.findings import Finding
from readaloud.editing.line_shape import DECORATION
from readaloud.editing.needed_characters import needed_characters
from readaloud.editing.timed_patterns import TimedPattern, as_it_is
from readaloud.errors import ConfigError, msg
from readaloud.model import Block, LineMark, LineRule

FOLDER = Path(__file__).parent / "rules"
NEAR = 8
"""How many lines an article's head and its tail have."""
ANY = "any"
_ODD = re.compile("[０-９▏▎▍▌┃│❘]")
_PLAIN = str.maketrans("０１２３４５６７８９▏▎▍▌┃│❘", "0123456789｜｜｜｜｜｜｜")
"""Wide digits, and blocks and lines that are set for a stroke."""
KINDS = frozenset({"paragraph", "item", "caption"})
LONGEST_LINE = 300
_APART = re.compile(
    r"\A((?:[\u4e00-\u9fff]\s{1,3}){1,4}[\u4e00-\u9fff])(?=\s|[:：/／|｜丨]|$)(\s+(?=\w))?"
)
"""推 广, 剪　　辑　　某某: characters of a short word with gaps between them."""
_GAPS = frozenset(" \u3000")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One kind of line: its entry, compiled."""

    entry: LineRule
    max_chars: int
    pattern: re.Pattern[str] | TimedPattern
    matches: Callable[[str], re.Match[str] | None]

    @property
    def finding(self) -> Finding:
        """What the report says of a line of this kind."""
        return Finding(self.entry.name, self.entry.reason)

    def knows(self, core: str) -> bool:
        """Whether a folded line without its decoration is of this kind, or holds such a piece."""
        if self.entry.place == "within":
            return any(self.find_pieces(core))
        return len(core) <= self.max_chars and self.matches(core) is not None

    def takes(self, text: str) -> bool:
        """Whether a line as it is written is of this kind, or holds such a piece."""
        return self.knows(fold(text) if self.entry.place == "within" else bare(text))

    def find_pieces(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where in a folded line its pieces begin and end."""
        found = (match.span() for match in self.pattern.finditer(folded))
        return ((start, end) for start, end in found if 0 < end - start <= self.max_chars)

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
    _needed: frozenset[str] | None
    """Of these, in either script, every match holds at least one: most lines need no more."""

    def find(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Where it is in a line, from ``start`` on.

        Its places are those of ``text``; its groups are folded (see ``as_written``).
        """
        return self._match(fold(text), start) if self._may_have(text) else None

    def __contains__(self, text: str) -> bool:
        """Whether the line has it."""
        return self._may_have(text) and self._match(fold(text), 0) is not None

    def knows(self, folded: str) -> bool:
        """Whether a folded line has it."""
        return self._may_have(folded) and self._match(folded, 0) is not None

    def _may_have(self, text: str) -> bool:
        return self._needed is None or not self._needed.isdisjoint(text)

    def cut_from(self, text: str) -> str:
        """The line without it, wherever it stands."""
        for match in reversed(list(self.pattern.finditer(fold(text)))):
            text = text[: match.start()] + text[match.end() :]
        return text


class Candidates:
    """Rules by the characters that they need, so that few are held against a line."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """``rules`` in the order in which they are to be tried."""
        self._rules = tuple(rules)
        self._bits: dict[str, int] = {}
        self._always = 0
        for place, rule in enumerate(rules):
            needed = needed_characters(rule.pattern.pattern)
            if needed is None:
                self._always |= 1 << place
            for character in needed or ():
                self._bits[character] = self._bits.get(character, 0) | 1 << place

    def of(self, folded: str) -> Iterator[Rule]:
        """Those that may match in a folded line, in their order."""
        bits = self._always
        for character in self._bits.keys() & set(folded):
            bits |= self._bits[character]
        while bits:
            lowest = bits & -bits
            yield self._rules[lowest.bit_length() - 1]
            bits ^= lowest


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules in their order (the first that knows a line names it), and marks by name."""

    rules: tuple[Rule, ...]
    """For single lines."""
    followers: tuple[Rule, ...]
    """For lines below lines that are known."""
    pieces: tuple[Rule, ...]
    """For what stands inside of lines."""
    marks: dict[str, Mark]
    _lines: Candidates = field(init=False, repr=False, compare=False)
    _inside: Candidates = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the rules by what they need."""
        object.__setattr__(self, "_lines", Candidates(self.rules))
        object.__setattr__(self, "_inside", Candidates(self.pieces))

    def find(self, block: Block, index: int = 0, count: int = 1) -> Rule | None:
        """The rule that knows a block, line ``index`` of ``count``, as not the article's own."""
        if block.kind not in KINDS or len(block.text) > LONGEST_LINE:
            return None
        core = bare(block.text)
        size = len(core)
        # What ``knows`` says, in line: every line of every article comes here.
        for rule in self._lines.of(core):
            if size <= rule.max_chars and rule.matches(core) and rule.reaches(index, count):
                return rule
        return None

    def find_pieces(self, text: str) -> dict[tuple[int, int], Finding]:
        """Pieces of a line by their places; of two that overlap the first rule's."""
        folded = fold(text)
        found: dict[tuple[int, int], Finding] = {}
        for rule in self._inside.of(folded):
            for start, end in rule.find_pieces(folded):
                if not any(start < other[1] and other[0] < end for other in found):
                    found[start, end] = rule.finding
        return found

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
        pieces = [rule for rule in further if rule.entry.place == "within"]
        lines = [rule for rule in further if rule.entry.place != "within"]
        return Rulebook(
            (*(r for r in lines if not r.entry.below), *self.rules),
            (*(r for r in lines if r.entry.below), *self.followers),
            (*pieces, *self.pieces),
            self.marks,
        )


@lru_cache
def house_rules() -> Rulebook:
    """The rules that come with readaloud.

    Raises:
        ConfigError: one of their files is wrong.
    """
    files = [read_rule_file(path) for path in sorted(FOLDER.glob("*.toml"))]
    book = Rulebook((), (), (), dict(_make_marks(files)))
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
    """A line as rules see it: without decoration, folded, a label's characters not set apart."""
    core = fold(text.strip(DECORATION))
    if _ODD.search(core):
        core = core.translate(_PLAIN)
    return _APART.sub(_close_up, core) if core[1:2] in _GAPS else core


def _close_up(match: re.Match[str]) -> str:
    """The word, and a colon for the gap behind it: 剪　　辑　　某某 is 剪辑：某某."""
    return "".join(match[1].split()) + ("：" if match[2] else "")


def as_written(text: str, match: re.Match[str], group: str | int = 0) -> str:
    """What a mark found, in the characters of the text itself; empty where the group is not."""
    start, end = match.span(group)
    return text[start:end] if start >= 0 else ""


def compile_rule(entry: LineRule, *forms: LineRule) -> Rule:
    """Make an entry ready for use, and with it further forms of it that differ in the pattern.

    Raises:
        ConfigError: a pattern is none.
    """
    pattern = _join([entry, *forms])
    return Rule(entry, entry.max_chars, pattern, pattern.fullmatch)


def check_examples(rule: Rule) -> None:
    """Hold a rule against its own examples.

    Raises:
        ConfigError: it does not take a line that it has to, or takes one that it must not.
    """
    for key, taken in (("drops", not rule.entry.keep), ("keeps", rule.entry.keep)):
        for line in getattr(rule.entry, key):
            if rule.takes(line) is not taken:
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
    characters = needed_characters(pattern.pattern)
    needed = None if characters is None else unfold(characters)
    match entries[0].extent:
        case "whole":
            return Mark(pattern, pattern.fullmatch, needed)
        case "start":
            return Mark(pattern, pattern.match, needed)
        case _:
            return Mark(pattern, pattern.search, needed)


def _join(entries: Sequence[LineRule | LineMark]) -> re.Pattern[str]:
    """One pattern for the forms, of which the first that matches counts."""
    forms = [fold(e.pattern or "|".join(map(re.escape, e.phrases))) for e in entries]
    try:
        with as_it_is():
            return compile_pattern(forms[0] if len(forms) == 1 else f"(?:{')|(?:'.join(forms)})")
    except (re.error, OverflowError, RecursionError) as problem:
        raise ConfigError(
            msg("{where}{problem}.", where=entries[0].where, problem=problem),
            msg("Correct the pattern."),
        ) from problem
