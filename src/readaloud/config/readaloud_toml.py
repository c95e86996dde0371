"""``readaloud.toml``: what a project's settings say, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readaloud.config.rule_file import make_rule, read_rule_file
from readaloud.config.toml_tables import Table, read_toml
from readaloud.errors import ConfigError, msg
from readaloud.model import EditingRules, ReadingRules, SiteRule

CONFIG_NAME = "readaloud.toml"
TABLES = ("build", "rules", "sites", "engines", "feed")
_NO_FEED = Table(Path(CONFIG_NAME), {}, ("feed",))


@dataclass(frozen=True, slots=True)
class Settings:
    """``build`` holds options by name; ``rules`` what to drop and keep; ``reading`` the sites.

    ``engines`` holds the options of engines, by engine;
    ``feed`` holds the podcast's data, as the file has it; relative paths begin beside the file.
    """

    build: Mapping[str, Any] = field(default_factory=dict)
    rules: EditingRules = EditingRules()
    reading: ReadingRules = ReadingRules()
    engines: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    feed: Table = _NO_FEED


def read_settings(config: Path | None = None) -> Settings:
    """The settings of a file, else of the working folder's ``readaloud.toml``, if there is one.

    Raises:
        ConfigError: broken TOML, an unknown table or key, or a value of a wrong kind.
    """
    path = config or Path(CONFIG_NAME)
    if config is None and not path.is_file():
        return Settings()
    file = read_toml(path)
    file.check_keys(TABLES)
    sites, engines = file.table("sites"), file.table("engines")
    reading = ReadingRules(
        tuple(sites.table(host).make(SiteRule, host=host) for host in sites.values)
    )
    return Settings(
        build=file.table("build").values,
        rules=_read_rules(file.table("rules")),
        reading=reading,
        engines={name: engines.table(name).scalars() for name in engines.values},
        feed=file.table("feed"),
    )


def _read_rules(table: Table) -> EditingRules:
    table.check_keys(("drop", "keep", "rule", "rules_file"))
    lines = tuple(make_rule(entry) for entry in table.tables("rule"))
    name = table.text_at("rules_file")
    if name:
        file = read_rule_file(table.path.parent / name)
        if file.marks:
            raise ConfigError(
                msg("{where}only readaloud itself can have marks.", where=file.marks[0].where),
                table.remedy,
            )
        lines += file.rules
    drop, keep = table.texts("drop"), table.texts("keep")
    places = table.place("drop"), table.place("keep")
    return EditingRules(drop, keep, lines, where_drop=places[0], where_keep=places[1])
