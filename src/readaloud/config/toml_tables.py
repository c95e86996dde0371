"""TOML files, checked: unknown and missing keys, wrong types, ranges, and where they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from readaloud.config.compiled_patterns import read_rules
from readaloud.errors import ConfigError, Message, Several, msg, system_reason
from readaloud.files.outside import read_outside_text

Made = TypeVar("Made")
Ranges = Mapping[str, tuple[float, float]]
_REMEDY = msg("Correct the file.")
_DEEP = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""Reading dotted keys takes time by the square of their number."""
_MOST_BYTES = 8_000_000
"""A lexicon of 100,000 words has about four."""
_MOST_SHOWN = 80
_KEY = r"""(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_ASSIGNMENT = re.compile(rf"\s*(?P<key>{_KEY}(?:\s*\.\s*{_KEY})*)\s*=")
_KINDS: dict[type, tuple[Message, tuple[type, ...]]] = {
    str: (msg("a text"), (str,)),
    bool: (msg("true or false"), (bool,)),
    int: (msg("a whole number"), (int,)),
    float: (msg("a number"), (int, float)),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file; ``keys`` lead to it, numbers from 0 count in arrays of tables."""

    path: Path
    values: Mapping[str, Any]
    keys: tuple[str | int, ...] = ()
    remedy: Message = _REMEDY
    text: str = field(default="", repr=False)
    """The whole file, to say in which line something stands."""

    def error(self, problem: Message, *keys: str | int) -> ConfigError:
        """What is wrong with this table, or with what ``keys`` lead to from here."""
        return ConfigError(
            msg("{place}{problem}.", place=self.place(*keys), problem=problem), self.remedy
        )

    def place(self, *keys: str | int) -> Message:
        """Where that stands, to put before what is said of it: ``a.toml, line 3: [one] ``."""
        whole = (*self.keys, *keys)
        lines = (find_line(self.text, whole[:end]) for end in range(len(whole), 0, -1))
        line = next(filter(None, lines), None)
        if line is None:
            return msg("{path}: {label}", path=self.path, label=self.label)
        return msg("{path}, line {line}: {label}", path=self.path, line=line, label=self.label)

    @property
    def label(self) -> Message:
        """``[sites."a.b"] `` or ``rule “share”: ``; empty for the file itself."""
        if not self.keys:
            return msg("")
        if not isinstance(self.keys[-1], int):
            return msg("[{table}] ", table=".".join(map(_quoted, self.keys)))
        name = self.values.get("name")
        if isinstance(name, str) and name:
            return msg("{table} “{name}”: ", table=self.keys[-2], name=name)
        return msg("{table} {number}: ", table=self.keys[-2], number=self.keys[-1] + 1)

    def check_keys(self, known: Collection[str]) -> None:
        """Refuse a key that is not known.

        Raises:
            ConfigError: there is one; the message lists those that are known.
        """
        for key in sorted(set(self.values) - set(known)):
            problem = msg("unknown key {key!r}; known: {known}", key=key, known=Several(known))
            raise self.error(problem, key)

    def table(self, key: str) -> Table:
        """The table below ``key``, an empty one where there is none.

        Raises:
            ConfigError: it is no table.
        """
        return self._below(self.values.get(key, {}), key)

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables of the array ``[[key]]``, none where there is no such array.

        Raises:
            ConfigError: it is no array of tables.
        """
        values = self.values.get(key, [])
        if not isinstance(values, list):
            raise self._unexpected(key, values, msg("[[{key}]]", key=key))
        return tuple(self._below(value, key, n) for n, value in enumerate(values))

    def text_at(self, key: str, default: str = "") -> str:
        """The text below ``key``.

        Raises:
            ConfigError: it is no text.
        """
        return str(self._checked(key, str)) if key in self.values else default

    def beside(self, name: str | Path) -> Path:
        """The path that the file means by a name: a relative one begins in its own folder."""
        return self.path.parent / name

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts below ``key``, an empty one where there is none.

        Raises:
            ConfigError: it is no list of texts.
        """
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self._unexpected(key, values, msg("a list of texts"))
        return tuple(values)

    def scalars(self) -> dict[str, str | int | float | bool]:
        """All keys of the table with their values.

        Raises:
            ConfigError: one is a list, a table or a date.
        """
        for key, value in self.values.items():
            if not isinstance(value, str | int | float):
                raise self._unexpected(key, value, msg("a text or a number"))
        return dict(self.values)

    def make(self, kind: type[Made], ranges: Ranges | None = None, **given: Any) -> Made:
        """A value of a dataclass: its fields are the keys, but for those that are ``given``.

        ``ranges`` holds lowest and highest value by the field's name.

        Raises:
            ConfigError: a key is unknown or missing, or its value is of a wrong type or range.
        """
        hints = _type_hints(kind)  # type: ignore[arg-type]
        known = {f.name: f for f in fields(kind) if f.name not in given}  # type: ignore[arg-type]
        self.check_keys(known)
        for name, f in known.items():
            if name not in self.values and f.default is f.default_factory is MISSING:
                raise self.error(msg("{key} is missing", key=name))
        made = {k: self._made(k, hints[k], ranges or {}) for k in known if k in self.values}
        return kind(**given, **made)

    def _unexpected(
        self, key: str | int, value: object, expected: Message, *more: str | int
    ) -> ConfigError:
        problem = msg(
            "{key} is {value}; expected {expected}", key=key, value=brief(value), expected=expected
        )
        return self.error(problem, key, *more)

    def _below(self, value: object, *keys: str | int) -> Table:
        if not isinstance(value, dict):
            raise self._unexpected(keys[0], value, msg("a table"), *keys[1:])
        return Table(self.path, value, (*self.keys, *keys), self.remedy, self.text)

    def _made(self, key: str, hint: Any, ranges: Ranges) -> object:
        if is_dataclass(hint) and isinstance(hint, type):
            return self.table(key).make(hint, ranges)
        if get_origin(hint) is Literal:
            return self._chosen(key, get_args(hint))
        if get_origin(hint) is tuple:
            return self.texts(key)
        return self._within(key, self._checked(key, hint), ranges)

    def _chosen(self, key: str, choices: tuple[object, ...]) -> object:
        value = self.values[key]
        if value not in choices:
            known = Several(filter(None, choices))
            problem = msg(
                "{key} is {value}; it must be one of {known}",
                key=key,
                value=brief(value),
                known=known,
            )
            raise self.error(problem, key)
        return value

    def _checked(self, key: str, kind: type) -> object:
        value = self.values[key]
        name, types = _KINDS[kind]
        if not isinstance(value, types) or (isinstance(value, bool) and kind is not bool):
            raise self._unexpected(key, value, name)
        return value

    def _within(self, key: str, value: object, ranges: Ranges) -> object:
        if isinstance(value, int | float) and key in ranges:
            low, high = ranges[key]
            if not low <= value <= high:
                problem = msg(
                    "{key} is {value}; it must be between {low:g} and {high:g}",
                    key=key,
                    value=brief(value),
                    low=low,
                    high=high,
                )
                raise self.error(problem, key)
        return value


