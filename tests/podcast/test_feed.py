"""A feed is what Apple and the podcast name space ask for, and an update keeps what it must."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from PIL import Image
from typer.testing import Result

Cli = Callable[..., Result]
BASE = "https://pod.example.org/news"
SPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
REPORT = Path(__file__).parents[1] / "formats" / "report_0.1.0.json"


def add_edition(
    folder: Path, stem: str, *suffixes: str, texts: Sequence[str] = (), **changes: Any
) -> Path:
    """A report and files beside it, as a build leaves them; the MP3's path."""
    folder.mkdir(exist_ok=True)
    title = f"{stem}的标题"
    texts = texts or [title, "第一句。", "第二句&<。"]
    report = {
        **json.loads(REPORT.read_text(encoding="utf-8")),
        "stem": stem,
        "files": {},
        "title": title,
        "byline": "王小明",
        "date": "2026-11-23",
        "language": "zh-Hans",
        "duration_ms": 61_500,
        "content_sha256": "ab" * 32,
        "chapters": [{"id": "c01", "title": "第一节", "start_ms": 0, "end_ms": 61_500}],
        "utterances": [
            {
                "id": f"u{n}",
                "chapter": "c01",
                "text": text,
                "spoken": text,
                "start_ms": n * 1000,
                "end_ms": n * 1000 + 500,
            }
            for n, text in enumerate(texts)
        ],
        **changes,
    }
    (folder / f"{stem}.json").write_text(json.dumps(report), encoding="utf-8")
    for suffix in suffixes:
        (folder / f"{stem}{suffix}").write_bytes(b"x" * 1234)
    mp3 = folder / f"{stem}.mp3"
    mp3.write_bytes(b"sound" * 100)
    return mp3


def feed(cli: Cli, folder: Path, base: str = BASE, *more: object) -> Any:
    result = cli("feed", folder, "--base-url", base, "--title", "晨間新聞", *more)
    assert result.exit_code == 0, result.stderr
    return etree.parse(str(folder / "feed.xml")).getroot().find("channel")


def guids(channel: Any) -> dict[str, str]:
    return {item.findtext("title"): item.findtext("guid") for item in channel.iterfind("item")}


