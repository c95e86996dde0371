"""The timeline as a file: its public form, and what check has against a wrong one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from narrations import make_narration, write
from typer.testing import Result

from readaloud.formats import find_format
from readaloud.formats.report import read_report
from readaloud.formats.timeline.file import timeline_schema
from readaloud.formats.timeline.player import FILE_NAME, player_script
from readaloud.model import Narration

PUBLISHED = Path(__file__).parents[2] / "docs" / "timeline.schema.json"
KEYS = [
    *("version", "title", "byline", "date", "language", "address", "page"),
    *("audio", "duration_ms", "chapters", "paragraphs"),
]


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    made = make_narration(tmp_path, ["開頭", "結尾"])
    files = (("mp3", "北風 1.mp3", "00"), ("opus", "北風 1.opus", "00"), ("html", "北風.html", "0"))
    article = replace(made.script.article, address="https://example.org/a")
    return replace(made, files=files, script=replace(made.script, article=article))


@pytest.fixture
def told(narration: Narration, tmp_path: Path) -> dict[str, Any]:
    path = write("timeline", narration, tmp_path)
    assert path.name == "北風.timeline.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_form_is_stable(told: dict[str, Any]) -> None:
    """Whoever changes a key here raises VERSION."""
    assert list(told) == KEYS
    assert (told["version"], told["address"]) == ("1.0", "https://example.org/a")
    assert told["audio"] == [
        {"src": "%E5%8C%97%E9%A2%A8%201.mp3", "type": "audio/mpeg"},
        {"src": "%E5%8C%97%E9%A2%A8%201.opus", "type": "audio/ogg"},
    ]
    assert told["page"] == "%E5%8C%97%E9%A2%A8.html"
    assert [(one["kind"], one["chapter"]) for one in told["paragraphs"]] == [
        ("paragraph", "c1"),
        ("paragraph", "c2"),
    ]
    assert told["paragraphs"][1]["sentences"][0] == {
        "id": "c2u1",
        "text": "第2章第1句。",
        "start_ms": 1500,
        "end_ms": 1900,
    }


def test_it_keeps_to_its_published_schema(
    told: dict[str, Any], golden: Callable[[Path, str], None]
) -> None:
    golden(PUBLISHED, json.dumps(timeline_schema(), ensure_ascii=False, indent=1) + "\n")
    jsonschema.validate(told, timeline_schema())


def _first(told: dict[str, Any]) -> dict[str, Any]:
    sentence: dict[str, Any] = told["paragraphs"][0]["sentences"][0]
    return sentence


WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "time": (lambda told: _first(told).update(start_ms=1), "sentences differ"),
    "text": (lambda told: _first(told).update(text="別的。"), "sentences differ"),
    "chapter": (lambda told: told["chapters"][0].update(title="別的"), "chapters differ"),
    "audio": (lambda told: told["audio"][0].update(src="x.mp3"), "names x.mp3"),
    "silent": (lambda told: told.update(audio=[]), "names no audio"),
    "form": (lambda told: told.pop("chapters"), "is not a timeline"),
    "version": (lambda told: told.update(version="2.0"), "is not a timeline"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_one_is_found(
    narration: Narration, told: dict[str, Any], tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "北風.timeline.json"
    report = read_report(write("json", narration, tmp_path))
    assert list(find_format("timeline").check(path, report)) == []
    spoil, reason = WRONG[kind]
    spoil(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    problems = list(find_format("timeline").check(path, report))
    assert len(problems) == 1
    assert reason in problems[0]


def test_an_edition_with_one_is_checked_as_a_whole(
    cli: Callable[..., Result], tmp_path: Path
) -> None:
    news = tmp_path / "news.md"
    news.write_text("# 早間新聞\n\n春天來了。\n\n## 出行\n\n道路結冰。\n", encoding="utf-8")
    made = cli("build", news, "--voice", "silent", "--format", "timeline,json", "--out", tmp_path)
    assert made.exit_code == 0, made.stderr
    assert (tmp_path / "news.mp3").is_file(), "a timeline without audio is of no use"
    checked = cli("check", tmp_path)
    assert checked.exit_code == 0, checked.stdout
    assert checked.stdout.count("sound") == 1, "the timeline is no edition of its own"


def test_the_player_is_written_whole_or_not_at_all(
    cli: Callable[..., Result], tmp_path: Path
) -> None:
    made = cli("player", "--out", tmp_path / "static")
    assert made.exit_code == 0, made.stderr
    assert (tmp_path / "static" / FILE_NAME).read_text("utf-8") == player_script()
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cli("player", "--out", tmp_path / "file").exit_code == 5
