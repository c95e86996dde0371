"""Reads the rules of the spoken form from ``rules/*.toml``: patterns, what they say, examples.

A file holds ``[pieces]`` of patterns, lists of ``[words]``, ``[tables]`` of words and how they are
said, and ``[[rule]]`` entries. All of the first three can be named in a pattern, as ``{number}``,
in their own file and in those behind it. The rules are applied in the order of ``FILES``, and of
the entries in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import resources
from typing import Any

from readaloud.config import compiled_patterns
from readaloud.errors import ConfigError, msg
from readaloud.spoken import number_sayings as sayings

FILES = (
    *("pieces", "symbols", "marks", "addresses", "english", "sums", "scores", "years", "days"),
    *("units", "phone_numbers", "codes", "names", "numbers"),
)
_SECTIONS = {"pieces", "words", "tables", "rule"}
_TEXTS = ("name", "why", "pattern", "say")
_KEYS = {*_TEXTS, "says", "leaves"}
_PIECE = re.compile(r"\{([a-z_]+)\}")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
Say = Callable[["re.Match[str]"], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of written forms, how it is said, and examples of both.

    ``says`` are lines in which the rule speaks, as all rules together say them; ``leaves`` are
    lines that this rule leaves as they are.
    """

    name: str
    pattern: re.Pattern[str]
    say: Say
    says: Mapping[str, str]
    leaves: tuple[str, ...] = ()
    silent: bool = False
    """Whether what it takes is shown and not said."""

    def apply(self, text: str) -> str:
        """The text with every occurrence said."""
        return self.pattern.sub(self._say_as_written, text)

    def _say_as_written(self, match: re.Match[str]) -> str:
        """A range that is written with 至 is said with it."""
        said = self.say(match)
        return said.replace("到", "至") if "至" in match[0] and "至" not in said else said


@dataclass(slots=True)
class Rulebook:
    """All rules in their order, and what they are written with."""

    rules: list[Rule] = field(default_factory=list)
    pieces: dict[str, str] = field(default_factory=dict)
    """Name -> regular expression, words and tables included."""
    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    """Name -> written -> spoken."""


@lru_cache
def load_rulebook() -> Rulebook:
    """The rules of the house.

    Raises:
        ConfigError: a file of rules is wrong; it says which file, entry and key.
    """
    folder = resources.files(__package__) / "rules"
    return read_rules((name, (folder / f"{name}.toml").read_text("utf-8")) for name in FILES)


def read_rules(files: Iterable[tuple[str, str]]) -> Rulebook:
    """The rules of files, given by name and text.

    Raises:
        ConfigError: a file is wrong; it says which file, entry and key.
    """
    book = Rulebook()
    for name, text in files:
        try:
            _add(book, compiled_patterns.read_rules(text))
        except ValueError as error:
            raise ConfigError(
                msg("spoken/rules/{name}.toml: {error}", name=name, error=error)
            ) from error
    return book


def _add(book: Rulebook, content: Mapping[str, Any]) -> None:
    _refuse_others(content, _SECTIONS)
    for name, words in _texts(content, "words"):
        _name(book, name, choice(words.split()))
    for name in content.get("tables", {}):
        book.tables[name] = dict(_texts(content["tables"], name))
        _name(book, name, choice(book.tables[name]))
    for name, pattern in _texts(content, "pieces"):
        _name(book, name, _expand(pattern, book.pieces))
    for number, entry in enumerate(content.get("rule", []), 1):
        try:
            book.rules.append(_rule(entry, book))
        except ValueError as error:
            raise ValueError(f"rule {number} ({entry.get('name', 'no name')}): {error}") from error


def _texts(content: Mapping[str, Any], key: str) -> Iterable[tuple[str, str]]:
    """A table of texts, as its items."""
    table = content.get(key, {})
    if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
        raise ValueError(f"{key}: no table of texts")
    return table.items()


