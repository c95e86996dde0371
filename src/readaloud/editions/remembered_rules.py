"""Writes rules into a file of rules that a person may have written, and may go on writing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from readaloud.config.rule_file import read_users_rules
from readaloud.editions.users_files import write_users_file
from readaloud.files.outside import read_outside_text
from readaloud.model import LineRule

_ENTRY = re.compile(r"(?m)^(?=\[\[)")
_HEAD = (
    "# What was decided with readaloud --remember. See “Rules for a site” in the documentation.\n"
)


def write_rules(path: Path, rules: Sequence[LineRule]) -> None:
    """Add rules to a file, in place of those of the same lines; the rest of it stays as it is.

    Raises:
        ConfigError: what is in the file is no rules.
        OutputError: it can't be written.
    """
    text = _HEAD
    if path.is_file():
        read_users_rules(path)
        text = read_outside_text(path)
    for rule in rules:
        text = f"{_without(text, rule).rstrip()}\n\n{_entry(rule)}"
    write_users_file(path, text.lstrip())


def _without(text: str, rule: LineRule) -> str:
    """The file without what was remembered of the same line before, kept or dropped."""
    lines = {_line("name", rule.name), _line("pattern", rule.pattern)}
    lines |= {_line("site", rule.site)} if rule.site else set()
    entries = _ENTRY.split(text)
    return "".join(each for each in entries if not lines <= set(each.splitlines()))


def _entry(rule: LineRule) -> str:
    return "[[rule]]\n" + "".join(f"{line}\n" for line in _lines(rule))


def _lines(rule: LineRule) -> Iterator[str]:
    for field in fields(rule):
        value = getattr(rule, field.name)
        if field.name != "where" and value != field.default:
            yield _line(field.name, value)


def _line(key: str, value: object) -> str:
    """A key and its value; JSON writes texts, lists, numbers and truth as TOML does."""
    plain = list(value) if isinstance(value, tuple) else value
    return f"{key} = {json.dumps(plain, ensure_ascii=False)}".replace("\x7f", "\\u007f")
