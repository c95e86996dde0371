"""``readaloud.toml``: what a project's settings say, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from readaloud.config.programme import Programme, make_programme
from readaloud.config.rule_file import make_rule, read_users_rules
from readaloud.config.toml_tables import Table, read_toml
from readaloud.errors import msg
from readaloud.model import EditingRules, Label, ReadingRules, SiteRule, says_it

CONFIG_NAME = "readaloud.toml"
RULES_NAME = "readaloud.rules.toml"
"""Beside it: decisions on single lines that are remembered, where ``rules_file`` names no file."""
TABLES = (
    *("build", "rules", "sites", "engines", "cache", "feed", "publish", "programme", "label"),
    "morning",
)
_FILES = ("certificate", "key")
_NO_MORNING = Table(Path(CONFIG_NAME), {}, ("morning",))
_NO_FEED = Table(Path(CONFIG_NAME), {}, ("feed",))
_NO_PUBLISH = Table(Path(CONFIG_NAME), {}, ("publish",))


@dataclass(frozen=True, slots=True)
class Settings:
    """``build`` holds options by name; ``rules`` what to drop and keep; ``reading`` the sites.

    ``engines`` holds the options of engines, by engine; ``label`` the mark of synthetic speech;
    ``morning`` holds the sources of a bulletin;
    ``programme`` holds a bulletin's own words;
    ``feed`` holds the podcast's data and ``publish`` where it goes, as the file has them; relative
    paths begin beside the file.
    """

    build: Mapping[str, Any] = field(default_factory=dict)
    rules: EditingRules = EditingRules()
    reading: ReadingRules = ReadingRules()
    engines: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    feed: Table = _NO_FEED
    publish: Table = _NO_PUBLISH
    programme: Programme = Programme()
    label: Label = Label()
    morning: Table = _NO_MORNING


def read_settings(config: Path | None = None) -> Settings:
    """The settings of a file, else of the working folder's ``readaloud.toml``, if there is one.

    Raises:
        ConfigError: broken TOML, an unknown table or key, or a value of a wrong kind.
    """
    path = config or Path(CONFIG_NAME)
    if config is None and not path.is_file():
        return Settings(rules=_read_rules(Table(path, {}, ("rules",))))
    file = read_toml(path)
    file.check_keys(TABLES)
    sites, engines = file.table("sites"), file.table("engines")
    reading = ReadingRules(
        tuple(sites.table(host).make(SiteRule, host=host) for host in sites.values)
    )
    return Settings(
        build={**_build(file.table("build")), **_cache(file.table("cache"))},
        rules=_read_rules(file.table("rules")),
        reading=reading,
        engines={name: engines.table(name).scalars() for name in engines.values},
        label=_label(file.table("label")),
        feed=file.table("feed"),
        publish=file.table("publish"),
        programme=make_programme(file.table("programme")),
        morning=file.table("morning"),
    )


def _build(table: Table) -> Mapping[str, Any]:
    """The options of all runs.

    Raises:
        ConfigError: one of them names lines, which are those of a single article.
    """
    for key in ("keep", "drop"):
        if key in table.values:
            raise table.error(
                msg("{key} names lines of one article, so it is an option of a command", key=key),
                key,
            )
    return table.values


def _cache(table: Table) -> Mapping[str, Any]:
    """Options of the cache, by their names among all options."""
    table.check_keys(("max_gb",))
    return {f"cache_{key}": value for key, value in table.scalars().items()}


def _label(table: Table) -> Label:
    """The mark of synthetic speech; paths of certificate and key begin beside the file.

    Raises:
        ConfigError: a key is unknown or of a wrong type, or the sentence is no mark.
    """
    rest = {key: value for key, value in table.values.items() if key not in _FILES}
    label = replace(table, values=rest).make(
        Label, certificate=_beside(table, "certificate"), key=_beside(table, "key")
    )
    words = " ".join(label.sentence.split())
    if words and not says_it(words):
        raise table.error(
            msg("sentence is no mark: it must hold 人工智能 or AI, and 生成 or 合成"), "sentence"
        )
    return replace(label, sentence=words)


def _beside(table: Table, key: str) -> Path | None:
    """A path that begins beside the file; None where there is none."""
    return table.beside(table.text_at(key)) if table.values.get(key) else None


def _read_rules(table: Table) -> EditingRules:
    table.check_keys(("drop", "keep", "rule", "rules_file"))
    lines = tuple(make_rule(entry) for entry in table.tables("rule"))
    name = table.text_at("rules_file")
    path = table.beside(name or RULES_NAME)
    if name or path.is_file():
        lines += read_users_rules(path)
    drop, keep = table.texts("drop"), table.texts("keep")
    return EditingRules(
        drop, keep, lines, file=str(path),
        where_drop=table.place("drop"), where_keep=table.place("keep"),
    )  # fmt: skip
