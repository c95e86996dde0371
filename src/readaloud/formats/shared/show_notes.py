"""Show notes: what an edition holds, where it comes from, and when each part begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from readaloud.model import ChapterMark, Correction, ProgrammeItem


@dataclass(frozen=True, slots=True)
class Note:
    """An article of a bulletin, or a chapter of an article."""

    title: str
    start_ms: int
    publisher: str = ""
    link: str = ""
    """An address of the web, or nothing."""
    section: str = ""


def notes_of(items: Sequence[ProgrammeItem], marks: Sequence[ChapterMark]) -> list[Note]:
    """The notes of a bulletin's articles; of a single article, those of its chapters."""
    if not items:
        return [Note(mark.title, mark.start_ms) for mark in marks if mark.parent is None]
    known = {mark.id: mark for mark in marks}
    return [
        Note(
            item.title or known[item.chapter].title,
            known[item.chapter].start_ms,
            item.publisher,
            item.link,
            item.section,
        )
        for item in items
        if item.chapter in known
    ]


def corrections_of(correction: Correction | None) -> tuple[str, ...]:
    """What is said of each correction, the latest first."""
    return correction.notes if correction else ()


def as_html(notes: Iterable[Note], corrections: Iterable[str]) -> str:
    """The notes in the few elements that podcast players show: paragraphs, lists, links.

    ``corrections`` is what ``corrections_of`` gives.
    """
    parts = [f"<p>{_clean(said)}</p>" for said in corrections]
    number = 1
    for section, group in groupby(notes, key=lambda note: note.section):
        lines = [f"<li>{_line(note)}</li>" for note in group]
        parts += [f"<p>{_clean(section)}</p>"] if section else []
        parts += [f'<ol start="{number}">', *lines, "</ol>"]
        number += len(lines)
    return "\n".join(parts)


def _line(note: Note) -> str:
    return " ".join(_pieces(note))


def _pieces(note: Note) -> Iterator[str]:
    title = _clean(note.title)
    yield clock(note.start_ms)
    yield f'<a href="{_clean(note.link)}">{title}</a>' if note.link else title
    if note.publisher:
        yield f"（{_clean(note.publisher)}）"


def clock(ms: int) -> str:
    """A time that players take for a place in the audio: 12:05, or 1:02:05."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _clean(text: str) -> str:
    """On one line, and without what is markup."""
    return escape(" ".join(text.split()))
