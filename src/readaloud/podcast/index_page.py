"""The index of a folder of editions: one HTML page, for a keyboard and a screen reader.

It loads nothing from elsewhere. Its addresses are relative: it is the same page wherever the folder
is published.
"""

from __future__ import annotations

from markupsafe import Markup

from readaloud.formats.html.page import palette, policy
from readaloud.formats.shared.page_parts import page_part, page_template
from readaloud.podcast.edition_index import EditionIndex
from readaloud.podcast.index_labels import INDEX_LABELS


def index_page(index: EditionIndex) -> str:
    """The whole page."""
    style, script = (
        palette() + page_part(__package__, "index.css"),
        page_part(__package__, "index.js"),
    )
    return page_template(__package__, "index.html.j2").render(
        index=index,
        labels=INDEX_LABELS.get(index.language, INDEX_LABELS["zh-Hans"]),
        # Both are the project's own files and hold no text of an edition.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=policy(style, script),
    )
