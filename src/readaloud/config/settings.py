"""``readaloud.toml``: what a project's settings say, table by table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readaloud.errors import ConfigError
from readaloud.model import EditingRules, ReadingRules, SiteRule

CONFIG_NAME = "readaloud.toml"
TABLES = ("build", "rules", "sites", "feed")


@dataclass(frozen=True, slots=True)
class Settings:
    """``build`` holds options by name; ``rules`` what to drop and keep; ``reading`` the sites.

    ``feed`` holds the podcast's data; ``folder`` is where relative paths in it begin.
    """

    build: Mapping[str, Any] = field(default_factory=dict)
    rules: EditingRules = EditingRules()
    reading: ReadingRules = ReadingRules()
    feed: Mapping[str, Any] = field(default_factory=dict)
    folder: Path = Path()


def read_settings(config: Path | None = None) -> Settings:
    """The settings of a file, else of the working folder's ``readaloud.toml``, if there is one.

    Raises:
        ConfigError: broken TOML, an unknown table or key, or a value of a wrong kind.
    """
    path = config or Path(CONFIG_NAME)
    if config is None and not path.is_file():
        return Settings()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path} can't be read: {error.strerror}.", "Check --config.") from error
    except ValueError as error:
        raise ConfigError(f"{path} can't be read: {error}.", "Mend the file.") from error
    try:
        _check_keys(tables, TABLES, "the file")
        rules = _table(tables, "rules")
        _check_keys(rules, ("drop", "keep"), "[rules]")
        patterns = EditingRules(_texts(rules, "drop"), _texts(rules, "keep"))
        sites = _table(tables, "sites")
        reading = ReadingRules(tuple(_site(host, _table(sites, host)) for host in sites))
        feed = _table(tables, "feed")
        return Settings(_table(tables, "build"), patterns, reading, feed, path.parent)
    except ValueError as error:
        raise ConfigError(f"{path}: {error}.", "Mend the file.") from error


def _site(host: str, table: Mapping[str, Any]) -> SiteRule:
    _check_keys(table, ("content", "drop"), f'[sites."{host}"]')
    content = table.get("content", "")
    if not isinstance(content, str):
        raise ValueError(f'[sites."{host}"] content must be a selector')
    return SiteRule(host, content, _texts(table, "drop"))


def _table(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise ValueError(f"[{name}] must be a table")
    return table


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{key} must be a list of texts")
    return tuple(values)


def _check_keys(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise ValueError(f"{where} has an unknown {unknown[0]!r}; known: {', '.join(known)}")
