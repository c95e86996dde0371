"""``readaloud.toml``: what a project's settings say, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readaloud.config.tables import read_toml
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
    file = read_toml(path)
    file.check_keys(TABLES)
    sites = file.table("sites")
    reading = ReadingRules(
        tuple(sites.table(host).make(SiteRule, host=host) for host in sites.values)
    )
    return Settings(
        build=file.table("build").values,
        rules=file.table("rules").make(EditingRules),
        reading=reading,
        feed=file.table("feed").values,
        folder=path.parent,
    )
