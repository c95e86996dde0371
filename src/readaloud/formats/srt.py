"""SubRip captions, which have no escapes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.shared.captions import make_captions, times_of

    cues = (
        f"{n}\n{times_of(c, ',')}\n{_unlike_tags(chr(10).join(c.lines))}"
        for n, c in enumerate(make_captions(narration.cues), 1)
    )
    with write_errors(path):
        path.write_text("\n\n".join(cues) + "\n", encoding="utf-8")


def _unlike_tags(text: str) -> str:
    """Angle brackets full-width: players take <b> for markup, and --> for times."""
    return text.translate(str.maketrans("<>", "＜＞"))


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_text import check_captions

    return check_captions(path, report)


FORMAT = Format(
    "srt",
    ".srt",
    "application/x-subrip",
    msg("captions for players and braille displays"),
    _write,
    _check,
    order=45,
    needs_words=True,
    feed_place="transcript",
    charset="utf-8",
)