def test_every_field_that_apple_asks_for(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one", ".vtt", ".srt", ".html", ".chapters.json")
    channel = feed(cli, out)
    parsed = feedparser.parse(str(out / "feed.xml"))
    assert not parsed.bozo
    assert parsed.version == "rss20"
    assert (parsed.feed.title, parsed.feed.language) == ("晨間新聞", "zh-cn")
    assert channel.findtext("itunes:explicit", None, SPACES) == "false"
    assert parsed.feed.tags[0].term == "News"
    assert channel.find("atom:link[@rel='self']", SPACES).get("href") == f"{BASE}/feed.xml"
    assert channel.findtext("podcast:locked", None, SPACES) == "yes"
    assert channel.find("itunes:block", SPACES) is None
    (item,) = parsed.entries
    assert (item.title, item.author) == ("one的标题", "王小明")
    assert item.description == "第一句。第二句&<。"
    assert parsedate_to_datetime(item.published).date().isoformat() == "2026-11-23"
    assert item.guidislink is False
    (enclosure,) = item.enclosures
    assert (enclosure.href, enclosure.type) == (f"{BASE}/one.mp3", "audio/mpeg")
    assert int(enclosure.length) == (out / "one.mp3").stat().st_size
    assert item.itunes_duration == "62"


@pytest.mark.parametrize(
    "changes",
    [
        {"utterances": None},
        {"duration_ms": "long"},
        {"title": 5},
        {"voice": []},
        {"chapters": {}},
    ],
)
def test_a_broken_report_is_named_and_the_others_are_published(
    cli: Cli, tmp_path: Path, changes: dict[str, Any]
) -> None:
    out = tmp_path / "out"
    add_edition(out, "one")
    add_edition(out, "two", **changes)
    os.mkfifo(out / "three.json")
    (out / "three.mp3").write_bytes(b"sound")
    (out / "strange.json").write_text("[]", encoding="utf-8")
    result = cli("feed", out, "--base-url", BASE, "--title", "晨間新聞")
    assert result.exit_code == 0, result.stderr
    assert "two.json" in result.stderr
    assert "three.json" in result.stderr
    assert "strange.json" not in result.stderr
    items = etree.parse(str(out / "feed.xml")).getroot().iterfind("channel/item")
    assert [item.findtext("title") for item in items] == ["one的标题"]


@pytest.mark.parametrize("base", ["https://a.test/\x01", "https://a.test/\x7f", "https://[/"])
def test_an_address_of_control_characters_is_refused(cli: Cli, tmp_path: Path, base: str) -> None:
    add_edition(tmp_path / "out", "one")
    result = cli("feed", tmp_path / "out", "--base-url", base)
    assert result.exit_code == 2
    assert "is not a web address" in result.stderr


def test_a_title_of_any_bytes_makes_a_feed(cli: Cli, tmp_path: Path) -> None:
    add_edition(tmp_path / "out", "one")
    result = cli("feed", tmp_path / "out", "--base-url", BASE, "--title", "晨\udcff\x01間")
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("address", ["http://[/a.mp3", f"{BASE}/%00.mp3", f"{BASE}/" + "a" * 5000])
def test_an_enclosure_that_is_no_address_is_a_problem(
    cli: Cli, tmp_path: Path, address: str
) -> None:
    out = tmp_path / "out"
    add_edition(out, "one")
    feed(cli, out)
    path = out / "feed.xml"
    text = path.read_text("utf-8").replace(f"{BASE}/one.mp3", address)
    base = address.rpartition("/")[0]
    path.write_text(text.replace(f"{BASE}/feed.xml", f"{base}/feed.xml"), encoding="utf-8")
    result = cli("check", path)
    assert result.exit_code == 1
    assert "leads to no file" in result.stdout


def test_chapters_and_transcripts_are_named_where_they_are(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one", ".vtt", ".html", ".chapters.json")
    item = feed(cli, out).find("item")
    chapters = item.find("podcast:chapters", SPACES)
    assert dict(chapters.attrib) == {
        "url": f"{BASE}/one.chapters.json",
        "type": "application/json+chapters",
    }
    found = [dict(each.attrib) for each in item.iterfind("podcast:transcript", SPACES)]
    assert found == [
        {"url": f"{BASE}/one.vtt", "type": "text/vtt", "language": "zh-cn", "rel": "captions"},
        {"url": f"{BASE}/one.html", "type": "text/html", "language": "zh-cn"},
    ]


def test_without_the_extra_the_message_names_it(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    add_edition(out, "one")
    monkeypatch.delitem(sys.modules, "readaloud.podcast.cover", raising=False)
    monkeypatch.setitem(sys.modules, "PIL", None)
    result = cli("feed", out, "--base-url", BASE, "--title", "晨間新聞")
    assert result.exit_code == 6
    assert 'pip install ".[feed]"' in result.stderr
    assert not (out / "feed.xml").exists()


def test_the_cover_is_drawn_square_and_the_same_each_time(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one")
    href = feed(cli, out).find("itunes:image", SPACES).get("href")
    data = (out / href.removeprefix(f"{BASE}/")).read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.mode) == ("PNG", "RGB")
        assert image.width == image.height
        assert 1400 <= image.width <= 3000
        colours = {colour: count for count, colour in image.getcolors(1 << 20) or []}
        white = colours.get((255, 255, 255), 0)
    assert white > 20_000, "the title is drawn"
    feed(cli, out)
    assert (out / href.removeprefix(f"{BASE}/")).read_bytes() == data


@pytest.mark.parametrize(
    "title",
    ["一" * 300, "A" * 500, "很长的标题" * 20_000, "Ｎ", "é" * 40, "新 聞。" * 30],
    ids=lambda title: f"{title[:5]}{len(title)}",
)
def test_titles_of_any_length_are_drawn_inside_the_margins(title: str) -> None:
    from readaloud.podcast.cover import draw

    with Image.open(io.BytesIO(draw(title, "zh-tw"))) as image:
        edge = image.crop((image.width - 60, 0, image.width, image.height))
        assert len(edge.getcolors(1 << 20) or []) == 1


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("晨間新聞", "zh-tw"), ("早间新闻联播", "zh-cn"), ("北京冬奥会2022年特别节目", "zh-cn"),
        ("致敬醫護人員的後勤保障", "zh-tw"), ("视障者的5G生活指南 Vol. 12", "zh-cn"),
        ("Accessible News for Everyone", "zh-cn"), ("A", "zh-cn"),
    ],
)  # fmt: skip
def test_a_cover_breaks_its_title_between_words(title: str, language: str) -> None:
    from readaloud.podcast.cover import _FONTS, _fit
    from readaloud.podcast.title_lines import title_pieces

    lettering, lines = _fit(title, _FONTS if language == "zh-cn" else _FONTS[::-1])
    assert lettering.size >= 130
    held = "\n".join(lines)
    assert all(piece.strip() in held for piece in title_pieces(title)), lines
    assert len(lines) == 1 or min(map(len, lines)) > 1


def test_a_cover_has_the_characters_of_both_forms_and_boxes_for_unknown_ones() -> None:
    from readaloud.podcast.cover import _FONTS, _has, draw

    simplified, traditional = _FONTS
    for character in "为龟镕堃，。《》“”—…·A9é":
        assert _has(simplified, character)
    for character in "為龜臺嘅咗，。「」A9é":
        assert _has(traditional, character)
    assert _has(simplified, "喆")
    assert not _has(traditional, "喆")
    assert _has(traditional, "珺")
    assert draw("喆", "zh-tw") == draw("喆", "zh-tw") != draw("囗", "zh-tw")
    assert draw("\U0001f600", "zh-tw") != draw("", "zh-tw")


def test_names_that_are_not_ascii_get_an_alias_that_follows_its_file(
    cli: Cli, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    mp3 = add_edition(out, "晨間新聞_11月23日", ".vtt")
    channel = feed(cli, out)
    urls = [each.get("url") for each in channel.iterfind("item//*[@url]")]
    assert len(urls) == 2
    assert all(re.fullmatch(r"[\x21-\x7e]+", url) and "%" not in url for url in urls)
    alias = out / urls[0].removeprefix(f"{BASE}/")
    assert re.fullmatch(r"chen-jian-xin-wen-11-yue-23-ri-[0-9a-f]{8}\.mp3", alias.name)
    assert alias.samefile(mp3)
    mp3.unlink()
    mp3.write_bytes(b"made anew")
    length = feed(cli, out).find("item/enclosure").get("length")
    assert (alias.read_bytes(), length) == (b"made anew", "9")


def test_without_hard_links_files_are_copied(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    mp3 = add_edition(tmp_path / "out", "北風")
    url = feed(cli, mp3.parent).find("item/enclosure").get("url")
    assert (mp3.parent / url.rpartition("/")[2]).read_bytes() == mp3.read_bytes()


def test_an_update_keeps_guids_and_dates(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one", date=None)
    os.utime(out / "one.json", (1_700_000_000, 1_700_000_000))
    add_edition(out, "two")
    first = feed(cli, out)
    add_edition(out, "one", date=None, title="one的标题", content_sha256="cd" * 32)
    add_edition(out, "three", date="2026-11-24")
    second = feed(cli, out)
    assert guids(first).items() < guids(second).items()
    assert len(set(guids(second).values())) == 3
    assert [each.findtext("title")[:3] for each in second.iterfind("item")] == ["thr", "two", "one"]
    date = second.findall("item")[-1].findtext("pubDate")
    assert parsedate_to_datetime(date).timestamp() == 1_700_000_000
    before = (out / "feed.xml").read_bytes()
    time.sleep(0.01)
    feed(cli, out)
    assert (out / "feed.xml").read_bytes() == before


def test_a_feed_that_moves_keeps_its_guids(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one", ".vtt")
    add_edition(out, "two")
    first = feed(cli, out)
    (out / "one.json").unlink()
    second = feed(cli, out, "http://other.example/x/")
    assert guids(first) == guids(second)
    podcast = "podcast:guid"
    assert first.findtext(podcast, None, SPACES) == second.findtext(podcast, None, SPACES)
    urls = [each.get("url") for each in second.iterfind("item//*[@url]")]
    assert len(urls) == 3
    assert all(url.startswith("http://other.example/x/") for url in urls)


def test_items_without_audio_go_and_are_named(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one")
    add_edition(out, "two").touch()
    feed(cli, out)
    for path in out.glob("one.*"):
        path.unlink()
    result = cli("feed", out, "--base-url", BASE, "--title", "x")
    assert "one.mp3 is gone" in result.stderr
    assert "1 item," in result.stdout


def test_a_broken_feed_is_not_overwritten(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one")
    for broken in ("<rss", "<rss/>", "<rss><channel><item/></channel></rss>"):
        (out / "feed.xml").write_text(broken, encoding="utf-8")
        result = cli("feed", out, "--base-url", BASE, "--title", "x")
        assert (result.exit_code, "can't be read" in result.stderr) == (3, True), broken
        assert (out / "feed.xml").read_text(encoding="utf-8") == broken


def test_the_table_of_the_settings(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one", language="zh-Hant")
    Image.new("RGB", (1500, 1500)).save(tmp_path / "own.jpg")
    config = tmp_path / "readaloud.toml"
    config.write_text(
        '[feed]\ndescription = "每日新聞"\nauthor = "報社"\nemail = "a@b.tw"\nlanguage = "zh-hk"\n'
        'category = "News > Daily News"\nlink = "https://b.tw"\nimage = "own.jpg"\n'
        "explicit = true\nprivate = true\n",
        encoding="utf-8",
    )
    channel = feed(cli, out, BASE, "--config", config)
    texts = {
        "description": "每日新聞",
        "language": "zh-hk",
        "link": "https://b.tw",
        "itunes:author": "報社",
        "itunes:explicit": "true",
        "itunes:block": "Yes",
        "itunes:owner/itunes:email": "a@b.tw",
    }
    assert {name: channel.findtext(name, None, SPACES) for name in texts} == texts
    sub = channel.find("itunes:category/itunes:category", SPACES)
    assert sub.get("text") == "Daily News"
    assert channel.find("podcast:locked", SPACES).get("owner") == "a@b.tw"
    href = channel.find("itunes:image", SPACES).get("href")
    assert (out / href.removeprefix(f"{BASE}/")).read_bytes() == (tmp_path / "own.jpg").read_bytes()


@pytest.mark.parametrize(
    "line",
    [
        "titel = 'x'", "title = 5", "explicit = 'yes'", "category = 'Weather'", "title = ' '",
        "language = 'Chinese!'", "email = 'nobody'", "link = 'ftp://x'", "image = 'none.png'",
        "image = 'small.png'",
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_before_anything_is_written(
    cli: Cli, tmp_path: Path, line: str
) -> None:
    out = tmp_path / "out"
    add_edition(out, "one")
    Image.new("RGB", (900, 900)).save(tmp_path / "small.png")
    config = tmp_path / "readaloud.toml"
    title = "" if line.startswith("title") else "title = 'x'\n"
    config.write_text(f"[feed]\n{title}{line}\n", encoding="utf-8")
    result = cli("feed", out, "--base-url", BASE, "--config", config)
    assert result.exit_code == 2, result.stderr
    assert not (out / "feed.xml").exists()


@pytest.mark.parametrize(
    "address", ["", "pod.example.org", "file:///x", "https://", "https://x/?a=1", "https://新聞.tw"]
)
def test_addresses_that_files_cannot_lie_below(cli: Cli, tmp_path: Path, address: str) -> None:
    add_edition(tmp_path / "out", "one")
    result = cli("feed", tmp_path / "out", "--base-url", address, "--title", "x")
    assert result.exit_code == 2


def test_folders_with_nothing_to_publish(cli: Cli, tmp_path: Path) -> None:
    assert cli("feed", tmp_path / "x", "--base-url", BASE, "--title", "x").exit_code == 3
    add_edition(tmp_path / "out", "one").unlink()
    (tmp_path / "out" / "other.json").write_text("[]", encoding="utf-8")
    result = cli("feed", tmp_path / "out", "--base-url", BASE, "--title", "x")
    assert (result.exit_code, "no edition to publish" in result.stderr) == (5, True)


def test_text_that_xml_cannot_hold(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_edition(out, "one", title="a\x0b\ufffe]]>&<b>", texts=["\x00坏\x1b字。"])
    item = feed(cli, out).find("item")
    assert (item.findtext("title"), item.findtext("description")) == ("a]]>&<b>", "坏字。")
