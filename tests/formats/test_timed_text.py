"""LRC by its grammar, chapters JSON by its schema, SYLT as mutagen reads it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from mutagen.id3 import ID3
from narrations import make_narration, nameless, write

from readaloud.errors import OutputError
from readaloud.model import Cue

LRC_TAG = re.compile(r"\[(ti|ar|length):([^\[\]\n]{1,500})\]")
LRC_LINE = re.compile(r"\[(\d{2,5}):([0-5]\d)\.(\d\d)\]([^\[\]\n]{1,500})")
TEXT = {"type": "string", "minLength": 1}
SECONDS = {"type": "number", "minimum": 0}
SCHEMA = {
    "type": "object",
    "required": ["version", "chapters"],
    "properties": {
        "version": {"const": "1.2.0"},
        "chapters": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["startTime"],
                "properties": {
                    "startTime": SECONDS,
                    "endTime": SECONDS,
                    "title": TEXT,
                    "img": TEXT,
                    "url": TEXT,
                    "toc": {"type": "boolean"},
                    "location": {"type": "object"},
                },
                "additionalProperties": False,
            },
        },
    }
    | dict.fromkeys(["author", "title", "podcastName", "description", "fileName"], TEXT)
    | {"waypoints": {"type": "boolean"}},
    "additionalProperties": False,
}
"""Of podcast-namespace/docs/examples/chapters/jsonChapters.md."""


def test_lrc_keeps_to_its_grammar(tmp_path: Path) -> None:
    base = make_narration(tmp_path, ["開頭"])
    times = [(0, 900), (65_439, 70_000), (36_061_999, 36_063_000)]
    texts = ["一。", "[00:01.00]見注[2]\n下一行", "末了"]
    cues = tuple(Cue("u", *time, text) for time, text in zip(times, texts, strict=True))
    narration = replace(base, cues=cues, frames=base.sample_rate_hz * 36_063)
    path = write("lrc", narration, tmp_path)
    assert path.name == "北風.lrc"
    lines = path.read_text(encoding="utf-8").splitlines()
    tags = [match.groups() for line in lines[:3] if (match := LRC_TAG.fullmatch(line))]
    assert tags == [("ti", "北風呼嘯"), ("ar", "王小明"), ("length", "601:03")]
    found = [match.groups() for line in lines[3:] if (match := LRC_LINE.fullmatch(line))]
    assert found == [
        ("00", "00", "00", "一。"),
        ("01", "05", "43", "［00:01.00］見注［2］ 下一行"),
        ("601", "01", "99", "末了"),
    ]


def test_lrc_without_author_names_the_album(tmp_path: Path) -> None:
    narration = nameless(make_narration(tmp_path, ["開頭"]))
    lines = write("lrc", narration, tmp_path).read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["[ti:北風]", "[ar:北風]"]
    assert len(lines) == 3 + len(narration.cues)


def test_chapters_fit_the_schema(tmp_path: Path) -> None:
    narration = make_narration(tmp_path, ["開頭", "中間", "結尾"])
    path = write("chapters", narration, tmp_path)
    assert path.name == "北風.chapters.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(found, SCHEMA)
    assert (found["title"], found["author"]) == ("北風呼嘯", "王小明")
    assert [(c["startTime"], c["title"], c["toc"]) for c in found["chapters"]] == [
        (0.0, "開頭", True),
        (1.5, "中間", True),
        (3.0, "結尾", True),
    ]
    assert all(isinstance(c["startTime"], float) for c in found["chapters"])
    assert found["chapters"][-1]["endTime"] == narration.duration_ms / 1000


def test_the_mp3_holds_its_text_timed(tmp_path: Path) -> None:
    narration = make_narration(tmp_path, ["開頭", "結尾"])
    tags = ID3(write("mp3", narration, tmp_path), translate=False)
    assert tags.version == (2, 3, 0)
    timed = tags["SYLT::chi"]
    assert (timed.encoding, timed.format, timed.type) == (1, 2, 1)
    assert timed.text == [(cue.text, cue.start_ms) for cue in narration.cues]


@pytest.mark.parametrize("name", ["vtt", "srt", "lrc", "chapters"])
def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="北風"):
        write(name, make_narration(tmp_path, ["開頭"]), tmp_path / "absent")
