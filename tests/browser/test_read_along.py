"""The read-along page in a real browser: accessible, in time with the voice, by keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import serve
from spring import ARTICLE, PARAGRAPH, build_edition, open_settings, start_s, time_s
from typer.testing import Result

from browsers import axe_violations, keeps_to_itself, wait_until

NEAR_MS = 150


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
    made = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=False)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page, which may neither complain nor ask for anything from elsewhere."""
    opened = context.new_page()
    with keeps_to_itself(opened, address):
        yield opened


def is_playing(page: Page) -> bool:
    return bool(page.evaluate("!document.querySelector('audio').paused"))


def expect_at(page: Page, report: dict[str, Any], name: str) -> None:
    expect(page.locator(".now")).to_have_id(name)
    assert time_s(page) == pytest.approx(start_s(report, name), abs=1)


@pytest.mark.parametrize(
    ("scheme", "contrast"),
    [("light", "no-preference"), ("dark", "no-preference"), ("dark", "more")],
)
def test_axe_finds_nothing(page: Page, scheme: Any, contrast: Any) -> None:
    page.emulate_media(color_scheme=scheme, contrast=contrast)
    page.locator("#u0008").click()
    page.locator(".keys summary").click()
    open_settings(page)
    assert axe_violations(page, least_passes=15) == []


@pytest.fixture
def old_page(browser: Browser, folder: Path) -> Iterator[Page]:
    """The page in a browser that does not know ``light-dark()``."""
    text = (folder / "spring.html").read_text(encoding="utf-8")
    assert "light-dark(" in text
    (folder / "old.html").write_text(text.replace("light-dark(", "unheard-of("), encoding="utf-8")
    context = browser.new_context(color_scheme="dark", bypass_csp=True)
    with serve(folder) as root:
        opened = context.new_page()
        opened.goto(f"{root}old.html")
        yield opened
    context.close()


def test_a_browser_without_light_dark_shows_it_in_plain_colours(old_page: Page) -> None:
    colours = """() => ["color", "backgroundColor"].map(
      name => getComputedStyle(document.body)[name])"""
    assert old_page.evaluate(colours) == ["rgb(29, 31, 34)", "rgb(251, 250, 247)"]
    old_page.locator("#u0008").click()
    open_settings(old_page)
    assert axe_violations(old_page, least_passes=15) == []
    expect(old_page.locator("#theme")).to_be_hidden()  # it could choose nothing


