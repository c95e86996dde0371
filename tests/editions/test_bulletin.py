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
from lxml import etree
from lxml.html import document_fromstring
from mutagen.id3 import ID3
from typer.testing import Result

from readaloud.audio.chime import make_chime

Cli = Callable[..., Result]
NAME = "晨間新聞 11月23日"
STEM = "晨間新聞_11月23日_2026-11-23"
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
    return json.loads((tmp_path / "out" / f"{STEM}.json").read_text(encoding="utf-8"))


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
    page = document_fromstring((tmp_path / "out" / f"{STEM}.html").read_bytes())
    assert [item.text_content() for item in page.xpath("//main//li")] == ["天氣預報", "交通消息"]
    with ZipFile(tmp_path / "out" / f"{STEM}.epub") as book:
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
    tags = ID3(tmp_path / "out" / f"{STEM}.mp3")
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
    namesake = articles[0].with_name(f"{STEM}.md")
    namesake.write_text(ONE, encoding="utf-8")
    cli("build", namesake, "--voice", "silent", "--out", tmp_path / "out")
    before = report_of(tmp_path)
    assert make(*articles).exit_code == 0
    assert report_of(tmp_path) == before
    assert len(list((tmp_path / "out").glob("*.mp3"))) == 2


def _nested_articles(folder: Path) -> list[Path]:
    """Headings of all depths, of none, plain text, and text without any title."""
    texts = {
        "a.txt": "交通消息\n\n车子很多，路很长。\n",
        "b.md": "# 天气\n\n下雪。\n\n## 北方\n\n很冷。\n\n### 山区\n\n风大。\n\n## 南方\n\n雨。\n",
        "c.md": "这一篇没有标题，只有小节。\n\n### 甲\n\n第一节。\n\n##### 乙\n\n第二节。\n",
        "d.md": "# 体育\n\n### 足球\n\n二比一。\n\n# 篮球\n\n没有比赛。\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _headings(element: Any) -> list[tuple[int, str]]:
    found = element.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    return [(int(each.tag[-1]), each.text_content().strip()) for each in found]


def test_the_page_is_nested_as_the_bulletin_is(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    """One title, headings without holes, times that rise, chapters in chapters, and so the list."""
    result = make(*_nested_articles(articles[0].parent), "--format", "html")
    assert result.exit_code == 0, result.stderr
    (path,) = (tmp_path / "out").glob("*.html")
    page = document_fromstring(path.read_bytes())
    headings = _headings(page)
    assert [level for level, _ in headings].count(1) == 1
    assert all(after <= before + 1 for (before, _), (after, _) in pairwise(headings))
    levels = {text: level for level, text in headings}
    of_weather = ("交通消息", "天气", "北方", "山区", "南方")
    assert [levels[name] for name in of_weather] == [2, 2, 3, 4, 3]
    assert [levels[name] for name in ("体育", "足球", "篮球")] == [2, 3, 3]
    starts = [int(start) for start in page.xpath("//*[@class='s']/@data-start")]
    assert starts == sorted(set(starts))
    starts = [int(start) for start in page.xpath("//*[@class='chapter']/@data-start")]
    assert starts == sorted(set(starts))
    listed = page.xpath("//nav//a")
    chapters = page.xpath("//*[@class='chapter']")
    assert [link.get("href")[1:] for link in listed] == [one.get("id") for one in chapters]
    depths = [len(link.xpath("ancestor::ol")) for link in listed]
    assert depths == [len(one.xpath("ancestor-or-self::section")) for one in chapters]
    named = dict(zip([link.text_content() for link in listed], depths, strict=True))
    assert [named[name] for name in ("交通消息", "天气", "北方", "山区", "甲", "乙")] == (
        [1, 1, 2, 3, 2, 3]
    )


def test_books_are_nested_as_the_page_is(
    make: Callable[..., Result], articles: list[Path], tmp_path: Path
) -> None:
    make(*_nested_articles(articles[0].parent), "--format", "mp3,html,epub,daisy")
    out = tmp_path / "out"
    page, epub, daisy = (next(out.glob(f"*{end}")) for end in (".html", ".epub", ".zip"))
    headings = _headings(document_fromstring(page.read_bytes()))
    with ZipFile(daisy) as book:
        content = document_fromstring(book.read("content.html"))
        control = document_fromstring(book.read("ncc.html"))
    assert _headings(content) == headings
    with ZipFile(epub) as book:
        nav = document_fromstring(book.read("EPUB/nav.xhtml"))
    listed = nav.xpath("//nav[1]//a")
    depths = [(len(link.xpath("ancestor::ol")), link.text_content()) for link in listed]
    assert depths[1:] == _headings(control)[1:]  # behind the title's
    shown = document_fromstring(page.read_bytes()).xpath("//nav//a")
    assert depths == [(len(link.xpath("ancestor::ol")), link.text_content()) for link in shown]


@pytest.fixture
def daily(cli: Cli, articles: list[Path], tmp_path: Path) -> Callable[..., Any]:
    """The bulletin of a day, always of one name; its summary."""

    def build(day: str, *more: object, name: str = "晨間新聞") -> Any:
        words = ("--bulletin", name, "--voice", "silent", "--out", tmp_path / "out", "--json")
        result = cli("build", *articles, "--date", day, *words, *more)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return build


def _items(cli: Cli, folder: Path) -> dict[str, tuple[str, str]]:
    """Title -> guid and address of the items of the folder's feed."""
    result = cli("feed", folder, "--base-url", "https://pod.example.org")
    assert result.exit_code == 0, result.stderr
    items = etree.parse(str(folder / "feed.xml")).getroot().iterfind("channel/item")
    return {
        item.findtext("title"): (item.findtext("guid"), item.find("enclosure").get("url"))
        for item in items
    }


def test_the_next_days_bulletin_leaves_yesterdays_alone(
    cli: Cli, daily: Callable[..., Any], tmp_path: Path
) -> None:
    first = daily("2026-11-23")
    before = _items(cli, tmp_path / "out")
    second = daily("2026-11-24")
    assert [Path(made["files"][0]).name for made in (first, second)] == [
        "晨間新聞_2026-11-23.mp3",
        "晨間新聞_2026-11-24.mp3",
    ]
    after = _items(cli, tmp_path / "out")
    assert list(after) == ["晨間新聞 2026年11月24日", "晨間新聞 2026年11月23日"]
    assert before.items() <= after.items()
    told = json.loads((tmp_path / "out" / "晨間新聞_2026-11-23.json").read_bytes())
    texts = [said["text"] for said in told["utterances"]]
    assert texts[:2] == ["晨間新聞 2026年11月23日", "今天是星期一。"]
    assert texts[-1] == "以上是晨間新聞，感謝收聽。"


def test_a_bulletin_named_without_its_day_keeps_name_guid_and_address(
    cli: Cli, daily: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As editions of before were; built anew it stays, and the next day's stands beside it."""
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr("readaloud.editions.filenames._dated", lambda name, _: name)
        daily("2026-11-23")
    assert (out / "晨間新聞.mp3").is_file()
    before = _items(cli, out)
    for more in ((), ("--rebuild",), ("--no-chime",)):
        made = daily("2026-11-23", *more)
        assert Path(made["files"][0]) == out / "晨間新聞.mp3"
        assert _items(cli, out) == before
    daily("2026-11-24")
    assert before.items() < _items(cli, out).items()


def test_names_that_differ_in_what_files_can_not_be_called_get_files_of_their_own(
    daily: Callable[..., Any],
) -> None:
    long = "很長的名字" * 60
    names = ["晨間/新聞", "晨間:新聞", f"{long}甲", f"{long}乙"]
    files = [daily("2026-11-23", name=name)["files"][0] for name in names]
    assert len(set(files)) == 4
    assert [daily("2026-11-23", name=name)["files"][0] for name in names] == files
    assert daily("2026-11-24", name=names[2])["files"][0] not in files


def test_a_day_that_the_name_holds_is_not_put_there_again(daily: Callable[..., Any]) -> None:
    made = daily("2026-11-23", name="晨報2026年11月23日")
    assert Path(made["files"][0]).name == "晨報2026年11月23日.mp3"
    assert made["title"] == "晨報2026年11月23日"
    assert daily("2026-11-24", name="晨報2026年11月23日")["files"] != made["files"]
    assert daily("2026-01-02", name="晨報1月21日")["title"] == "晨報1月21日 2026年1月2日"
