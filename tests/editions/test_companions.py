"""Files beside an MP3: good ones are sound, and each thing that can break is named."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from readaloud.editions.check import check

Cli = Callable[..., Result]
ARTICLE = "# 早間新聞\n\n今天<很>冷。A & B 說話。\n\n## 出行\n\n道路結冰。\n"


def report(mp3: Path) -> Any:
    return json.loads(mp3.with_suffix(".json").read_text(encoding="utf-8"))


def problems(path: Path) -> str:
    return "\n".join(line for checked in check([str(path)]) for line in checked.problems)


def clock(ms: int, point: str) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def captions(mp3: Path, suffix: str) -> Path:
    """Two lines an utterance; escaped where the format asks for it."""
    point = "." if suffix == ".vtt" else ","
    text = "WEBVTT\n\n" if suffix == ".vtt" else ""
    for number, each in enumerate(report(mp3)["utterances"], 1):
        shown = each["text"]
        if suffix == ".vtt":
            shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        times = f"{clock(each['start_ms'], point)} --> {clock(each['end_ms'], point)}"
        text += f"{number}\n{times}\n{shown[:4]}\n{shown[4:] or '.'}\n\n"
    path = mp3.with_suffix(suffix)
    path.write_text(text, encoding="utf-8")
    return path


def lyrics(mp3: Path) -> Path:
    lines = [
        f"[{each['start_ms'] // 60_000:02}:{each['start_ms'] / 1000 % 60:05.2f}]{each['text']}"
        for each in report(mp3)["utterances"]
    ]
    path = mp3.with_suffix(".lrc")
    path.write_text("\n".join(["[ti:早間新聞]", *lines]), encoding="utf-8")
    return path


def chapters(mp3: Path) -> Path:
    marks = report(mp3)["chapters"]
    told = [{"startTime": mark["start_ms"] / 1000, "title": mark["title"]} for mark in marks]
    path = mp3.with_suffix(".chapters.json")
    path.write_text(json.dumps({"version": "1.2.0", "chapters": told}), encoding="utf-8")
    return path


def book(mp3: Path, late_ms: int = 0, audio: str = "../audio/a.mp3") -> Path:
    clips = "".join(
        f'<par><audio src="{audio}" clipBegin="{each["start_ms"] + late_ms}ms" '
        f'clipEnd="{clock(each["end_ms"] + late_ms, ".")}"/></par>'
        for each in report(mp3)["utterances"]
    )
    path = mp3.with_suffix(".epub")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(mp3, "OEBPS/audio/a.mp3")
        smil = f'<smil xmlns="http://www.w3.org/ns/SMIL"><body>{clips}</body></smil>'
        archive.writestr("OEBPS/smil/a.smil", smil)
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_good_companions_are_sound(mp3: Path) -> None:
    for suffix in (".vtt", ".srt"):
        captions(mp3, suffix)
    lyrics(mp3)
    chapters(mp3)
    book(mp3)
    assert problems(mp3) == ""


@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
def test_captions_that_miss_or_misplace_an_utterance(mp3: Path, suffix: str) -> None:
    edit(captions(mp3, suffix), "道路結冰", "道路")
    assert f"news{suffix}: Utterance" in problems(mp3)
    text = captions(mp3, suffix).read_text(encoding="utf-8")
    last = report(mp3)["utterances"][-1]
    point = "." if suffix == ".vtt" else ","
    mp3.with_suffix(suffix).write_text(
        text.replace(clock(last["end_ms"], point), clock(10**7, point)), encoding="utf-8"
    )
    assert "is outside the audio" in problems(mp3)
    mp3.with_suffix(suffix).write_text(
        text.replace(clock(last["start_ms"], point), clock(0, point)), encoding="utf-8"
    )
    assert "begins before" in problems(mp3)


def test_captions_without_their_signature(mp3: Path) -> None:
    edit(captions(mp3, ".vtt"), "WEBVTT", "WEBVTX")
    assert "does not begin with WEBVTT" in problems(mp3)


def test_lyrics_that_lack_a_line(mp3: Path) -> None:
    edit(lyrics(mp3), "道路結冰", "")
    assert "news.lrc: Utterance" in problems(mp3)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("早", "晚", "differ from those in the report"),
        ('"startTime": 0.0', '"startTime": 1.0', "begins at 1000 ms"),
        ("1.2.0", "9", "version is '9'"),
        ("{", "", "not a chapters file"),
    ],
)
def test_chapters_that_are_not_the_reports(mp3: Path, old: str, new: str, named: str) -> None:
    path = chapters(mp3)
    path.write_text(
        json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False),
        encoding="utf-8",
    )
    edit(path, old, new)
    assert named in problems(mp3)


def test_clips_outside_the_audio_of_a_book(mp3: Path) -> None:
    book(mp3, late_ms=10**6)
    assert "A clip runs from" in problems(mp3)
    book(mp3, audio="none.mp3")
    assert "none.mp3 is not in the book" in problems(mp3)
    mp3.with_suffix(".epub").write_bytes(b"PK")
    assert "can't be read" in problems(mp3)


def test_another_audio_format_of_another_length(mp3: Path) -> None:
    shutil.copy(mp3, mp3.with_suffix(".m4b"))
    assert problems(mp3) == ""
    data = mp3.read_bytes()
    mp3.with_suffix(".m4b").write_bytes(data[: len(data) * 3 // 4])
    assert "news.m4b: It lasts" in problems(mp3)


def test_a_feed_is_held_against_its_files(cli: Cli, mp3: Path) -> None:
    chapters(mp3)
    address = ("--base-url", "https://pod.example/x", "--title", "新聞")
    mp3.rename(mp3.with_stem("新聞"))
    told = report(mp3) | {"stem": "新聞"}
    mp3.with_name("新聞.json").write_text(json.dumps(told), encoding="utf-8")
    mp3.with_suffix(".json").unlink()
    assert cli("feed", mp3.parent, *address).exit_code == 0
    result = cli("check", mp3.parent)
    assert result.exit_code == 0, result.stdout
    assert len(result.stdout.splitlines()) == 2, "the edition and the feed, not the alias"
    feed = mp3.with_name("feed.xml")
    edit(feed, "audio/mpeg", "audio/mp3")
    edit(feed, 'length="', 'length="1')
    found = problems(feed)
    assert "the feed says audio/mp3" in found
    assert "the feed says 1" in found
    (alias,) = (path for path in mp3.parent.glob("*.mp3") if path.name.isascii())
    alias.unlink()
    assert "leads to no file" in problems(feed)
    feed.write_text("<rss>", encoding="utf-8")
    assert "can't be read" in problems(feed)
