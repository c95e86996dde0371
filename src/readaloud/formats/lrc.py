"""LRC: a line an utterance, with the time when it begins; most music players show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.formats.shared.tag_values import tag_values, write_errors
from readaloud.model import Cue, Narration

_BRACKETS = str.maketrans("[]", "［］")


def _write(narration: Narration, path: Path) -> None:
    seconds = narration.duration_ms // 1000
    lines = [
        f"[ti:{_plain(narration.title)}]",
        f"[ar:{_plain(tag_values(narration).artist)}]",
        f"[length:{seconds // 60:02}:{seconds % 60:02}]",
        *(_line(cue) for cue in narration.cues),
    ]
    with write_errors(path):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(cue: Cue) -> str:
    """Minutes pass 99 in long editions; hundredths are rounded down."""
    seconds, ms = divmod(cue.start_ms, 1000)
    return f"[{seconds // 60:02}:{seconds % 60:02}.{ms // 10:02}]{_plain(cue.text)}"


def _plain(text: str) -> str:
    """One line, its brackets full-width: to a player, others would begin or end a tag."""
    return " ".join(text.split()).translate(_BRACKETS)


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_text import check_lyrics

    return check_lyrics(path, report)


FORMAT = Format(
    "lrc",
    ".lrc",
    "text/plain",
    msg("lyrics, for music players"),
    _write,
    _check,
    order=55,
    charset="utf-8",
)
