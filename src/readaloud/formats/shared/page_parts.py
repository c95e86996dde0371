"""The files that lie beside a page's code: its template, styles and script."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template


@lru_cache
def page_part(package: str, name: str) -> str:
    """The text of a file of a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def page_script(package: str, *names: str) -> str:
    """Scripts of a package as one that shares no name with its page; all may play audio."""
    parts = [page_part(__package__, "playback.js"), *(page_part(package, name) for name in names)]
    return f'"use strict";\n(() => {{\n{"".join(parts)}}})();\n'


@lru_cache
def page_template(package: str, name: str) -> Template:
    """A template of a package; it escapes what it is given, and refuses what it is not given."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(page_part(package, name))
