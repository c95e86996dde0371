"""The programme without a podcast app: a page that needs no server, and numbered files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html
from test_feed import add_edition
from typer.testing import Result

from readaloud.podcast.numbered import PLAYLIST, write_numbered
from readaloud.podcast.site import write_site

Cli = Callable[..., Result]
MARKS = [
    {"id": f"c{n}", "title": title, "start_ms": n, "end_ms": n + 1}
    for n, title in enumerate(("国内", "<b>国际"))
]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    add_edition(folder, "nov", ".html", chapters=MARKS, date="2026-11-23")
    add_edition(folder, "早", ".epub", date="2026-12-01")
    add_edition(folder, "old", date="2026-12-01", title="两行\n标题")
    (folder / "draft.txt").touch()
    return folder


def page(folder: Path) -> Any:
    return html.parse(str(write_site(folder))).getroot()


def test_the_page_has_editions_by_month_and_nothing_else_of_the_folder(out: Path) -> None:
    told = page(out)
    months = [(link.text, link.get("href")) for link in told.iterfind(".//nav//a")]
    assert months == [("2026年12月", "#m2026-12"), ("2026年11月", "#m2026-11")]
    for _, address in months:
        assert len(told.xpath("//li[@id=$name]", name=address[1:])) == 1
    assert [li.text for li in told.iterfind(".//details//li")] == ["国内", "<b>国际"]
    links = told.xpath("//main//@href[not(starts-with(., '#'))] | //source/@src")
    assert "draft.txt" not in links
    assert all((out / unquote(each)).is_file() for each in links)


def test_a_page_of_somebody_elses_stays(out: Path, cli: Cli) -> None:
    own = out / "index.html"
    own.write_text("mine", encoding="utf-8")
    result = cli("site", out)
    assert (result.exit_code, own.read_text("utf-8")) == (5, "mine")
    own.unlink()
    assert cli("site", out).exit_code == 0
    assert cli("site", out).exit_code == 0


def test_files_are_numbered_by_day_with_a_playlist(out: Path, tmp_path: Path, cli: Cli) -> None:
    stick = tmp_path / "stick"
    result = cli("numbered", out, "--out", stick)
    assert result.exit_code == 0, result.stderr
    names = ["001-2026-11-23.mp3", "002-2026-12-01.mp3", "003-2026-12-01.mp3"]
    assert sorted(path.name for path in stick.iterdir()) == [*names, PLAYLIST]
    assert (stick / PLAYLIST).read_text("utf-8").splitlines() == [
        "#EXTM3U",
        "#EXTINF:62,nov的标题", names[0],
        "#EXTINF:62,两行 标题", names[1],
        "#EXTINF:62,早的标题", names[2],
    ]  # fmt: skip


def test_numbered_files_follow_the_folder_and_leave_others_alone(out: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    write_numbered(out, stick)
    (stick / "004-2026-12-02.mp3").touch()
    before = (stick / "001-2026-11-23.mp3").stat().st_ino
    write_numbered(out, stick)
    assert (stick / "001-2026-11-23.mp3").stat().st_ino == before
    (out / "nov.mp3").write_bytes(b"other")
    os.utime(out / "nov.mp3", (1_700_000_000, 1_700_000_000))
    write_numbered(out, stick)
    assert (stick / "001-2026-11-23.mp3").read_bytes() == b"other"
    assert write_numbered(out, stick, newest=1) == 1
    assert sorted(path.name for path in stick.iterdir()) == [
        "001-2026-12-01.mp3", "004-2026-12-02.mp3", PLAYLIST
    ]  # fmt: skip


def test_nothing_to_number(tmp_path: Path, cli: Cli) -> None:
    assert cli("numbered", tmp_path, "--out", tmp_path / "stick").exit_code == 5
