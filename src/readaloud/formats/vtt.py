"""WebVTT captions (W3C)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readaloud.errors import msg
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Narration


def _write(narration: Narration, path: Path) -> None:
    from readaloud.formats.shared.captions import make_captions, one_line, times_of

    article = narration.script.article
    note = f"NOTE\nlang: {article.language}\ntitle: {_escape(one_line(narration.title))}"
    cues = (
        f"{c.id}\n{times_of(c, '.')}\n{_escape(chr(10).join(c.lines))}"
        for c in make_captions(narration.cues)
    )
    with write_errors(path):
        path.write_text("\n\n".join(["WEBVTT", note, *cues]) + "\n", encoding="utf-8")


def _escape(text: str) -> str:
    """What WebVTT would read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _check(path: Path, report: Report) -> Iterator[str]:
    from readaloud.formats.shared.check_text import check_captions

    return check_captions(path, report)


FORMAT = Format(
    "vtt",
    ".vtt",
    "text/vtt",
    msg("captions, and transcripts for podcasts"),
    _write,
    _check,
    order=40,
    needs_words=True,
    feed_place="transcript",
    charset="utf-8",
)