def test_axe_finds_nothing_on_a_bulletins_page(
    browser: Browser, tmp_path: Path, cli: Callable[..., Result]
) -> None:
    """Its headings are nested too, which is a rule of best practice."""
    for name, text in (("a.md", ARTICLE), ("b.txt", f"交通消息\n\n{PARAGRAPH}\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = ("--voice", "silent", "--format", "html", "--out", tmp_path / "out")
    sources = (tmp_path / "a.md", tmp_path / "b.txt")
    result = cli("build", *sources, "--bulletin", "晨間新聞", *words)
    assert result.exit_code == 0, result.stderr
    (path,) = (tmp_path / "out").glob("*.html")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.locator("nav ol ol a").nth(1).click()
    expect(page.locator("nav ol ol [aria-current]")).to_have_text("播種")
    page.wait_for_timeout(300)
    assert axe_violations(page, ["best-practice"], least_passes=20) == []
    page.close()


def test_the_highlight_follows_the_voice(page: Page, report: dict[str, Any]) -> None:
    """Each change of sentence is seen within 150 ms of its time, at thrice the speed too."""
    watch = """() => { window.seen = []; const audio = document.querySelector("audio");
      new MutationObserver(() => { const now = document.querySelector(".now");
        if (now) seen.push([now.id, audio.currentTime]); })
      .observe(document.querySelector("main"), { subtree: true, attributeFilter: ["class"] }); }"""
    page.locator("#u0003").click()
    page.locator("#speed").select_option("3")
    page.evaluate(watch)
    for _ in range(50):
        page.wait_for_timeout(100)
        if len(seen := dict(page.evaluate("seen"))) >= 4:
            break
    assert len(seen) >= 3
    late = {name: (at - start_s(report, name)) * 1000 for name, at in seen.items()}
    print("late by ms of audio at speed 3:", late)
    assert all(-10 <= ms <= NEAR_MS * 3 for ms in late.values()), late


def test_the_spoken_word_is_marked(page: Page) -> None:
    marked = """() => { const audio = document.querySelector("audio");
      const now = document.querySelector(".now");
      const numbers = now.dataset.words.trim().split(" ");
      const [range] = CSS.highlights.get("spoken-word");
      const at = numbers.map(Number).filter((_, i) => i % 2 === 0).indexOf(range.startOffset);
      return [range.toString().length, audio.currentTime * 1000 - Number(numbers[2 * at + 1])]; }"""
    page.locator("#u0004").click()
    for _ in range(10):
        page.wait_for_timeout(120)
        length, since_ms = page.evaluate(marked)
        assert length == 1
        assert -10 <= since_ms <= 223 + NEAR_MS  # a character lasts 222 ms on this engine


def test_a_click_plays_from_there(page: Page, report: dict[str, Any]) -> None:
    page.locator("#u0020").click()
    expect_at(page, report, "u0020")
    assert is_playing(page)
    expect(page.locator("#play")).to_have_text("暫停")
    expect(page.locator("nav [aria-current]")).to_have_count(1)


def test_a_chapters_link_goes_there(page: Page, report: dict[str, Any]) -> None:
    page.locator("nav a").nth(2).click()
    assert time_s(page) == pytest.approx(report["chapters"][2]["start_ms"] / 1000, abs=0.1)
    expect(page.locator("nav a").nth(2)).to_have_attribute("aria-current", "location")
    expect(page.locator("#c03 h2 .now")).to_be_in_viewport()


def test_the_keyboard_alone_suffices(page: Page, report: dict[str, Any]) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "u0001":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_at(page, report, "u0003")
    assert is_playing(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect_at(page, report, "u0004")


def test_shortcuts(page: Page, report: dict[str, Any]) -> None:
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_text("暫停")
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_text("播放")
    page.keyboard.press("Shift+ArrowRight")
    second = report["chapters"][1]["start_ms"] / 1000
    assert time_s(page) == pytest.approx(second, abs=0.1)
    page.keyboard.press("ArrowRight")
    assert time_s(page) > second + 1
    page.keyboard.press("ArrowLeft")
    assert time_s(page) == pytest.approx(second, abs=0.1)
    page.keyboard.press("Shift+ArrowLeft")
    assert time_s(page) == 0
    page.keyboard.press("Shift+ArrowUp")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25


def test_shortcuts_are_not_stolen_from_controls(page: Page) -> None:
    page.locator("#speed").focus()
    page.keyboard.press("ArrowRight")
    page.locator("summary").first.focus()
    page.keyboard.press("Space")
    assert time_s(page) == 0
    assert not is_playing(page)
    expect(page.locator("nav details")).not_to_have_attribute("open", "")


def test_the_buttons(page: Page, report: dict[str, Any]) -> None:
    page.locator("#next").click()
    assert time_s(page) == pytest.approx(report["chapters"][1]["start_ms"] / 1000, abs=0.1)
    page.locator("#back").click()
    before = [u for u in report["utterances"] if u["chapter"] == "c01"][-1]
    expect(page.locator(".now")).to_have_id(before["id"])
    page.locator("#previous").click()
    assert time_s(page) == 0
    sizes = page.locator(".buttons button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert min(min(size) for size in sizes) >= 44


def test_speed_reaches_from_half_to_three(page: Page) -> None:
    for value in ("0.5", "3"):
        page.locator("#speed").select_option(value)
        assert page.evaluate("document.querySelector('audio').playbackRate") == float(value)


def test_place_speed_and_theme_are_remembered(page: Page, report: dict[str, Any]) -> None:
    page.locator("#speed").select_option("1.5")
    open_settings(page)
    page.locator("#theme").select_option("dark")
    page.keyboard.press("Escape")
    page.locator("#u0012").click()
    page.keyboard.press("Shift+ArrowRight")
    page.locator("#play").click()
    at = time_s(page)
    page.reload()
    assert time_s(page) == pytest.approx(at, abs=0.5)
    assert page.locator("#speed").input_value() == "1.5"
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"
    expect(page.locator(".now")).to_be_in_viewport()


def test_it_works_where_storage_is_forbidden(context: BrowserContext, page: Page) -> None:
    forbid = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    context.add_init_script(forbid)
    page.reload()
    page.locator("#u0010").click()
    expect(page.locator(".now")).to_have_id("u0010")


# 640 x 400 is what is left of 1280 x 800 at 200 % zoom.
@pytest.mark.parametrize(("width", "height"), [(320, 640), (360, 760), (640, 400), (1280, 800)])
def test_nothing_is_wider_than_the_window(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.locator("#u0030").click()
    page.locator(".keys summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rows = page.locator(".buttons button").evaluate_all(
        "all => [...new Set(all.map(one => one.getBoundingClientRect().top))].length"
    )
    assert rows == (1 if width > 512 else 2)
    open_settings(page)
    page.locator("#size").select_option("2")
    page.locator("#spacing").select_option("widest")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_large_text_of_the_browser_is_kept(page: Page) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    assert page.evaluate(size) >= 20
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": 800})
    assert page.evaluate(size) >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_spoken_sentence_is_kept_above_the_player(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 360, "height": 640})
    for name in ("u0025", "u0026", "u0034", "u0002"):
        page.evaluate("name => document.getElementById(name).click()", name)
        bottom = page.locator(".now").evaluate("one => one.getBoundingClientRect().bottom")
        top = page.locator(".now").evaluate("one => one.getBoundingClientRect().top")
        limit = page.locator(".player").evaluate("one => one.getBoundingClientRect().top")
        assert 0 <= top < bottom <= limit, name


def test_a_sentence_in_view_does_not_move_the_page(page: Page) -> None:
    page.locator("#u0003").click()
    before = page.evaluate("scrollY")
    page.locator("#u0004").click()
    assert page.evaluate("scrollY") == before


def test_forced_colours_keep_the_mark(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.locator("#u0003").click()
    style = "one => getComputedStyle(one).backgroundColor"
    assert page.locator(".now").evaluate(style) != page.locator("body").evaluate(style)


def test_without_script_it_is_the_text_and_the_browsers_player(
    browser: Browser, address: str, report: dict[str, Any]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.locator(".player")).to_be_hidden()
    spoken = "".join(page.locator(".s").all_text_contents())
    assert spoken == "".join(u["text"] for u in report["utterances"])
    context.close()


def test_on_paper_there_is_the_text_alone(page: Page) -> None:
    page.emulate_media(media="print")
    for part in ("nav", ".player", "footer"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("#u0010")).to_be_visible()


def test_on_paper_it_is_dark_on_light_whatever_was_chosen(page: Page) -> None:
    open_settings(page)
    page.locator("#theme").select_option("dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 31, 34)"


def test_it_plays_from_a_file_on_disk(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.goto((folder / "spring.html").as_uri())
    page.locator("#u0005").click()
    expect(page.locator(".now")).to_have_id("u0005")
    wait_until(page, "document.querySelector('audio').readyState >= 3")
    assert is_playing(page)
    assert re.match(r"\d:\d\d$", page.locator("#time").inner_text())
