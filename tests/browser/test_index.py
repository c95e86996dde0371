"""The index of a folder of editions in a real browser: accessible, and by keyboard alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from browsers import axe_violations, keeps_to_itself, wait_until
from readaloud.podcast.server import open_server

ARTICLES = {
    "north.md": ("2026-11-23", "北方的春天", "春天到了，河上的冰裂開了。鳥飛過山谷，風很輕。"),
    "south.md": ("2026-11-24", "南方的夏天", "夏天到了，雨很多。孩子們在河邊玩水，老人說話。"),
    "hans.md": ("2026-11-22", "交通消息", "车子很多，说什么都抬头。路很长，走得很慢。"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from readaloud.cli import app

    made = tmp_path_factory.mktemp("editions")
    for name, (day, title, text) in ARTICLES.items():
        front = f"---\ntitle: {title}\ndate: {day}\n---\n"
        (made / name).write_text(f"{front}\n# {title}\n\n{text}\n", encoding="utf-8")
    out = made / "out"
    words = ["build", str(made), "--voice", "silent", "--format", "mp3,html,epub,json"]
    words += ["--out", str(out), "--cache-dir", str(made / "cache")]
    for line in (words, ["feed", str(out), "--base-url", "https://pod.example.org"]):
        result = CliRunner().invoke(app, line)
        assert result.exit_code == 0, result.output
    (out / "notes.txt").write_text("附註", encoding="utf-8")
    (out / "older").mkdir()
    return out


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with open_server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The index, which may neither complain nor ask for anything from elsewhere."""
    opened = browser.new_page()
    with keeps_to_itself(opened, address):
        yield opened
    opened.close()


@pytest.mark.parametrize(
    ("scheme", "contrast"),
    [("light", "no-preference"), ("dark", "no-preference"), ("dark", "more")],
)
def test_axe_finds_nothing(page: Page, scheme: Any, contrast: Any) -> None:
    page.emulate_media(color_scheme=scheme, contrast=contrast)
    assert axe_violations(page, ["best-practice"], least_passes=15) == []


def test_editions_stand_newest_first_with_all_that_they_have(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator(".editions h2")).to_have_text(["南方的夏天", "北方的春天", "交通消息"])
    expect(page.locator(".editions > li").nth(2)).to_have_attribute("lang", "zh-Hans")
    newest = page.locator(".editions > li").first
    expect(newest.locator("time")).to_have_attribute("datetime", "2026-11-24")
    expect(newest.locator(".about")).to_contain_text("時長")
    expect(newest.locator(".about")).to_contain_text("秒")
    expect(newest.get_by_role("link", name="邊聽邊讀 南方的夏天")).to_be_visible()
    for name in ("MP3", "EPUB"):
        expect(newest.locator(f"a[download]:has-text('{name}')")).to_be_visible()
    expect(page.get_by_role("link", name="notes.txt")).to_be_visible()
    expect(page.get_by_role("link", name="older")).to_have_attribute("href", "older/")
    assert page.locator("main a").count() == 3 * 3 + 2, "no alias, no report, no cover"


def test_the_keyboard_alone_reaches_and_plays_every_edition(page: Page) -> None:
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.ariaLabel")
        if label and label not in reached:
            reached.append(label)
            page.keyboard.press("Space")
            wait_until(page, "!document.activeElement.paused")
    assert reached == ["播放：南方的夏天", "播放：北方的春天", "播放：交通消息"]


def test_one_edition_is_heard_at_a_time(page: Page) -> None:
    for number in range(3):
        page.evaluate(f"document.querySelectorAll('audio')[{number}].play()")
    playing = "[...document.querySelectorAll('audio')].map((one) => !one.paused)"
    wait_until(page, f"({playing}).join() === 'false,false,true'")


def test_the_text_and_the_downloads_are_there(page: Page, folder: Path) -> None:
    newest = page.locator(".editions > li").first
    with page.expect_download() as loading:
        newest.locator("a[download]").first.click()
    stem = json.loads((folder / "south.json").read_bytes())["stem"]
    assert loading.value.path().read_bytes() == (folder / f"{stem}.mp3").read_bytes()
    newest.get_by_role("link", name="邊聽邊讀").click()
    expect(page.locator("h1")).to_have_text("南方的夏天")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
