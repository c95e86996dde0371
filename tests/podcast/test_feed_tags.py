"""The feed by the rules of Apple and the podcast name space, in pages, and lists of feeds."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import listparser
import pytest
from lxml import etree, html
from PIL import Image
from test_feed import BASE, SPACES, add_edition
from typer.testing import Result

from readaloud.podcast.check_feed import check_feed, named_beside
from readaloud.podcast.feed import write_feed
from readaloud.podcast.feed_settings import Channel

Cli = Callable[..., Result]
HOSTILE = '</p><script>alert(1)</script>"&\x01'
REQUIRED = {
    "podcast:image": {"href"},
    "podcast:person": set(),
    "podcast:funding": {"url"},
    "podcast:trailer": {"url", "pubdate"},
    "podcast:transcript": {"url", "type"},
    "podcast:chapters": {"url", "type"},
    "podcast:locked": set(),
    "podcast:guid": set(),
    "podcast:medium": set(),
    "podcast:season": set(),
    "podcast:episode": set(),
}
"""Every tag of the podcast name space in a feed of ours, and the attributes that it needs:
https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags, read 2026-11."""


def channel_of(folder: Path, name: str = "feed.xml") -> Any:
    return etree.parse(str(folder / name)).getroot().find("channel")


def written(folder: Path, **more: Any) -> Any:
    write_feed(folder, BASE, Channel("晨间新闻", **more))
    return channel_of(folder)


def texts(element: Any, path: str) -> list[str]:
    return [str(each) for each in element.xpath(path, namespaces=SPACES)]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A folder with all that a feed may tell of."""
    out = tmp_path / "out"
    marks = [
        {"id": f"c{n}", "title": f"第{n}节{HOSTILE if n == 2 else ''}", "start_ms": n * 61_000,
         "end_ms": n * 61_000 + 9} for n in range(3)
    ]  # fmt: skip
    add_edition(
        out, "one", ".vtt", ".html", ".chapters.json",
        chapters=marks, origin="本地日报", address="https://paper.example/a?b=1&c=2",
        byline=f"王{HOSTILE}",
    )  # fmt: skip
    add_edition(out, "trailer", date="2026-11-01", content_sha256="cd" * 32)
    return out


def test_the_tags_have_what_their_rules_ask_for(full: Path) -> None:
    channel = written(
        full, hosts=("主持人",), funding="https://give.example", season=2, numbered=True,
        trailer="trailer", hub="https://hub.example/", email="a@b.example",
    )  # fmt: skip
    assert check_feed(full / "feed.xml") == ()
    found = set()
    for element in channel.iter(f"{{{SPACES['podcast']}}}*"):
        name = f"podcast:{etree.QName(element).localname}"
        assert REQUIRED[name] <= set(element.attrib), name
        found.add(name)
        assert len(element.text or "") <= 128
    assert found == set(REQUIRED)
    one, trailer = channel.findall("item")
    assert texts(one, "podcast:person/text()")[0] == "主持人"
    assert texts(one, "podcast:person/@role") == ["host", "author"]
    assert texts(one, "itunes:season/text() | podcast:episode/text()") == ["2", "1"]
    assert texts(trailer, "itunes:episodeType/text()") == ["trailer"]
    assert texts(trailer, "itunes:episode") == []
    assert texts(channel, "podcast:trailer/@url") == [f"{BASE}/trailer.mp3"]
    assert parsedate_to_datetime(texts(channel, "podcast:trailer/@pubdate")[0]).tzinfo
    assert texts(channel, "atom:link[@rel='hub']/@href") == ["https://hub.example/"]
    parsed = feedparser.parse(str(full / "feed.xml"))
    assert not parsed.bozo
    assert parsed.feed.links[-1].rel in {"hub", "self"}


def test_images_are_as_large_as_they_say(full: Path) -> None:
    channel = written(full)
    assert texts(channel, "podcast:image/@width") == ["1400", "600", "300"]
    for element in channel.iterfind("podcast:image", SPACES):
        with Image.open(full / element.get("href").removeprefix(f"{BASE}/")) as image:
            assert image.size == (int(element.get("width")), int(element.get("height")))


