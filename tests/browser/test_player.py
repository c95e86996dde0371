"""The player on a page that is not ours: a newsroom's, with its own styles and a strict policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import serve
from spring import build_edition

from browsers import axe_violations, keeps_to_itself
from readaloud.formats.timeline.player import FILE_NAME, player_script

ARTICLE = """# 北方的春天

春天到了，河上的冰裂開了。鳥飛過山谷，風很輕。「好天氣！」老人說。

## 解凍

今年的氣溫比去年高1.5度。孩子們在河邊跑來跑去，老人坐在門口看著他們。

對。河水漲了三尺，橋還在。對。

## 播種

- 小麥
- 玉米和大豆

種子已經下地，只等一場雨。
"""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; "
    "connect-src 'self'; img-src data:; require-trusted-types-for 'script'"
)
STYLE = """
body { margin: 0; background: #123; color: #eee; font: 18px/1.8 serif; }
header, nav, main, footer { max-width: 40em; margin: auto; padding: 1em; }
button { background: hotpink; }  .tease { float: right; }  a { color: #9cf; }
"""
STORY = """
<h1 id="title">北方的春天</h1>
<p class="meta">2026年11月20日　本報記者</p>
<readaloud-player src="spring.timeline.json"><a href="spring.mp3">聽本文</a></readaloud-player>
<aside class="tease"><p>春天到了，河上的冰裂開了。</p></aside>
<p id="one">春天到了，<b>河上的冰</b>裂開了。鳥飛過山谷，風很輕。“好天氣！”老人說。</p>
<h2 id="thaw">解凍</h2>
<p id="two">今年的氣溫比去年高1.5度。
孩子們在<a href="#">河邊</a>跑來跑去，老人坐在門口看著他們。</p>
<p id="three">對。河水漲了三尺，橋還在。對。</p>
<h2 id="sow">播種</h2>
<ul><li id="wheat">小麥</li><li id="corn">玉米和大豆</li></ul>
<p id="four">種子已經下地，只等一場雨。</p>
<section><h2>相關閱讀</h2><ul><li>種子已經下地，只等一場雨</li><li>小麥</li></ul></section>
"""
PLAYER = "document.querySelector('readaloud-player')"
MARKED = """() => [
  [...(CSS.highlights.get("readaloud-sentence") || [])].map(String).join(),
  [...document.querySelectorAll("[data-readaloud-spoken]")].map((one) => one.id),
]"""


def newsroom(story: str, policy: str = POLICY) -> str:
    """A newsroom's page around a story."""
    return (
        f'<!DOCTYPE html><html lang="zh-TW"><head><meta charset="utf-8"><title>晨報</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="own.css">'
        f'<script type="module" src="{FILE_NAME}"></script></head><body>'
        f'<header>晨報</header><nav><a href="#">春天到了，河上的冰裂開了。</a></nav>'
        f"<main><article>{story}</article></main><footer>版權所有</footer></body></html>"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = build_edition(tmp_path_factory.mktemp("news"), ARTICLE, "mp3,timeline,json")
    (made / FILE_NAME).write_text(player_script(), encoding="utf-8")
    (made / "own.css").write_text(STYLE, encoding="utf-8")
    (made / "news.html").write_text(newsroom(STORY), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def timeline(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "spring.timeline.json").read_bytes())
    return found


@pytest.fixture(scope="module")
def root(folder: Path) -> Iterator[str]:
    with serve(folder) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(bypass_csp=False, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, root: str) -> Iterator[Page]:
    """The newsroom's page, which may neither complain nor ask for anything from elsewhere."""
    opened = context.new_page()
    with keeps_to_itself(opened, f"{root}news.html"):
        expect(opened.get_by_role("button", name="播放")).to_be_visible()
        yield opened


SEEK = """([text, nth]) => {
  const player = document.querySelector("readaloud-player");
  const found = player.told.sentences.filter((one) => one.text === text)[nth];
  const bar = player.shadowRoot.querySelector("input[type=range]");
  bar.step = "any";
  bar.value = found.start_ms / 1000 + 0.02;
  bar.dispatchEvent(new Event("input"));
}"""


def sentences(timeline: dict[str, Any]) -> list[str]:
    return [one["text"] for part in timeline["paragraphs"] for one in part["sentences"]]


def start(page: Page) -> None:
    page.get_by_role("button", name="播放").click()
    expect(page.get_by_role("button", name="暫停")).to_be_visible()


def marks(page: Page, texts: list[str]) -> list[tuple[str, list[str]]]:
    """Of each sentence, as it is spoken: what is marked, and in which paragraphs."""
    found, seen = [], dict.fromkeys(texts, 0)
    for text in texts:
        page.evaluate(SEEK, [text, seen[text]])
        seen[text] += 1
        found.append(tuple(page.evaluate(MARKED)))
    return found


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_the_script_is_small_and_stands_alone() -> None:
    assert len(player_script().encode()) < 30_000
    assert not re.search(r"\bimport\b|https?://(?!w3c|www\.w3)", player_script())


def test_each_sentence_and_its_paragraph_are_marked(page: Page, timeline: dict[str, Any]) -> None:
    texts = sentences(timeline)
    before = page.locator("article").inner_html()
    start(page)
    found = marks(page, texts)
    assert [bare(text) for text, _ in found] == [bare(text) for text in texts]
    blocks = ["title", *["one"] * 3, "thaw", *["two"] * 2, *["three"] * 3, "sow", "wheat", "corn"]
    assert [ids for _, ids in found] == [[each] for each in [*blocks, "four"]]
    page.evaluate(f"{PLAYER}.remove()")
    assert page.evaluate(MARKED) == ["", []]
    player = re.compile(r"<readaloud-player.*?</readaloud-player>", re.DOTALL)
    assert page.locator("article").inner_html() == player.sub("", before), "the page is its own"


CHANGED = {
    "another number": ("1.5度", "15度", "今年的氣溫比去年高1.5度。"),
    "another word": ("河水漲了三尺", "河水退了三尺", "河水漲了三尺，橋還在。"),
    "a longer sentence": ("鳥飛過山谷，風很輕。", "鳥飛過山谷，風很輕柔。", "鳥飛過山谷，風很輕。"),
    "a sentence of the story in a teaser": (
        '<p id="four">種子已經下地，只等一場雨。</p>', '<p id="four">種子快要下地。</p>',
        "種子已經下地，只等一場雨。",
    ),
    "a paragraph that went": ('<li id="corn">玉米和大豆</li>', "", "玉米和大豆"),
    "hidden text": ('<p id="three">', '<p id="three" hidden>', "河水漲了三尺，橋還在。"),
}  # fmt: skip


LOST = {"hidden text": 3, "a paragraph that went": 2}
"""With a paragraph goes what only its neighbours told from a teaser."""


@pytest.mark.parametrize("kind", CHANGED)
def test_where_the_page_says_otherwise_nothing_is_marked(
    context: BrowserContext, folder: Path, root: str, timeline: dict[str, Any], kind: str
) -> None:
    here, there, gone = CHANGED[kind]
    assert here in STORY
    (folder / "changed.html").write_text(newsroom(STORY.replace(here, there)), encoding="utf-8")
    page = context.new_page()
    page.goto(f"{root}changed.html")
    start(page)
    texts = sentences(timeline)
    found = marks(page, texts)
    assert {text for text, (mark, _) in zip(texts, found, strict=True) if not mark} >= {gone}
    missing = [text for text, (mark, _) in zip(texts, found, strict=True) if not mark]
    assert len(missing) <= LOST.get(kind, 1), missing
    for text, (mark, _) in zip(texts, found, strict=True):
        assert bare(mark) in {"", bare(text)}


def test_a_page_of_another_story_is_not_marked(
    context: BrowserContext, folder: Path, root: str, timeline: dict[str, Any]
) -> None:
    story = f"{STORY[: STORY.index('<aside')]}<p>老人說。對。橋還在。小麥漲了價。</p>"
    other = story.replace("北方的春天", "南方的夏天")
    (folder / "other.html").write_text(newsroom(other), encoding="utf-8")
    page = context.new_page()
    page.goto(f"{root}other.html")
    start(page)
    assert marks(page, sentences(timeline)) == [("", [])] * len(sentences(timeline))


def test_a_page_that_is_drawn_anew_is_searched_anew(page: Page, timeline: dict[str, Any]) -> None:
    start(page)
    text = "河水漲了三尺，橋還在。"
    assert marks(page, [text]) == [(text, ["three"])]
    page.evaluate("document.querySelector('#three').innerText = '改寫了。'")
    assert marks(page, ["播種", text])[1] == ("", [])
    page.evaluate("document.querySelector('#three').innerText = '對。河水漲了三尺，橋還在。對。'")
    page.wait_for_timeout(3100)
    assert marks(page, ["播種", text])[1] == (text, ["three"])


def test_another_edition_is_searched_for_its_own_sentences(
    page: Page, folder: Path, timeline: dict[str, Any]
) -> None:
    start(page)
    assert marks(page, ["鳥飛過山谷，風很輕。"])[0][1] == ["one"]
    other = timeline | {"paragraphs": timeline["paragraphs"][2:]}
    (folder / "other.json").write_text(json.dumps(other), encoding="utf-8")
    page.evaluate(f"{PLAYER}.setAttribute('src', 'other.json')")
    expect(page.get_by_role("button", name="播放")).to_be_visible()
    start(page)
    found = marks(page, sentences(other))
    assert [bare(mark) for mark, _ in found] == [bare(text) for text in sentences(other)]


def test_axe_finds_nothing(page: Page) -> None:
    start(page)
    marks(page, ["孩子們在河邊跑來跑去，老人坐在門口看著他們。"])
    page.locator("summary", has_text="設定").click()
    assert axe_violations(page, least_passes=15) == []


def test_the_keyboard_alone_suffices(page: Page) -> None:
    reached = []
    active = """() => { const one = document.activeElement.shadowRoot?.activeElement;
      return one ? one.className || one.name || one.type || one.localName : "" }"""
    for _ in range(14):
        page.keyboard.press("Tab")
        name = page.evaluate(active)
        if name and name not in reached:
            reached.append(name)
        if name in {"play", "ahead", "summary"}:
            page.keyboard.press("Enter")
    wanted = ["play", "rewind", "back", "forward", "ahead", "range", "speed", "summary", "sleep"]
    assert reached == [*wanted, "checkbox"]
    assert page.evaluate(f"!{PLAYER}.shadowRoot.querySelector('.play').disabled")
    expect(page.get_by_role("button", name="暫停")).to_be_visible()
    told = page.get_by_role("slider", name="進度").get_attribute("aria-valuetext")
    assert told is not None
    assert told.startswith("0:1"), "fifteen seconds on"


def test_controls_are_large_and_fit_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.locator("summary", has_text="設定").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = f"""() => [...{PLAYER}.shadowRoot.querySelectorAll("button, select, summary, label")]
      .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    assert page.evaluate(small) == []


def test_the_page_moves_only_for_who_reads_along(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    start(page)
    marks(page, ["北方的春天"])
    page.evaluate("document.querySelector('#one').scrollIntoView()")
    marks(page, ["「好天氣！」老人說。"])
    marks(page, ["種子已經下地，只等一場雨。"])
    expect(page.locator("#four")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    marks(page, ["小麥"])
    assert page.evaluate("scrollY") == 0


def test_speed_and_place_are_kept_and_the_timer_stops(page: Page, timeline: dict[str, Any]) -> None:
    start(page)
    page.get_by_label("語速").select_option("3")
    marks(page, ["解凍"])
    page.locator("summary", has_text="設定").click()
    page.get_by_label("定時停止").select_option("chapter")
    expect(page.get_by_role("status")).to_have_text("已定時停止。", timeout=15_000)
    expect(page.get_by_role("button", name="播放")).to_be_visible()
    time = page.locator(".time").inner_text()
    page.reload()
    expect(page.locator(".time")).to_have_text(time)
    expect(page.get_by_label("語速")).to_have_value("3")


def test_one_player_is_heard_at_a_time(context: BrowserContext, folder: Path, root: str) -> None:
    two = '<readaloud-player src="spring.timeline.json" lang="en"></readaloud-player>' * 2
    (folder / "two.html").write_text(newsroom(two), encoding="utf-8")
    page = context.new_page()
    page.goto(f"{root}two.html")
    for number in (0, 1):
        page.get_by_role("button", name="Play", exact=True).nth(0).click()
        expect(page.locator(".play").nth(number)).to_have_text("Pause")
        expect(page.get_by_role("button", name="Pause")).to_have_count(1)


BROKEN = {
    "none.json": None,
    "text.json": "<html>",
    "shape.json": "{}",
    "empty.json": '{"version": "1.0", "paragraphs": [], "audio": [], "chapters": []}',
}


@pytest.mark.parametrize("name", [*BROKEN, "script.json", "javascript:alert(1)", ""])
def test_what_cannot_be_played_leaves_the_pages_own_link(
    context: BrowserContext, folder: Path, root: str, timeline: dict[str, Any], name: str
) -> None:
    if text := BROKEN.get(name):
        (folder / name).write_text(text, encoding="utf-8")
    if name == "script.json":
        hostile = timeline | {"audio": [{"src": "javascript:alert(1)", "type": "audio/mpeg"}]}
        (folder / name).write_text(json.dumps(hostile), encoding="utf-8")
    story = STORY.replace("spring.timeline.json", name)
    (folder / "broken.html").write_text(newsroom(story), encoding="utf-8")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{root}broken.html")
    page.wait_for_timeout(100)
    expect(page.get_by_role("link", name="聽本文")).to_be_visible()
    expect(page.get_by_role("button", name="播放")).to_have_count(0)
    assert errors == []


def test_text_of_a_timeline_is_never_markup(
    context: BrowserContext, folder: Path, root: str, timeline: dict[str, Any]
) -> None:
    hostile = timeline | {"title": "<img src=x onerror=alert(1)>", "byline": "<b>"}
    (folder / "hostile.json").write_text(json.dumps(hostile), encoding="utf-8")
    story = STORY.replace("spring.timeline.json", "hostile.json")
    (folder / "hostile.html").write_text(newsroom(story), encoding="utf-8")
    page = context.new_page()
    page.goto(f"{root}hostile.html")
    start(page)
    assert page.evaluate(f"{PLAYER}.shadowRoot.querySelectorAll('img, b').length") == 0


def test_without_script_the_pages_own_link_is_there(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}news.html")
    expect(page.get_by_role("link", name="聽本文")).to_be_visible()
    context.close()
