"""Show notes as a page: each item with its source, its link and its start time."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from readaloud.errors import msg
from readaloud.files.outside import read_outside_text
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Narration


def show_notes(report: Report) -> str:
    """The notes of a finished edition as HTML without a page around it, as a feed has them."""
    from readaloud.formats.shared.show_notes import as_html, corrections_of, notes_of

    return as_html(notes_of(report.items, report.chapters), corrections_of(report.correction))


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.shared.show_notes import as_html, corrections_of, notes_of

    article = narration.script.article
    title = escape(" ".join(narration.title.split()))
    lines = (
        "<!doctype html>",
        f'<html lang="{article.language}">',
        f'<head><meta charset="utf-8"><title>{title}</title></head>',
        "<body>",
        f"<h1>{title}</h1>",
        as_html(notes_of(article.items, narration.marks), corrections_of(article.correction)),
        "</body>",
        "</html>",
    )
    with write_errors(path):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _check(path: Path, report: Report) -> Iterator[str]:
    if show_notes(report) not in read_outside_text(path, errors="replace"):
        yield msg("It does not hold the items of the report with their times.")


FORMAT = Format(
    "notes",
    ".notes.html",
    "text/html",
    msg("show notes: each item with source, link and start time"),
    _write,
    _check,
    order=65,
    needs_audio=True,
    charset="utf-8",
)
