"""The report: every utterance, everything removed, figures as measured."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from narrations import make_narration, nameless

from readaloud.errors import OutputError
from readaloud.formats.report import ReportWriter
from readaloud.model import Loudness, Narration

KEYS = [
    *(
        "schema",
        "program",
        "source",
        "source_sha256",
        "content_sha256",
        "stem",
        "edition",
        "files",
        "voice",
        "title",
        "byline",
        "origin",
        "date",
        "language",
    ),
    *("duration_ms", "loudness_lufs", "true_peak_dbtp"),
    *("chapters", "utterances", "removed", "skipped"),
]


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return make_narration(tmp_path, ["開頭", "結尾"])


def test_the_schema_is_stable(narration: Narration, tmp_path: Path) -> None:
    """Whoever changes a key here raises SCHEMA."""
    report = json.loads(ReportWriter().write(narration, tmp_path).read_text("utf-8"))
    assert list(report) == KEYS
    assert report["schema"] == 1
    assert report["program"].startswith("readaloud 0.")
    assert report["source"] == "articles/北風.txt"
    assert report["chapters"][1] == {
        "id": "c2",
        "title": "結尾",
        "start_ms": 1500,
        "end_ms": 3000,
        "level": 1,
        "parent": None,
    }
    assert report["utterances"][1] == {
        "id": "c1u2",
        "chapter": "c1",
        "text": "第1章第2句。",
        "spoken": "第1章第2句。",
        "start_ms": 750,
        "end_ms": 1150,
        "line": 1,
    }
    assert len(report["utterances"]) == 4
    assert report["removed"] == [
        {"line": 3, "text": "點讚", "reason": "boilerplate"},
        {"line": 9, "text": "北風", "reason": "duplicate", "score": 97.2},
    ]
    assert report["skipped"] == [{"line": 5, "text": "🙂", "reason": "nothing to say"}]
    assert report["voice"]["name"] == "xiaoxiao"


def test_chinese_stays_readable(narration: Narration, tmp_path: Path) -> None:
    assert "第1章第2句。" in ReportWriter().write(narration, tmp_path).read_text("utf-8")


def test_what_has_no_figure_is_null(narration: Narration, tmp_path: Path) -> None:
    silent = replace(nameless(narration), loudness=Loudness(-math.inf, -math.inf))
    report = json.loads(ReportWriter().write(silent, tmp_path).read_text("utf-8"))
    for key in ("loudness_lufs", "true_peak_dbtp", "title", "byline", "date"):
        assert report[key] is None


def test_an_absent_folder_is_an_output_error(narration: Narration, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"北風\.json"):
        ReportWriter().write(narration, tmp_path / "absent")
