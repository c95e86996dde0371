"""A bulletin as a programme: the user's own words, sections, the time, show notes, a transcript."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import feedparser
import numpy as np
import pytest
from lxml.html import document_fromstring
from mutagen.id3 import ID3
from PIL import Image, ImageChops
from typer.testing import Result

Cli = Callable[..., Result]
Make = Callable[..., Any]
STEM = "晨间新闻_2026-11-22"
ARTICLES = {
    "traffic.txt": "滨江路今晚封路\n\n滨江路今晚10点到明早5点封闭施工。\n",
    "weather/cold.txt": "明日降温\n\n明天最低气温降到零下3度。\n",
    "world/talks.html": "<title>两国签约</title><link rel='canonical' "
    "href='https://news.example.org/talks'><article><h1>两国签约</h1><p>两国今天签约，仪式在上午举行。</p>"
    "<h2>经过</h2><p>谈判用了三天，双方都很满意。</p></article>",
}
OWN = """
[programme]
title = "{name}{date}"
opening = '''
各位好，今天是{weekday}，农历{lunar}[，{solar_term}]。

{sections}，共{count}条。
'''
contents = "先听要点："
headlines = 2
closing = "{name}播送完了。"
"""
SECTIONS = """
[[programme.section]]
name = "国际"
sources = ["*world/*"]
[[programme.section]]
name = "天气"
sources = ["*weather/*"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in ARTICLES.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def make(cli: Cli, folder: Path) -> Make:
    """The report of a bulletin with these settings, or the result where it fails."""

    def run(settings: str, *more: object, day: str = "2026-11-22") -> Any:
        config = folder / "readaloud.toml"
        config.write_text(settings, encoding="utf-8")
        words = ("--voice", "silent", "--out", folder / "out", "--date", day, "--config", config)
        result = cli("build", folder / "articles", "--bulletin", "晨间新闻", *words, *more)
        if result.exit_code:
            return result
        return json.loads((folder / "out" / f"晨间新闻_{day}.json").read_bytes())

    return run


def texts(report: Any) -> list[str]:
    return [each["text"] for each in report["utterances"]]


def test_the_users_own_words_with_day_lunar_day_and_solar_term(make: Make) -> None:
    said = texts(make(OWN + SECTIONS))
    assert said[:6] == [
        "晨间新闻2026年11月22日",
        "各位好，今天是星期日，农历十月十四，小雪。",
        "国际、天气，共3条。",
        "先听要点：",
        "滨江路今晚封路",
        "两国签约",
    ]
    assert said[-1] == "晨间新闻播送完了。"
    assert (
        texts(make(OWN + SECTIONS, day="2026-11-23"))[1] == "各位好，今天是星期一，农历十月十五。"
    )


def test_sections_hold_their_articles_two_levels_deep(make: Make, folder: Path) -> None:
    report = make(OWN + SECTIONS, "--format", "mp3,html,epub,json")
    marks = [(mark["title"], mark["level"], mark["parent"]) for mark in report["chapters"]]
    assert marks == [
        ("晨间新闻2026年11月22日", 1, None),
        ("滨江路今晚封路", 1, None),
        ("国际", 1, None),
        ("两国签约", 2, "c03"),
        ("经过", 3, "c04"),
        ("天气", 1, None),
        ("明日降温", 2, "c06"),
        ("晨间新闻播送完了。", 1, None),
    ]
    frames = ID3(folder / "out" / f"{STEM}.mp3").getall("CTOC")
    listed = {frame.element_id: frame.child_element_ids for frame in frames}
    assert listed == {
        "toc": ["c01", "c02", "toc-c03", "toc-c06", "c08"],
        "toc-c03": ["c03", "toc-c04"],
        "toc-c04": ["c04", "c05"],
        "toc-c06": ["c06", "c07"],
    }
    with ZipFile(folder / "out" / f"{STEM}.epub") as book:
        nav = document_fromstring(book.read("EPUB/nav.xhtml"))
    depths = {a.text_content(): len(a.xpath("ancestor::ol")) for a in nav.xpath("//nav[1]//a")}
    assert [depths[name] for name in ("国际", "两国签约", "经过", "天气", "明日降温")] == [
        1,
        2,
        3,
        1,
        2,
    ]


def test_books_and_page_pass_their_checks(make: Make, folder: Path, cli: Cli) -> None:
    make(OWN + SECTIONS, "--format", "mp3,m4b,html,epub,daisy,notes,txt,json")
    assert cli("check", folder / "out").exit_code == 0


def test_show_notes_name_source_link_and_time(make: Make, folder: Path) -> None:
    report = make(OWN + SECTIONS, "--format", "mp3,notes,json")
    page = document_fromstring((folder / "out" / f"{STEM}.notes.html").read_bytes())
    starts = {mark["id"]: mark["start_ms"] for mark in report["chapters"]}
    seconds = [starts[item["chapter"]] // 1000 for item in report["items"]]
    lines = [item.text_content() for item in page.xpath("//li")]
    wanted = ["滨江路今晚封路", "两国签约", "明日降温"]
    assert lines == [
        f"{s // 60:02}:{s % 60:02} {title}" for s, title in zip(seconds, wanted, strict=True)
    ]
    assert page.xpath("//li/a/@href") == ["https://news.example.org/talks"]
    assert [p.text_content() for p in page.xpath("//p")] == ["国际", "天气"]
    assert page.xpath("//ol/@start") == ["1", "2", "3"]


def test_the_feed_tells_the_same_notes(make: Make, folder: Path, cli: Cli) -> None:
    make(OWN + SECTIONS, "--format", "mp3,notes,json")
    feed = folder / "out" / "feed.xml"
    result = cli(
        "feed", folder / "out", "--title", "晨间", "--base-url", "https://bulletin.example/"
    )
    assert result.exit_code == 0, result.output
    notes = document_fromstring(feedparser.parse(str(feed)).entries[0].content[0].value)
    page = document_fromstring((folder / "out" / f"{STEM}.notes.html").read_bytes())
    for path in ("//li//text()", "//li/a/@href", "//ol/@start"):
        assert notes.xpath(path) == page.xpath(path) != []


def test_notes_and_transcript_that_were_changed_fail_the_check(
    make: Make, folder: Path, cli: Cli
) -> None:
    make(OWN, "--format", "mp3,notes,txt,json")
    for name, wrong in ((f"{STEM}.notes.html", "items"), (f"{STEM}.transcript.txt", "lacks")):
        path = folder / "out" / name
        path.write_text(path.read_text("utf-8").replace("降温", "升温"), encoding="utf-8")
        result = cli("check", folder / "out")
        assert result.exit_code == 1
        assert wrong in result.output


def test_the_transcript_holds_all_that_is_said_with_times(make: Make, folder: Path) -> None:
    report = make(OWN + SECTIONS, "--format", "mp3,txt,json")
    text = (folder / "out" / f"{STEM}.transcript.txt").read_text("utf-8")
    assert text.startswith("[00:00]\n\n晨间新闻2026年11月22日\n\n各位好")
    assert text.count("[0") == len(report["chapters"])
    assert "".join(text.split()).count("两国今天签约，仪式在上午举行。") == 1


def test_the_time_is_told_as_it_will_be_then(make: Make, folder: Path) -> None:
    for n in range(2):
        path = folder / "articles" / f"long{n}.txt"
        sentences = "".join(f"这是第{k}句，说的是第{n}件事，一共有许多句。" for k in range(18))
        path.write_text(f"第{n}件长事\n\n{sentences}\n", encoding="utf-8")
    timed = OWN.replace("headlines = 2", 'headlines = 2\nstarts = "23:58"\ntime_check_minutes = 1')
    report = make(timed + SECTIONS)
    checks = [
        (each["text"], each["start_ms"])
        for each in report["utterances"]
        if each["text"].startswith("现在是")
    ]
    assert len(checks) == 2
    for said, start_ms in checks:
        minute = (23 * 60 + 58 + start_ms // 60_000) % 1440
        hours, minutes = divmod(minute, 60)
        assert said == f"现在是{hours}点{f'{minutes:02}分' if minutes else '整'}。"
    between = [start for _, start in checks]
    assert all(b - a >= 60_000 for a, b in zip([0, *between], between, strict=False))
    titles = [mark["title"] for mark in report["chapters"]]
    assert titles.index("国际") < titles.index("两国签约")


def test_words_of_which_nothing_is_left_are_left_out(make: Make) -> None:
    own = ('title = "{name}"', 'closing = "[今天{solar_term}。]"', 'contents = "[{sections}]"')
    settings = "\n".join(["[programme]", *own])
    report = make(settings + SECTIONS.replace("国际", "★"), day="2026-11-23")
    titles = [mark["title"] for mark in report["chapters"]]
    assert titles == [
        "晨间新闻",
        "滨江路今晚封路",
        "两国签约",
        "经过",
        "天气",
        "明日降温",
    ]


def _sound(path: Path, seconds: float, hertz: float) -> None:
    times = np.arange(int(seconds * 16_000)) / 16_000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((np.sin(2 * np.pi * hertz * times) * 9000).astype("<i2").tobytes())


MUSIC = """
[programme.music]
opening = "jingle.wav"
between = "sting.wav"
closing = "end.wav"
bed = "bed.wav"
"""


def test_music_moves_what_is_said_and_keeps_the_loudness(
    make: Make, folder: Path, cli: Cli
) -> None:
    plain = make(OWN)
    for name, seconds in (("jingle", 3), ("sting", 0.5), ("end", 2), ("bed", 4)):
        _sound(folder / f"{name}.wav", seconds, 700)
    report = make(OWN + MUSIC)
    starts = [each["start_ms"] for each in report["utterances"]]
    assert starts[0] == 3400
    assert report["chapters"][0]["start_ms"] == 0
    between = 4 * (900 - 1650)  # after the opening and each article, in place of the chime
    longer = report["duration_ms"] - plain["duration_ms"]
    assert longer == pytest.approx(3400 + between + 2000, abs=5)
    assert report["loudness_lufs"] == pytest.approx(-16, abs=0.3)
    assert cli("check", folder / "out").exit_code == 0
    _sound(folder / "bed.wav", 4, 500)
    assert make(OWN + MUSIC)["edition"] != report["edition"]


@pytest.mark.parametrize("content", [None, b"no audio"])
def test_music_that_can_not_be_played_is_named(
    make: Make, folder: Path, content: bytes | None
) -> None:
    if content is not None:
        (folder / "bed.wav").write_bytes(content)
    result = make('[programme.music]\nbed = "bed.wav"\n')
    assert result.exit_code == 2
    assert "bed.wav" in result.output


def test_the_cover_shows_name_and_day(make: Make, folder: Path) -> None:
    pictures = []
    for day in ("2026-11-22", "2026-11-23"):
        make("[programme]\ncover = true\n", day=day)
        (frame,) = ID3(folder / "out" / f"晨间新闻_{day}.mp3").getall("APIC")
        pictures.append(frame.data)
    with Image.open(io.BytesIO(pictures[0])) as one, Image.open(io.BytesIO(pictures[1])) as other:
        assert one.size == (1400, 1400)
        box = ImageChops.difference(one.convert("L"), other.convert("L")).getbbox()
    assert box is not None
    assert box[3] < 300


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('opening = "今天是{datum}。"', "there is no place “datum”"),
        ('opening = "今天[是{date}。"', "stands alone"),
        ('closing = "现在是{time}。"', "there is no place “time”"),
        ('starts = "25:00"', "no time of day"),
        ("headlines = -1", "between 0 and 1000"),
        ('beginning = "好"', "unknown key"),
        ('[[programme.section]]\nsources = ["a"]', "name is missing"),
    ],
)
def test_what_is_wrong_in_the_settings_is_named(make: Make, settings: str, told: str) -> None:
    result = make(f"[programme]\n{settings}\n")
    assert result.exit_code == 2
    assert told in result.output
    assert "line " in result.output


def test_a_day_that_the_lunar_calendar_lacks_is_an_error(make: Make) -> None:
    result = make(OWN, day="2051-03-01")
    assert result.exit_code == 2
    assert "1950 to 2050" in result.output


def test_settings_of_the_programme_make_the_edition_anew(make: Make, folder: Path) -> None:
    first = make(OWN)
    assert make(OWN)["edition"] == first["edition"]
    assert make(OWN + SECTIONS)["edition"] != first["edition"]
