"""The sample article comes out exactly: the test of all the rules together."""

from __future__ import annotations

from pathlib import Path

from readaloud.editing import edit
from readaloud.model import Article
from readaloud.sources.find import load_source
from readaloud.sources.readers import read

TITLE = "【致敬】以堅強的後勤保障踐行責任擔當 向疫情防控保障戰線的“戰友”們致敬!"
HEADINGS = {
    14: "為保證“前線”物資充足 他們吹響“集結號”!",
    34: "築牢安全救治屏障 守衛一線生命健康!",
    72: "平凡崗位詮釋責任擔當你們是“戰士”們的堅強後盾!",
}


def article_of(seed: Path) -> Article:
    return edit(read(load_source(seed)))


def lines_of(seed: Path) -> dict[int, str]:
    raw = seed.read_text("utf-8").splitlines()
    return {number: line for number, line in enumerate(raw, 1) if line}


def test_title_byline_and_language(seed: Path) -> None:
    article = article_of(seed)
    assert article.title == TITLE
    assert article.byline == "姜曉萌 趙太迎"
    assert article.language == "zh-Hant"
    assert article.date is None


def test_chapters(seed: Path) -> None:
    article = article_of(seed)
    titles = [(c.id, c.title.line, c.title.text) for c in article.chapters if c.title]
    assert titles == [
        ("c01", 1, TITLE),
        *((f"c{n:02}", line, text) for n, (line, text) in enumerate(HEADINGS.items(), 2)),
    ]
    levels = [(c.title.kind, c.title.level) for c in article.chapters if c.title]
    assert levels == [("heading", 1), *[("heading", 2)] * 3]


def test_every_paragraph_is_kept_whole_and_in_order(seed: Path) -> None:
    spoken = [(b.line, b.text) for c in article_of(seed).chapters for b in c.blocks]
    expected = [
        (line, text)
        for line, text in lines_of(seed).items()
        if text != TITLE and line not in HEADINGS and line < 98
    ]
    assert spoken == expected
    assert spoken[0] == (4, lines_of(seed)[4])
    assert spoken[0][1].endswith("機關黨支部")
    assert spoken[-1][1].endswith("(姜曉萌 趙太迎)")


def test_what_is_removed_is_on_record(seed: Path) -> None:
    repeats = [line for line, text in lines_of(seed).items() if text == TITLE][1:]
    assert [(r.line, r.text, r.reason) for r in article_of(seed).removed] == [
        *((line, TITLE, "repeats the title (line 1)") for line in repeats),
        (98, "分享到:", "share bar"),
        (101, "相關文章:", "list of other articles"),
    ]