def read_toml(path: Path, remedy: Message = _REMEDY) -> Table:
    """A TOML file in UTF-8, with or without a mark of byte order.

    Raises:
        ConfigError: the file can't be read, or is not TOML; the message says where.
    """
    try:
        text = read_outside_text(path, _MOST_BYTES)
        return Table(path, _parse(text), (), remedy, text)
    except OSError as error:
        raise ConfigError(
            msg("{path} can't be read: {reason}.", path=path, reason=system_reason(error)),
            msg("Check the name."),
        ) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(
            msg("{path} can't be read: {error}.", path=path, error=error), remedy
        ) from error


def _parse(text: str) -> dict[str, Any]:
    """A file's values.

    Raises:
        ValueError, RecursionError: it is not TOML, or nested so deep that reading it takes minutes.
    """
    if _DEEP.search(text):
        raise ValueError(msg("keys are nested too deep"))
    return read_rules(text)


def find_line(text: str, keys: tuple[str | int, ...]) -> int | None:
    """The line, from 1, in which ``keys`` are set; None where the file writes them another way."""
    return _lines_of(text).get(keys) if keys else None


@lru_cache(maxsize=4)
def _lines_of(text: str) -> dict[tuple[str | int, ...], int]:
    lines: dict[tuple[str | int, ...], int] = {}
    for number, keys in _keys_of(text):
        lines.setdefault(keys, number)
    return lines


def _keys_of(text: str) -> Iterator[tuple[int, tuple[str | int, ...]]]:
    """Each header and each assignment at the beginning of a line, with the line's number."""
    counts: dict[tuple[str, ...], int] = {}
    here: tuple[str | int, ...] = ()
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and (header := _read_header(line)):
            counts[header] = counts.get(header, -1) + 1
            here = (*header, counts[header]) if line.lstrip().startswith("[[") else header
            yield number, here
        elif not inside and (match := _ASSIGNMENT.match(line)):
            yield number, (*here, *_parse_keys(f"{match['key']} = 0"))
        for mark in ("'''", '"""'):
            if line.count(mark) % 2 and inside in {"", mark}:
                inside = "" if inside else mark


def _read_header(line: str) -> tuple[str, ...]:
    """The keys of ``[a."b.c"]`` or ``[[a.b]]``; empty where the line is no header."""
    return _parse_keys(line) if line.lstrip().startswith("[") else ()


def _parse_keys(line: str) -> tuple[str, ...]:
    """The keys that a line of TOML leads to; empty where it is none."""
    try:
        table: Any = tomllib.loads(line)
    except (ValueError, RecursionError):
        return ()
    keys: list[str] = []
    while table and isinstance(table, dict):
        keys.append(next(iter(table)))
        table = table[keys[-1]][0] if isinstance(table[keys[-1]], list) else table[keys[-1]]
    return tuple(keys)


@lru_cache
def _type_hints(kind: type[Any]) -> dict[str, Any]:
    """The types of a dataclass; a file of rules asks for them a hundred times."""
    return get_type_hints(kind)


def brief(value: object) -> str:
    """A value as Python writes it, cut; it may be nested, or a number, beyond what that can do."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return f"({type(value).__name__})"
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _quoted(key: str | int) -> str:
    return f"{key}" if re.fullmatch(r"[\w-]+", str(key)) else f'"{key}"'