def choice(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def _name(book: Rulebook, name: str, pattern: str) -> None:
    if name in book.pieces:
        raise ValueError(f"there is a piece {name} already")
    book.pieces[name] = pattern


def _expand(pattern: str, pieces: Mapping[str, str]) -> str:
    """The pattern with its named pieces put in; a name has letters only, so that {2,3} stays."""

    def piece(match: re.Match[str]) -> str:
        if match[1] not in pieces:
            raise ValueError(f"pattern: there is no piece {match[0]}")
        return pieces[match[1]]

    return _PIECE.sub(piece, pattern)


def _rule(entry: Mapping[str, Any], book: Rulebook) -> Rule:
    _refuse_others(entry, _KEYS)
    for key in _TEXTS:
        if not entry.get(key) or not isinstance(entry[key], str):
            raise ValueError(f"{key}: missing, or no text")
    says, leaves = dict(_texts(entry, "says")), tuple(entry.get("leaves", ()))
    if not says:
        raise ValueError('says: missing; a rule needs an example, says = {"written" = "spoken"}')
    if any(rule.name == entry["name"] for rule in book.rules):
        raise ValueError("name: another rule has it")
    try:
        pattern = compiled_patterns.compile_pattern(_expand(entry["pattern"], book.pieces))
    except re.error as error:
        raise ValueError(f"pattern: {error}") from error
    say = _compile_say(entry["say"], pattern, book)
    return Rule(entry["name"], pattern, say, says, leaves, entry["say"] == "@silent")


def _refuse_others(found: Iterable[str], known: Iterable[str]) -> None:
    for key in set(found) - set(known):
        raise ValueError(f"{key}: unknown key; known are {', '.join(sorted(known))}")


def _compile_say(say: str, pattern: re.Pattern[str], book: Rulebook) -> Say:
    """What ``say`` makes of a match: ``@name`` is a saying, else it is a text with slots.

    ``{1}`` is a group of the pattern (``{0}`` all of it, ``{first}`` by name), ``{1:cardinal}`` one
    put in words, by a way of saying or by a table. ``[到{2}]`` is left out if a group in it is.
    """
    if say.startswith("@"):
        if say[1:] not in sayings.SAYINGS:
            raise ValueError(f"say: there is no saying {say}")
        return partial(sayings.SAYINGS[say[1:]], book)
    parts = [
        _compile_text(part, pattern, book, optional=bool(number % 2))
        for number, part in enumerate(_OPTIONAL.split(say))
        if part
    ]
    return parts[0] if len(parts) == 1 else lambda match: "".join(part(match) for part in parts)


def _compile_text(text: str, pattern: re.Pattern[str], book: Rulebook, *, optional: bool) -> Say:
    pieces = _SLOT.split(text)
    slots = []
    for group, way in zip(pieces[1::3], pieces[2::3], strict=True):
        key = int(group) if group.isdecimal() else group
        if key not in (pattern.groupindex if isinstance(key, str) else range(pattern.groups + 1)):
            raise ValueError(f"say: the pattern has no group {group}")
        slots.append((key, _way(way, book)))
    texts = pieces[0::3]
    if set("{}[]") & set("".join(texts)):
        raise ValueError(f"say: a bracket of {text} stands alone")

    def say(match: re.Match[str]) -> str:
        said = [match[key] for key, _ in slots]
        if optional and None in said:
            return ""
        words = (way(found) if found else "" for found, (_, way) in zip(said, slots, strict=True))
        return texts[0] + "".join(
            word + after for word, after in zip(words, texts[1:], strict=True)
        )

    return say


def _way(name: str | None, book: Rulebook) -> Callable[[str], str]:
    if name is None:
        return str
    if name in book.tables:
        return book.tables[name].__getitem__
    if name not in sayings.WAYS:
        raise ValueError(f"say: there is no way of saying and no table {name}")
    return sayings.WAYS[name]
