"""An article's own file of rules: ``news.rules.toml`` beside ``news.txt``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from readaloud.config.line_numbers import is_lines, parse_lines
from readaloud.config.rule_file import make_rule
from readaloud.config.toml_tables import Table, read_toml
from readaloud.errors import msg
from readaloud.model import EditingRules, Lines


def with_own_rules(rules: EditingRules, article: Path) -> EditingRules:
    """The rules with those of the article's own file, if there is one.

    A line that the rules name by its number already is decided by them.

    Raises:
        ConfigError: the file can't be read, or something in it is of a wrong kind.
    """
    path = article.with_name(f"{article.stem}.rules.toml")
    try:
        path.stat()
    except OSError:  # a name may also be longer than names can be
        return rules
    file = read_toml(path)
    file.check_keys(("keep", "drop", "rule"))
    keep, drop = _Lines(file, "keep"), _Lines(file, "drop")
    return replace(
        rules,
        lines=(*(make_rule(entry) for entry in file.tables("rule")), *rules.lines),
        keep_lines=(*rules.keep_lines, *_without(keep.numbers, rules.drop_lines)),
        drop_lines=(*rules.drop_lines, *_without(drop.numbers, rules.keep_lines)),
        keep_texts=(*rules.keep_texts, *keep.texts),
        drop_texts=(*rules.drop_texts, *drop.texts),
    )


class _Lines:
    """What stands below a key: numbers, ranges, and whole lines as they are written."""

    def __init__(self, file: Table, key: str) -> None:
        value = file.values.get(key, [])
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) or is_lines(each) for each in listed):
            problem = msg("{key} lists something that is neither a number nor a line", key=key)
            raise file.error(problem, key)
        numbers = [each for each in listed if is_lines(each)]
        self.numbers = parse_lines(numbers, file.place(key))
        self.texts = tuple(each for each in listed if not is_lines(each))


def _without(lines: Lines, others: Iterable[tuple[int, int]]) -> Lines:
    """The ranges without what lies in others."""
    for low, high in others:
        parts = ((first, min(last, low - 1)) for first, last in lines)
        above = ((max(first, high + 1), last) for first, last in lines)
        lines = tuple(sorted({(a, b) for a, b in (*parts, *above) if a <= b}))
    return lines
