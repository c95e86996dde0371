"""Several articles become one edition, each in its own script, nothing lost, chapters in levels."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from lxml.html import document_fromstring
from mutagen.id3 import ID3
from typer.testing import Result

from readaloud.audio.chime import make_chime

Cli = Callable[..., Result]
NAME = "晨間新聞 11月23日"
ONE = (
    "# 天氣預報\n\n今天氣溫零下20度，天氣很冷。\n\n## 出行\n\n道路結冰。\n\n## 明日\n\n春天到了！\n"
)
TWO = "交通消息\n\n车子很多，说什么都抬头。\n\n点击下方阅读原文\n\n路很长。\n"


@pytest.fixture
def articles(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    return [folder / "one.md", folder / "two.txt"]


@pytest.fixture
def make(cli: Cli, tmp_path: Path) -> Callable[..., Result]:
    def run(*words: object) -> Result:
        fixed = ("--voice", "silent", "--out", tmp_path / "out", "--date", "2026-11-23", "--json")
        return cli("build", *words, "--bulletin", NAME, *fixed)

    return run


def report_of(tmp_path: Path) -> Any:
    return json.loads((tmp_path / "out" / "晨間新聞_11月23日.json").read_text(encoding="utf-8"))


def test_opening_articles_and_ending_in_order(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path, cli: Cli
) -> None:
    result = make(*articles)
    assert result.exit_code == 0, result.stderr
    report = report_of(tmp_path)
    texts = [each["text"] for each in report["utterances"]]
    assert texts[:5] == [
        NAME,
        "今天是2026年11月23日，星期一。",
        "本期內容：",
        "天氣預報",
        "交通消息",
    ]
    assert texts[5] == "天氣預報"
    assert texts[-1] == f"以上是{NAME}，感謝收聽。"
    assert [each["id"] for each in report["utterances"]] == [
        f"u{number:04}" for number in range(1, len(texts) + 1)
    ]
    assert (report["title"], report["date"], report["language"]) == (NAME, "2026-11-23", "zh-Hant")
    assert cli("check", tmp_path / "out").exit_code == 0


def test_every_line_leads_back_to_its_source(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    """What the program says itself has no line."""
    make(*articles)
    lines = [each["line"] for each in report_of(tmp_path)["utterances"]]
    assert lines == [None] * 5 + [1, 3, 5, 7, 9, 11] + [1, 3, 7] + [None]


def test_the_contents_are_shown_as_a_list(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    make(*articles, "--format", "mp3,html,epub")
    page = document_fromstring((tmp_path / "out" / "晨間新聞_11月23日.html").read_bytes())
    assert [item.text_content() for item in page.xpath("//main//li")] == ["天氣預報", "交通消息"]
    with ZipFile(tmp_path / "out" / "晨間新聞_11月23日.epub") as book:
        text = book.read("EPUB/text/chapter-0001.xhtml").decode()
    assert text.count("<li>") == 2


def test_sections_lie_below_their_article(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    make(*articles)
    marks = report_of(tmp_path)["chapters"]
    assert [(mark["title"], mark["level"], mark["parent"]) for mark in marks] == [
        (NAME, 1, None),
        ("天氣預報", 1, None),
        ("出行", 2, "c02"),
        ("明日", 2, "c02"),
        ("交通消息", 1, None),
        (f"以上是{NAME}，感謝收聽。", 1, None),
    ]
    assert all(before["end_ms"] == after["start_ms"] for before, after in pairwise(marks))
    tags = ID3(tmp_path / "out" / "晨間新聞_11月23日.mp3")
    contents = {frame.element_id: frame for frame in tags.getall("CTOC")}
    assert contents["toc"].child_element_ids == ["c01", "toc-c02", "c05", "c06"]
    assert int(contents["toc"].flags) == 3
    assert contents["toc-c02"].child_element_ids == ["c02", "c03", "c04"]
    assert int(contents["toc-c02"].flags) == 1
    assert str(contents["toc-c02"].sub_frames["TIT2"]) == "天氣預報"


def test_each_article_is_said_in_its_own_script(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    make(*articles)
    spoken = " ".join(each["spoken"] for each in report_of(tmp_path)["utterances"])
    assert "天气预报" in spoken
    assert "说什么都抬头" in spoken


def test_removals_of_all_articles_name_their_source(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    make(*articles)
    (gone,) = report_of(tmp_path)["removed"]
    assert (gone["text"], gone["source"]) == ("点击下方阅读原文", str(articles[1]))


def test_the_chime_sounds_between_articles_and_can_be_left_out(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    make(*articles)
    with_chime = report_of(tmp_path)
    assert json.loads(make(*articles).stdout)["fresh"]
    assert not json.loads(make(*articles, "--no-chime").stdout)["fresh"]
    without = report_of(tmp_path)
    ms = len(make_chime()) // 2 // 24 + 400
    assert with_chime["duration_ms"] - without["duration_ms"] == pytest.approx(3 * ms, abs=2)
    late = [
        one["start_ms"] - two["start_ms"]
        for one, two in zip(with_chime["chapters"], without["chapters"], strict=True)
    ]
    assert late == pytest.approx([0, ms, ms, ms, 2 * ms, 3 * ms], abs=2)


def test_the_chime_is_short_soft_and_without_clicks() -> None:
    samples = np.frombuffer(make_chime(), "<i2") / 32768
    assert len(samples) / 24_000 < 1.5
    assert 0.05 < np.abs(samples).max() < 0.2
    assert np.abs(samples[[0, -1]]).max() < 1e-3
    assert np.abs(np.diff(samples)).max() < 0.05


def test_bad_sources_are_left_out_and_told(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = make(*articles, tmp_path / "none.txt", empty)
    assert result.exit_code == 3
    *bad, made = map(json.loads, result.stdout.splitlines())
    assert ["none.txt" in bad[0]["error"], "empty.txt" in bad[1]["error"]] == [True, True]
    assert made["chapters"] == 6


def test_no_bulletin_of_bad_sources_alone(make: Callable[..., Result], tmp_path: Path) -> None:
    result = make(tmp_path / "none.txt")
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 1
    assert not list((tmp_path / "out").glob("*.mp3"))


def test_the_same_article_twice_is_read_once(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    copy = articles[0].with_name("copy.md")
    copy.write_text(ONE, encoding="utf-8")
    assert json.loads(make(*articles, copy).stdout)["chapters"] == 6


def test_articles_that_open_with_a_heading_and_those_without_any_title(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    page = articles[0].with_name("page.html")
    page.write_text(
        "<title>頁面的標題很長</title><body><article><h2>第一部分</h2><p>這是第一段，說的是天氣。</p>"
        "<h2>第二部分</h2><p>這是第二段，說的是交通。</p></article>",
        encoding="utf-8",
    )
    bare = articles[0].with_name("bare.txt")
    bare.write_text("這只是一句話，說完就沒有了。這是第二句話。", encoding="utf-8")
    result = make(page, bare)
    assert result.exit_code == 0, result.stderr
    report = report_of(tmp_path)
    below = [(mark["title"], mark["level"]) for mark in report["chapters"]]
    assert ("第一部分", 2) in below
    assert ("第二部分", 2) in below
    chapters = {mark["id"] for mark in report["chapters"]}
    assert all(mark["parent"] in {None, *chapters} for mark in report["chapters"])
    assert sum("這只是一句話" in each["text"] for each in report["utterances"]) == 1


def test_a_bulletin_does_not_replace_an_article_of_its_name(
    cli: Cli, make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    namesake = articles[0].with_name("晨間新聞_11月23日.md")
    namesake.write_text(ONE, encoding="utf-8")
    cli("build", namesake, "--voice", "silent", "--out", tmp_path / "out")
    before = report_of(tmp_path)
    assert make(*articles).exit_code == 0
    assert report_of(tmp_path) == before
    assert len(list((tmp_path / "out").glob("*.mp3"))) == 2
