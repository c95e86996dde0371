"""Chapters as the podcast namespace has them, version 1.2.0.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from readaloud.formats.shared.common import artist_of, write_errors
from readaloud.model import Narration


class ChaptersWriter:
    """Writes ``<stem>.chapters.json``."""

    extension = ".chapters.json"

    def write(self, narration: Narration, directory: Path) -> Path:
        """Write the list of chapters; see ``readaloud.formats.Writer``."""
        path = directory / f"{narration.stem}{self.extension}"
        text = json.dumps(_chapters_object(narration), ensure_ascii=False, indent=1)
        with write_errors(path):
            path.write_text(text + "\n", encoding="utf-8")
        return path


def _chapters_object(narration: Narration) -> dict[str, Any]:
    """Times are seconds from the start of the audio, to the millisecond."""
    return {
        "version": "1.2.0",
        "title": narration.title,
        "author": artist_of(narration),
        "chapters": [
            {
                "startTime": mark.start_ms / 1000,
                "endTime": mark.end_ms / 1000,
                "title": mark.title,
                "toc": True,
            }
            for mark in narration.marks
        ],
    }
