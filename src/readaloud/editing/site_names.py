"""What sites glue to a title: their name behind it, a mark of advertising around it."""

from __future__ import annotations

from readaloud.editing.rulebook import as_written, mark

_BEHIND = mark("site behind a title")
_BEFORE = mark("advertising before a title")
_TIMES = 4


def strip_site(text: str) -> tuple[str, list[str]]:
    """The title without what is glued to it, and the pieces that were taken off."""
    pieces: list[str] = []
    for _ in range(_TIMES if len(text) <= 120 else 0):
        match = _BEHIND.find(text) or _BEFORE.find(text)
        rest = text[: match.start()] + text[match.end() :] if match else ""
        if match is None or len(rest) < 4:
            break
        pieces.append(as_written(text, match).strip())
        text = rest.strip()
    return text, pieces
