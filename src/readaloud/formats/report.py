"""The report: what was spoken when, what was not and why, and the figures of the finished audio."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from readaloud import __version__
from readaloud.formats.shared.common import write_errors
from readaloud.model import Narration, Removal

SCHEMA = 1
"""Raised when a key changes its meaning or goes; new keys may come without."""


class ReportWriter:
    """Writes ``<stem>.json``."""

    extension = ".json"

    def write(self, narration: Narration, directory: Path) -> Path:
        """Write the report; see ``readaloud.formats.Writer``."""
        path = directory / f"{narration.stem}{self.extension}"
        text = json.dumps(report_object(narration), ensure_ascii=False, indent=1, allow_nan=False)
        with write_errors(path):
            path.write_text(text + "\n", encoding="utf-8")
        return path


def report_object(narration: Narration) -> dict[str, Any]:
    """The report as JSON has it; times are milliseconds from the start of the audio."""
    script, article = narration.script, narration.script.article
    return {
        "schema": SCHEMA,
        "program": f"readaloud {__version__}",
        "source": article.source_name,
        "source_sha256": narration.source_sha256,
        "content_sha256": script.content_sha256,
        "stem": narration.stem,
        "edition": narration.key,
        "files": {name: {"name": file, "sha256": digest} for name, file, digest in narration.files},
        "voice": asdict(narration.voice),
        "title": article.title,
        "byline": article.byline,
        "origin": article.origin,
        "date": article.date,
        "language": article.language,
        "duration_ms": narration.duration_ms,
        "loudness_lufs": _finite(narration.loudness.integrated_lufs),
        "true_peak_dbtp": _finite(narration.loudness.true_peak_dbtp),
        "chapters": [asdict(mark) for mark in narration.marks],
        "utterances": [
            {
                "id": utterance.id,
                "chapter": utterance.chapter_id,
                "text": utterance.text,
                "spoken": utterance.spoken,
                "start_ms": cue.start_ms,
                "end_ms": cue.end_ms,
                "line": utterance.line or None,
            }
            for utterance, cue in zip(script.utterances, narration.cues, strict=True)
        ],
        "removed": [_removal(gone) for gone in article.removed],
        "skipped": [_removal(gone) for gone in script.skipped],
    }


def _finite(decibels: float) -> float | None:
    """JSON has no infinity: silence has no figure."""
    return round(decibels, 2) if math.isfinite(decibels) else None


def _removal(gone: Removal) -> dict[str, Any]:
    shown: dict[str, Any] = {"line": gone.line, "text": gone.text, "reason": gone.reason}
    if gone.rule:
        shown["rule"] = gone.rule
    if gone.source:
        shown["source"] = gone.source
    if gone.score is not None:
        shown["score"] = round(gone.score, 1)
    return shown
