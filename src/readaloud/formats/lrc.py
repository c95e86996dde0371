"""LRC: a line an utterance, with the time when it begins; most music players show it."""

from __future__ import annotations

from pathlib import Path

from readaloud.formats.shared.common import artist_of, write_errors
from readaloud.model import Cue, Narration

_BRACKETS = str.maketrans("[]", "［］")


class LyricsWriter:
    """Writes ``<stem>.lrc``."""

    extension = ".lrc"

    def write(self, narration: Narration, directory: Path) -> Path:
        """Write tags and lines; see ``readaloud.formats.Writer``."""
        path = directory / f"{narration.stem}{self.extension}"
        seconds = narration.duration_ms // 1000
        lines = [
            f"[ti:{_plain(narration.title)}]",
            f"[ar:{_plain(artist_of(narration))}]",
            f"[length:{seconds // 60:02}:{seconds % 60:02}]",
            *(_line(cue) for cue in narration.cues),
        ]
        with write_errors(path):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def _line(cue: Cue) -> str:
    """Minutes pass 99 in long editions; hundredths are rounded down."""
    seconds, ms = divmod(cue.start_ms, 1000)
    return f"[{seconds // 60:02}:{seconds % 60:02}.{ms // 10:02}]{_plain(cue.text)}"


def _plain(text: str) -> str:
    """One line, its brackets full-width: to a player, others would begin or end a tag."""
    return " ".join(text.split()).translate(_BRACKETS)
