"""A transcript as plain text: all that is said, by chapters, with the time when each begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.files.outside import read_outside_text
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    with write_errors(path):
        path.write_text("\n\n".join(_paragraphs(narration)) + "\n", encoding="utf-8")


def _paragraphs(narration: Narration) -> Iterator[str]:
    """A time above each chapter, and its paragraphs."""
    from readaloud.formats.shared.read_along import parts_of
    from readaloud.formats.shared.show_notes import clock

    for part in parts_of(narration):
        yield f"[{clock(part.start_ms)}]"
        for passage in part.passages:
            yield "".join(phrase.lead + phrase.cue.text for phrase in passage.phrases)


def _check(path: Path, report: Report) -> Iterator[str]:
    text, at = read_outside_text(path, errors="replace"), 0
    for said in report.utterances:
        at = text.find(said.text, at)
        if at < 0:
            yield msg("It lacks utterance {id} of the report.", id=said.id)
            return
        at += len(said.text)


FORMAT = Format(
    "txt",
    ".transcript.txt",
    "text/plain",
    msg("the transcript as plain text, with the time of each chapter"),
    _write,
    _check,
    order=56,
    needs_audio=True,
    charset="utf-8",
)
