"""The report: every utterance, everything removed, figures as measured."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from narrations import make_narration, nameless, write

from readaloud.errors import OutputError, UnreadableSourceError
from readaloud.formats.report import make_report, read_report, report_schema
from readaloud.model import Loudness, Narration

PUBLISHED = Path(__file__).parents[2] / "docs" / "report.schema.json"
OLD = sorted(Path(__file__).parent.glob("report_*.json"))

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
        "address",
        "date",
        "language",
    ),
    *("duration_ms", "loudness_lufs", "true_peak_dbtp"),
    *("chapters", "utterances", "removed", "skipped", "items", "correction", "label"),
]


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return make_narration(tmp_path, ["開頭", "結尾"])


def test_the_schema_is_stable(narration: Narration, tmp_path: Path) -> None:
    """Whoever changes a key here raises SCHEMA."""
    report = json.loads(write("json", narration, tmp_path).read_text("utf-8"))
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


def test_it_keeps_to_its_published_schema(
    narration: Narration, tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    schema = json.dumps(report_schema(), ensure_ascii=False, indent=1) + "\n"
    golden(PUBLISHED, schema)
    published = json.loads(schema)
    for made in (narration, nameless(narration)):
        jsonschema.validate(json.loads(write("json", made, tmp_path).read_text("utf-8")), published)


def test_it_reads_what_it_wrote(narration: Narration, tmp_path: Path) -> None:
    path = write("json", narration, tmp_path)
    assert read_report(path) == make_report(narration)
    assert read_report(path).to_json() == path.read_text("utf-8")


@pytest.mark.parametrize("path", OLD, ids=lambda path: str(path.stem))
def test_old_reports_are_read(path: Path) -> None:
    report = read_report(path)
    assert (report.schema, report.title, report.origin) == (1, "北風", "新華社")
    assert [said.text for said in report.utterances][-1] == "他們又出發了。"
    assert {gone.reason for gone in report.removed} == {"source line", "page controls"}


def test_keys_of_a_later_version_do_no_harm(tmp_path: Path) -> None:
    told = json.loads(OLD[0].read_text("utf-8"))
    told["voice"]["mood"] = told["mood"] = "calm"
    (tmp_path / "new.json").write_text(json.dumps(told), "utf-8")
    assert read_report(tmp_path / "new.json") == read_report(OLD[0])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"utterances": 5}', "\x00", "[" * 100_000, '"\ud800"']
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UnreadableSourceError, match=r"x\.json is not a readaloud report"):
        read_report(path)


def test_chinese_stays_readable(narration: Narration, tmp_path: Path) -> None:
    assert "第1章第2句。" in write("json", narration, tmp_path).read_text("utf-8")


def test_what_has_no_figure_is_null(narration: Narration, tmp_path: Path) -> None:
    silent = replace(nameless(narration), loudness=Loudness(-math.inf, -math.inf))
    report = json.loads(write("json", silent, tmp_path).read_text("utf-8"))
    for key in ("loudness_lufs", "true_peak_dbtp", "title", "byline", "date"):
        assert report[key] is None


def test_an_absent_folder_is_an_output_error(narration: Narration, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"北風\.json"):
        write("json", narration, tmp_path / "absent")
