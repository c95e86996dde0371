"""The index of a folder: what stands in it, and what text and names can't do to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from test_feed import add_edition

from readaloud.podcast.edition_index import read_index
from readaloud.podcast.index_page import index_page


def parsed(folder: Path) -> Any:
    return html.document_fromstring(index_page(read_index(folder)))


def texts(page: Any, path: str) -> list[str]:
    return ["".join(each.itertext()).strip() for each in page.xpath(path)]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    out = tmp_path / "空<b>"
    out.mkdir()
    page = parsed(out)
    assert texts(page, "//h1") == ["空<b>"]
    assert texts(page, "//main/p") == ["这里还没有音频。"]


def test_undated_editions_stand_by_the_time_that_they_were_made(tmp_path: Path) -> None:
    for number, stem in enumerate(("old", "new", "mid")):
        add_edition(tmp_path, stem, date=None if stem != "mid" else "2026-11-23")
        when = 1_700_000_000 + number * 1000 if stem == "old" else 1_900_000_000
        os.utime(tmp_path / f"{stem}.json", (when, when))
    assert texts(parsed(tmp_path), "//li/h2") == ["new的标题", "mid的标题", "old的标题"]


@pytest.mark.parametrize("kinds", [(".epub",), (".vtt", ".daisy.zip")])
def test_only_what_is_there_is_linked(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    out = tmp_path / "out"
    add_edition(out, "one", *kinds).unlink()
    page = parsed(out)
    assert page.xpath("//audio") == []
    assert page.xpath("//main//a/@href") == [f"one{kind}" for kind in kinds]


def test_text_and_names_stay_text(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script>"
    add_edition(tmp_path, "a", title=hostile, language='x" onload="y')
    name = "news:0800 #1?<i>%.txt"
    (tmp_path / name).touch()
    page = parsed(tmp_path)
    assert texts(page, "//li/h2") == [hostile]
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//*[@onload]") == []
    (link,) = [each for each in page.xpath("//section//a") if each.text == name]
    assert link.get("href") == "news%3A0800%20%231%3F%3Ci%3E%25.txt"


def test_what_lies_outside_is_not_told_of(tmp_path: Path) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret"
    add_edition(secret, "private", title="秘密")
    add_edition(out, "public")
    (out / "private.json").symlink_to(secret / "private.json")
    (out / "elsewhere").symlink_to(secret)
    (out / ".unseen").touch()
    text = index_page(read_index(out))
    assert not [word for word in ("秘密", "elsewhere", "unseen") if word in text]


def test_the_feed_is_named_and_linked_and_a_broken_one_does_no_harm(tmp_path: Path) -> None:
    add_edition(tmp_path, "one")
    (tmp_path / "feed.xml").write_text(
        "<rss><channel><title>晨間新聞</title></channel></rss>", encoding="utf-8"
    )
    page = parsed(tmp_path)
    assert texts(page, "//h1") == ["晨間新聞"]
    assert page.xpath("//header//a/@href") == ["feed.xml"]
    (tmp_path / "feed.xml").write_text("<rss", encoding="utf-8")
    assert texts(parsed(tmp_path), "//h1") == [tmp_path.name]


@pytest.mark.parametrize(
    ("ms", "told"), [(593_000, "9 分 53 秒"), (3_725_000, "1 小时 2 分 5 秒"), (400, "0 秒")]
)
def test_lengths_are_words(tmp_path: Path, ms: int, told: str) -> None:
    add_edition(tmp_path, "one", duration_ms=ms)
    assert f"时长 {told}" in texts(parsed(tmp_path), "//p[@class='about']")[0]
