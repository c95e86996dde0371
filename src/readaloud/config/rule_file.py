"""Files of editing rules: entries that are whole, with their examples, and pieces of patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from readaloud.config.toml_tables import Table, read_toml
from readaloud.errors import ConfigError, msg
from readaloud.model import LineMark, LineRule

Entry = TypeVar("Entry", LineRule, LineMark)
MAX_CHARS = 300
_PIECE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The entries of a file, in its order, pieces put into their patterns."""

    rules: tuple[LineRule, ...]
    marks: tuple[LineMark, ...]


def read_rule_file(path: Path) -> RuleFile:
    """A file of rules.

    Raises:
        ConfigError: the file can't be read, a key is unknown or missing or of a wrong kind, an
            entry has no examples, or a piece of a pattern is unknown or holds itself.
    """
    file = read_toml(path)
    file.check_keys(("pieces", "rule", "mark"))
    pieces = _read_pieces(file.table("pieces"))
    rules = tuple(make_rule(table, pieces) for table in file.tables("rule"))
    marks = tuple(_make_mark(table, pieces) for table in file.tables("mark"))
    return RuleFile(rules, marks)


def read_users_rules(path: Path) -> tuple[LineRule, ...]:
    """The rules of a file of the user's.

    Raises:
        ConfigError: see ``read_rule_file``; or it has marks.
    """
    file = read_rule_file(path)
    if file.marks:
        raise ConfigError(
            msg("{where}only readaloud itself can have marks.", where=file.marks[0].where),
            msg("Correct the file."),
        )
    return file.rules


def make_rule(table: Table, pieces: Mapping[str, str] | None = None) -> LineRule:
    """A rule for lines from its entry.

    Raises:
        ConfigError: a key is unknown, missing or of a wrong kind.
    """
    rule = table.make(LineRule, {"max_chars": (1, MAX_CHARS)}, where=table.place())
    return _check_entry(rule, table, ("drops", "keeps"), pieces or {})


def _make_mark(table: Table, pieces: Mapping[str, str]) -> LineMark:
    mark = table.make(LineMark, where=table.place())
    return _check_entry(mark, table, ("matches", "misses"), pieces)


def _check_entry(
    entry: Entry, table: Table, examples: tuple[str, str], pieces: Mapping[str, str]
) -> Entry:
    """The entry with its pattern on one line and its pieces in place."""
    for key in ("name", "reason"):
        if not getattr(entry, key, key).strip():
            raise table.error(msg("{key} is empty", key=key), key)
    if bool(entry.pattern) == bool(entry.phrases):
        raise table.error(msg("give either a pattern or phrases"))
    if not all(map(str.strip, entry.phrases)):
        raise table.error(msg("a phrase is empty"), "phrases")
    optional = "drops" if isinstance(entry, LineRule) and entry.keep else ""
    for key in examples:
        lines = getattr(entry, key)
        if not all(map(str.strip, lines)) or not (lines or key == optional):
            raise table.error(msg("{key} is empty; give lines that show it", key=key), key)
    return replace(entry, pattern=_fill(entry.pattern, pieces, table, "pattern"))


def _read_pieces(table: Table) -> dict[str, str]:
    """Each piece as a group; a list of texts is a choice. Pieces may hold those above them."""
    pieces: dict[str, str] = {}
    for name, value in table.values.items():
        choices = table.texts(name) if isinstance(value, list) else (table.text_at(name),)
        if not _PIECE.fullmatch(f"{{{name}}}") or not all(choices):
            raise table.error(
                msg("a piece needs a name in small letters, and must not be empty"), name
            )
        filled = (_fill(choice, pieces, table, name) for choice in choices)
        pieces[name] = f"(?:{'|'.join(filled)})"
    return pieces


def _fill(pattern: str, pieces: Mapping[str, str], table: Table, key: str) -> str:
    """The pattern on one line, its lines stripped, with the pieces that it names."""
    joined = "".join(map(str.strip, pattern.splitlines()))
    for name in _PIECE.findall(joined):
        if name not in pieces:
            raise table.error(
                msg(
                    "{key} names a piece {name} that does not stand above it",
                    key=key,
                    name=f"{{{name}}}",
                ),
                key,
            )
    return _PIECE.sub(lambda match: pieces[match[1]], joined)
