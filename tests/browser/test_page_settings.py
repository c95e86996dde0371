"""What people set on the read-along page and take with them: looks, sleep, keys, addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import serve
from spring import build_edition, open_settings, start_s, time_s

from browsers import keeps_to_itself, wait_until

_WATCH_KEYS = """window.keys = {};
  MediaSession.prototype.setActionHandler = (name, action) => { keys[name] = action; };"""
_LATER = "minutes => { const now = Date.now; Date.now = () => now() + minutes * 60000; }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_edition(tmp_path_factory.mktemp("edition"))


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "spring.json").read_bytes())
    return found


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve(folder) as root:
        yield f"{root}spring.html"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(bypass_csp=False, reduced_motion="reduce")
    made.add_init_script(_WATCH_KEYS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    opened = context.new_page()
    with keeps_to_itself(opened, address):
        yield opened


def press(page: Page, key: str, **told: float) -> None:
    """A key of a headset, as the browser would pass it on."""
    page.evaluate("([name, told]) => keys[name](told)", [key, told])


def style(page: Page, name: str) -> str:
    return str(page.evaluate(f"getComputedStyle(document.querySelector('main p')).{name}"))


def test_the_look_of_the_text_is_chosen_by_keyboard_and_kept(page: Page, address: str) -> None:
    before = float(style(page, "fontSize").removesuffix("px"))
    page.locator(".options summary").focus()
    page.keyboard.press("Enter")
    for name, presses in (("size", 3), ("spacing", 2), ("font", 1)):
        while page.evaluate("document.activeElement.id") != name:
            page.keyboard.press("Tab")
        for _ in range(presses):
            page.keyboard.press("ArrowDown")
    for _ in range(2):  # and again, when the page is opened anew, for another edition too
        assert float(style(page, "fontSize").removesuffix("px")) == pytest.approx(before * 1.5)
        assert float(style(page, "letterSpacing").removesuffix("px")) > before * 1.5 * 0.12
        assert "serif" in style(page, "fontFamily").lower()
        page.evaluate("delete localStorage['readaloud:' + document.body.dataset.key]")
        page.reload()
    page.emulate_media(media="print")
    assert float(style(page, "fontSize").removesuffix("px")) == pytest.approx(16 * 1.5)


def test_escape_closes_the_settings_and_leads_back(page: Page) -> None:
    open_settings(page)
    page.locator("#spacing").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".choices")).to_be_hidden()
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_fifteen_seconds_by_button_and_key(page: Page) -> None:
    page.locator("#ahead").click()
    assert time_s(page) == pytest.approx(15, abs=0.1)
    page.keyboard.press("Control+ArrowRight")
    assert time_s(page) == pytest.approx(30, abs=0.1)
    page.locator("#rewind").click()
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("Control+ArrowLeft")
    assert time_s(page) == pytest.approx(0, abs=0.1)


def test_media_keys(page: Page, report: dict[str, Any]) -> None:
    page.locator("#u0004").click()
    wait_until(page, "navigator.mediaSession.metadata?.album === '北方的春天'")  # once it plays
    press(page, "pause")
    assert page.evaluate("document.querySelector('audio').paused")
    press(page, "nexttrack")
    second = report["chapters"][1]["start_ms"] / 1000
    assert time_s(page) == pytest.approx(second, abs=0.1)
    press(page, "seekforward", seekOffset=10)
    assert time_s(page) == pytest.approx(second + 10, abs=0.1)
    press(page, "seekbackward")
    press(page, "play")
    expect(page.locator("#play")).to_have_text("暫停")
    assert page.evaluate("navigator.mediaSession.metadata.title") == "北方的春天"
    press(page, "seekto", seekTime=second + 1)
    wait_until(page, "navigator.mediaSession.metadata.title === '解凍'")


def test_the_sleep_timer_stops_at_the_end_of_a_sentence(page: Page, report: dict[str, Any]) -> None:
    open_settings(page)
    page.locator("#sleep").select_option("15")
    page.keyboard.press("Escape")
    page.locator("#speed").select_option("3")
    page.locator("#u0003").click()
    page.wait_for_timeout(200)
    page.evaluate(_LATER, 16)
    expect(page.locator("#said")).to_have_text("已定時停止。")
    assert page.evaluate("document.querySelector('audio').paused")
    assert time_s(page) == pytest.approx(start_s(report, "u0004"), abs=0.01)
    expect(page.locator("#sleep")).to_have_value("")
    page.locator("#play").click()
    page.wait_for_timeout(1500)
    assert not page.evaluate("document.querySelector('audio').paused")


def test_the_sleep_timer_stops_at_the_end_of_a_chapter(page: Page, report: dict[str, Any]) -> None:
    open_settings(page)
    page.locator("#sleep").select_option("chapter")
    page.keyboard.press("Escape")
    last = [u["id"] for u in report["utterances"] if u["chapter"] == "c01"][-1]
    page.locator("#speed").select_option("3")
    page.locator(f"#{last}").click()
    expect(page.locator("#said")).to_have_text("已定時停止。")
    assert time_s(page) == pytest.approx(report["chapters"][1]["start_ms"] / 1000, abs=0.01)


def test_a_sentences_address_leads_to_it(
    page: Page, context: BrowserContext, report: dict[str, Any]
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#u0012").click()
    page.locator("#play").click()
    open_settings(page)
    page.locator("#copy").click()
    expect(page.locator("#said")).to_have_text("已複製。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#address").input_value()
    assert copied.endswith(f"#t={start_s(report, 'u0012'):g}")
    other = context.new_page()
    other.goto(copied)
    expect(other.locator(".now")).to_have_id("u0012")
    expect(other.locator(".now")).to_be_in_viewport()
    assert other.evaluate("document.querySelector('audio').paused")


def test_an_address_that_cannot_be_copied_is_there_to_be_copied(
    context: BrowserContext, page: Page
) -> None:
    refuse = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }"
    page.evaluate(refuse)
    open_settings(page)
    page.locator("#copy").click()
    expect(page.locator("#address")).to_be_focused()
    assert page.evaluate("getSelection().toString()").endswith("#t=0")


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("5.25", 5.25), ("0:05", 5), ("npt:0:00:05.5", 5.5), ("x", 0), ("-3", 0), ("", 0)],
)
def test_times_of_addresses(page: Page, told: str, seconds: float) -> None:
    page.evaluate("told => { location.hash = `t=${told}` }", told)
    page.wait_for_timeout(50)
    assert time_s(page) == pytest.approx(seconds, abs=0.01)
