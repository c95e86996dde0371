"""The read-along page: one HTML file that plays the edition beside it and shows what is spoken.

It needs no network and no framework. Text is escaped by Jinja2 wherever it stands, none is written
into a script, and a Content-Security-Policy lets nothing run but the page's own parts, by hash.
Without JavaScript it is the article as plain text with the browser's own audio controls.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from readaloud.errors import OutputError, msg
from readaloud.formats import audio_formats
from readaloud.formats.html.labels import LABELS
from readaloud.formats.shared.label import PROPERTY, implicit_mark, unsaid_notice
from readaloud.formats.shared.page_parts import page_part, page_script, page_template
from readaloud.formats.shared.read_along import nested, opening_label, parts_of
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Narration

SPEEDS = ("0.5", "0.75", "1", "1.25", "1.5", "1.75", "2", "2.5", "3")


def write_page(narration: Narration, path: Path) -> None:
    """Write the page; see ``readaloud.formats.Format``.

    Raises:
        OutputError: the file can't be written, or the edition has no audio file to play.
    """
    text = page_text(narration)
    with write_errors(path):
        path.write_text(text, encoding="utf-8", newline="\n")


def page_text(narration: Narration) -> str:
    """The whole page.

    Raises:
        OutputError: the edition has no audio file to play.
    """
    style = palette() + page_part(__package__, "page.css")
    script = page_script(__package__, "page.js")
    language, parts = narration.script.article.language, parts_of(narration)
    return page_template(__package__, "page.html.j2").render(
        narration=narration,
        opening=opening_label(parts),
        article=narration.script.article,
        parts=parts,
        branches=nested(parts),
        audio=quote(_audio_name(narration)),
        labels=LABELS[language],
        language=language,
        speeds=[(speed, f"{speed} {LABELS[language].times}") for speed in SPEEDS],
        length=clock(narration.duration_ms),
        # Both are the project's own files and hold no text of an article.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=policy(style, script),
        mark=implicit_mark(narration),
        mark_name=PROPERTY,
        notice=unsaid_notice(narration),
    )


def palette() -> str:
    """The colours of the project's pages, as custom properties."""
    return page_part(__package__, "palette.css")


def clock(duration_ms: int) -> str:
    """``9:53`` or ``1:02:03``, rounded down."""
    minutes, seconds = divmod(duration_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def policy(style: str, script: str) -> str:
    """Only these two parts, and media from the same place, which for a file on disk is a file."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "media-src 'self' file:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """As CSP level 3 writes it: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _audio_name(narration: Narration) -> str:
    playable = {each.name for each in audio_formats()}
    for kind, name, _ in narration.files:
        if kind in playable:
            return name
    raise OutputError(
        msg("{stem}.html would have no audio to play.", stem=narration.stem),
        msg("Add an audio format, such as mp3, to --format."),
    )
