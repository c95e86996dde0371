"""The index of a folder of editions: one HTML page, for a keyboard and a screen reader.

It loads nothing from elsewhere. Its addresses are relative: it is the same page wherever the folder
is published.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from readaloud.formats.html.page import palette, policy
from readaloud.podcast.edition_index import EditionIndex
from readaloud.podcast.index_labels import INDEX_LABELS


def index_page(index: EditionIndex) -> str:
    """The whole page."""
    style, script = palette() + _part("index.css"), _part("index.js")
    return _template().render(
        index=index,
        labels=INDEX_LABELS.get(index.language, INDEX_LABELS["zh-Hans"]),
        # Both are the project's own files and hold no text of an edition.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=policy(style, script),
    )


@lru_cache
def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@lru_cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_part("index.html.j2"))
