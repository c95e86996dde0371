"""What a reader cuts comes back in its place where a user's rule keeps it, in every format."""

from __future__ import annotations

import pytest
from files import docx_parts, epub_parts, paragraph, pdf, run, zipped

from readaloud.editing import edit
from readaloud.model import EditingRules, ReadingRules, SiteRule, Source
from readaloud.sources.readers import read

PROSE = "今天的雨下得很大，江水漫过了堤岸，附近的居民都撤到了山上。"
NEXT = "到了晚上雨才停下来，大家点起灯，清点人数，没有一个人受伤。"


def said(data: bytes | str, suffix: str, *keep: str, drop: tuple[str, ...] = ()) -> list[str]:
    """The lines that are spoken."""
    raw = data.encode() if isinstance(data, str) else data
    document = read(Source(f"a{suffix}", "a", suffix, raw))
    article = edit(document, EditingRules(drop=drop, keep=keep))
    blocks = [b for c in article.chapters for b in ((c.title, *c.blocks) if c.title else c.blocks)]
    return [block.text for block in blocks]


def page(before: str = "", inside: str = "", after: str = "") -> str:
    return (
        f"<html><body>{before}<article><h1>大雨</h1><p>{PROSE}</p>{inside}<p>{NEXT}</p></article>"
        f"{after}</body></html>"
    )


@pytest.mark.parametrize(
    ("html", "at"),
    [
        (page(before="<nav><a href=/>首页新闻</a></nav>"), 0),
        (page(before="<p>本报特稿，雨中来电</p>"), 0),
        (page(inside="<aside>本报特稿，雨中来电</aside>"), 2),
        (page(inside="<p hidden>本报特稿，雨中来电</p>"), 2),
        (page(inside="<p style='display:none'>本报特稿</p>"), 2),
        (page(inside="<div class=share>分享本报特稿</div>"), 2),
        (page(after="<footer>本报特稿 版权所有</footer>"), 3),
        (page(after="<div class=comments><p>网友说本报特稿好。</p></div>"), 3),
        (page(after="<ul><li><a href=1>本报特稿</a></ul>"), 3),
        (page(inside="<dialog>请登录看本报特稿</dialog>"), 2),
    ],
)
def test_of_a_page(html: str, at: int) -> None:
    plain = said(html, ".html")
    assert not any("特稿" in line or "首页" in line for line in plain)
    kept = said(html, ".html", "特稿|首页")
    assert [*kept[:at], *kept[at + 1 :]] == plain
    assert "特稿" in kept[at] or "首页" in kept[at]
    assert said(html, ".html", "特稿|首页", drop=("特稿|首页",)) == plain


def test_what_a_sites_own_rule_drops_stays_away() -> None:
    html = page(inside="<p class=ours>本报特稿，雨中来电。</p>")
    rules = ReadingRules((SiteRule("*", drop=(".ours",)),))
    document = read(Source("a.html", "a", ".html", html.encode()), rules)
    article = edit(document, EditingRules(keep=("特稿",)))
    assert [gone.text for gone in article.removed] == ["本报特稿，雨中来电。"]


def test_of_markdown() -> None:
    code = "```python\nx = 1\nprint(x)\n```"
    text = f"---\ntitle: 大雨\nauthor: 王小明\n---\n\n{PROSE}\n\n{code}\n\n{NEXT}\n"
    assert said(text, ".md", "author", "print") == [
        "大雨", "author: 王小明", PROSE, "此处为代码，略。", "print(x)", NEXT,
    ]  # fmt: skip


def test_of_docx() -> None:
    hidden = f"<w:p>{run('内部批注', '<w:vanish/>')}</w:p>"
    body = paragraph("第一章 大雨 1", "toc") + paragraph(PROSE) + hidden + paragraph(NEXT)
    data = zipped(docx_parts(body))
    plain = said(data, ".docx")
    assert plain == [PROSE, NEXT]
    kept = said(data, ".docx", "第一章", "批注")
    assert kept == ["第一章 大雨 1", PROSE, "内部批注", NEXT]


def test_of_epub() -> None:
    body = f"<h1>大雨</h1><p>{PROSE}</p><p hidden='hidden'>编者的话</p><p>{NEXT}</p>"
    data = zipped(epub_parts([body]))
    assert said(data, ".epub") == ["大雨", PROSE, NEXT]
    assert said(data, ".epub", "编者") == ["大雨", PROSE, "编者的话", NEXT]


def test_of_pdf() -> None:
    pages = [
        [
            (72, 800, 9, "江边日报"),
            (96, 700, 12, f"第{n}天早上还在下雨，到了晚上才停，大家"),
            (72, 682, 12, "都回家了。"),
            (300, 30, 9, f"- {n} -"),
        ]
        for n in range(1, 5)
    ]
    data = pdf(pages)
    plain = said(data, ".pdf")
    assert not any("日报" in line for line in plain)
    kept = said(data, ".pdf", "江边日报", "- 3 -")
    assert [line for line in kept if line == "江边日报"] == ["江边日报"] * 4
    assert kept[0] == "江边日报"
    assert kept.index("- 3 -") == kept.index(next(line for line in kept if "第3天" in line)) + 1