def test_show_notes_tell_chapters_and_source_and_hold_no_markup_of_strangers(full: Path) -> None:
    written(full)
    notes = feedparser.parse(str(full / "feed.xml"), sanitize_html=False).entries[0].content[0]
    assert notes.type == "text/html"
    page = html.fragment_fromstring(notes.value, create_parent="div")
    assert [li.text[:9] for li in page.iter("li")] == ["00:00 第0节", "01:01 第1节", "02:02 第2节"]
    assert page.xpath("//a/@href") == ["https://paper.example/a?b=1&c=2", f"{BASE}/one.html"]
    assert not page.xpath("//script")
    assert "alert(1)" in page.text_content()


def test_seasons_and_numbers_stay(tmp_path: Path) -> None:
    for day in (1, 2):
        add_edition(tmp_path, f"d{day}", date=f"2026-11-0{day}")
    written(tmp_path, season=1, numbered=True)
    add_edition(tmp_path, "d3", date="2026-11-03")
    add_edition(tmp_path, "d0", date="2026-10-03")
    written(tmp_path, season=1, numbered=True)
    add_edition(tmp_path, "d4", date="2026-11-04")
    channel = written(tmp_path, season=2, numbered=True)
    told = {
        texts(item, "enclosure/@url")[0][-6:-4]: texts(
            item, "podcast:season/text() | podcast:episode/text()"
        )
        for item in channel.iterfind("item")
    }
    assert told == {"d4": ["2", "1"], "d3": ["1", "4"], "d0": ["1", "3"], "d2": ["1", "2"],
                    "d1": ["1", "1"]}  # fmt: skip


@pytest.mark.parametrize(
    ("count", "size", "sizes"),
    [(3, 0, [3]), (3, 2, [3]), (4, 2, [2, 2]), (7, 2, [3, 2, 2]), (5, 1, [1, 1, 1, 1, 1])],
)
def test_pages_hold_each_episode_once_and_lead_to_each_other(
    count: int, size: int, sizes: list[int], tmp_path: Path
) -> None:
    for day in range(count):
        add_edition(tmp_path, f"d{day}", date=f"2026-11-{day + 1:02}")
    channel, guids, seen = written(tmp_path, page_items=size), [], []
    while channel is not None:
        items = channel.findall("item")
        seen.append(len(items))
        guids += [item.findtext("guid") for item in items]
        after = texts(channel, "atom:link[@rel='next']/@href")
        assert after == texts(channel, "atom:link[@rel='prev-archive']/@href")
        channel = channel_of(tmp_path, after[0].removeprefix(f"{BASE}/")) if after else None
    assert seen == sizes
    assert len(set(guids)) == count
    assert all(check_feed(page) == () for page in tmp_path.glob("feed*.xml"))
    assert ("feed-0001.xml" in named_beside(tmp_path / "feed.xml")) == (len(sizes) > 1)


def test_a_new_episode_changes_the_first_page_alone(tmp_path: Path) -> None:
    for day in range(6):
        add_edition(tmp_path, f"d{day}", date=f"2026-11-{day + 1:02}")
    written(tmp_path, page_items=2)
    before = {page.name: page.read_bytes() for page in tmp_path.glob("feed-*.xml")}
    add_edition(tmp_path, "d6", date="2026-11-07")
    written(tmp_path, page_items=2)
    assert {page.name: page.read_bytes() for page in tmp_path.glob("feed-*.xml")} == before
    for path in tmp_path.glob("d*.json"):  # what has no report any more is kept, on every page
        path.unlink()
    assert len(written(tmp_path, page_items=0).findall("item")) == 7
    assert not list(tmp_path.glob("feed-*.xml"))


def test_programmes_in_one_list(tmp_path: Path, cli: Cli) -> None:
    for number, name in enumerate(("早报", "晚报")):
        add_edition(tmp_path / name, "a")
        write_feed(tmp_path / name, f"{BASE}/{number}", Channel(f"{name}<&>"))
    listed = tmp_path / "all.opml"
    result = cli("opml", tmp_path / "早报", tmp_path / "晚报", "--out", listed, "--title", "全部")
    assert result.exit_code == 0, result.stderr
    parsed = listparser.parse(listed.read_bytes())
    assert not parsed.bozo
    assert parsed.meta.title == "全部"
    assert [(feed.title, feed.url) for feed in parsed.feeds] == [
        (f"{name}<&>", f"{BASE}/{number}/feed.xml") for number, name in enumerate(("早报", "晚报"))
    ]
    missing = cli("opml", tmp_path, "--out", listed)
    assert (missing.exit_code, "no feed" in missing.stderr) == (3, True)
