from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ink import in_document, visible
from pages import PAGES, Page

from readaloud.editing import edit
from readaloud.errors import ConfigError, UnreadableSourceError
from readaloud.model import Block, Document, ReadingRules, SiteRule, Source
from readaloud.sources.readers import READERS
from readaloud.sources.readers import read as read_any
from readaloud.sources.readers.html.reader import DROPPED, HIDDEN, OUTSIDE, read_html

PAGE = """<!DOCTYPE html><html><head><meta charset="gbk"><title>武汉一线的故事_某某新闻网</title>
<meta name="author" content="张三"><meta property="article:published_time" content="2020-02-05">
<style>p {color: red}</style></head>
<body><nav><ul><li><a href=/>首页</a></li><li><a>新闻频道</a></li></ul></nav>
<div id="main">
<h1>武汉一线的故事</h1>
<p>　　这是第一段文字，讲述了医院后勤人员在春节期间坚守岗位的故事，他们默默无闻，
却同样肩负着重要工作。<span style="display:none">隐藏</span></p>
<figure><img src=a.jpg alt="工作人员正在消毒"><figcaption>图为工作人员消毒。</figcaption></figure>
<h2>物资</h2>
<p>第二段<ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby>\
讲述了物资服务中心迅速调配人员，多方筹措，\
火速开展工作，<a href="x">会议结束当天</a>就送到。\
<br>第三段在换行之后，继续讲述这个故事的后续发展情况。</p>
<blockquote><p>困难谁都有，重要的是想尽一切办法解决！</p></blockquote>
<table><tr><th>日期</th><th>数量</th></tr><tr><td><p>1月23日</p></td><td>3.5万</td></tr></table>
<ul><li>口罩</li><li>手套</li></ul>
<p><strong>小标题加粗</strong></p>
<p>最后一段文字，讲述了大家在这场战斗中的努力，疫情一定防得住，王主任这样告诉记者。</p>
</div>
<aside><h3>相关阅读</h3><ul><li><a>另一条新闻的标题</a></li></ul></aside>
<footer>版权所有</footer><script>var 脚本 = 1;</script></body></html>"""


def read(text: str) -> Document:
    return read_html(Source("a.html", "a", ".html", text.encode()))


def test_a_page() -> None:
    document = read_html(Source("a.html", "a", ".html", PAGE.encode("gbk", "xmlcharrefreplace")))
    assert (document.title, document.byline, document.date) == (
        "武汉一线的故事",
        "张三",
        "2020-02-05",
    )
    assert list(document.blocks) == [
        Block("武汉一线的故事", 6, "heading", 1),
        Block(
            "这是第一段文字，讲述了医院后勤人员在春节期间坚守岗位的故事，他们默默无闻，"
            "却同样肩负着重要工作。",
            7,
        ),
        Block("工作人员正在消毒", 9, "caption", picture=1, described=True),
        Block("图为工作人员消毒。", 9, "caption", picture=1),
        Block("物资", 10, "heading", 2),
        Block(
            "第二段漢字讲述了物资服务中心迅速调配人员，多方筹措，火速开展工作，会议结束当天就送到。",
            11,
            ruby=(("漢", "hàn"), ("字", "zì")),
        ),
        Block("第三段在换行之后，继续讲述这个故事的后续发展情况。", 11),
        Block("困难谁都有，重要的是想尽一切办法解决！", 12, "quote"),
        Block("日期，数量", 13, "row"),
        Block("1月23日，3.5万", 13, "row"),
        Block("口罩", 14, "item"),
        Block("手套", 14, "item"),
        Block("小标题加粗", 15, strong=True),
        Block(
            "最后一段文字，讲述了大家在这场战斗中的努力，疫情一定防得住，王主任这样告诉记者。", 16
        ),
    ]
    assert [(r.text, r.reason) for r in document.removed] == [
        ("首页", "navigation"),
        ("新闻频道", "navigation"),
        ("隐藏", HIDDEN),
        ("相关阅读", "sidebar"),
        ("另一条新闻的标题", "sidebar"),
        ("版权所有", "footer"),
    ]


def test_a_page_laid_out_with_tables_is_no_table() -> None:
    text = "这是一段很长的文字，讲述了后勤人员坚守岗位的故事。" * 10
    document = read(f"<table><tr><td>栏目</td><td>{text}<br>{text}</td></tr></table>")
    assert [b.kind for b in document.blocks] == ["paragraph"] * len(document.blocks)
    assert [b.text for b in document.blocks].count(text) == 2


def test_a_page_that_hides_its_text_until_a_script_runs_is_read() -> None:
    text = "这是一段很长的文字，讲述了后勤人员坚守岗位的故事。"
    assert read(f'<div style="visibility: hidden"><p>{text}</p></div>').blocks[0].text == text


def test_a_heading_over_two_lines_is_one() -> None:
    assert (
        read("<h1>以堅強的後勤<br>踐行責任</h1><p>正文。</p>").blocks[0].text
        == "以堅強的後勤 踐行責任"
    )


def test_file_names_and_placeholders_are_no_captions() -> None:
    text = (
        '<p>正文的文字。</p><img alt="IMG_01.jpg"><img alt="图片"><img alt=""><p>后文的文字。</p>'
    )
    article = edit(read(text))
    (chapter,) = article.chapters
    assert [b.text for b in chapter.blocks] == ["正文的文字。", "后文的文字。"]
    assert [r.text for r in article.removed] == ["IMG_01.jpg", "图片"]


def test_preformatted_text_keeps_its_lines() -> None:
    document = read("<p>甲</p>\n<pre>\n第一行\n\n第三行</pre>")
    assert [(b.text, b.line, b.kind) for b in document.blocks[1:]] == [
        ("第一行", 3, "code"),
        ("第三行", 5, "code"),
    ]


def test_an_empty_page_has_no_blocks() -> None:
    assert read("").blocks == ()
    assert read("<html></html>").blocks == ()


def test_nesting_beyond_the_parser_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="depth"):
        read("<div>" * 5000 + "里面" + "</div>" * 5000 + "<p>后面</p>")


def test_pages_are_known_by_their_first_tag_too() -> None:
    source = Source("a.txt", "a", ".txt", b"\xef\xbb\xbf\n<!doctype HTML><p>a")
    assert READERS.find("html").detect(source)
    assert read_any(source).blocks[0].text == "a"
    assert not READERS.find("html").detect(Source("a.txt", "a", ".txt", "<html标签".encode()))


def test_a_long_page_is_read_quickly(seed: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in seed.read_text("utf-8").splitlines() if line)
    spam = "好的，" * 57_000
    document = read(f"<body><article>{paragraphs}<p>{spam}</p></article></body>")
    assert any(len(block.text) == 171_000 for block in document.blocks)


prose = st.text("甲乙丙丁，。！ab12 \n\u3000\u200b⽤&<", min_size=1, max_size=40)
sentences = prose.map(lambda text: "这是一段比较长的正文文字，讲述了一个故事。" + text)
tags = st.sampled_from(
    re.findall(
        r"\S+",
        "p div span b a li ul h1 h3 td tr table blockquote nav footer pre ruby rt article section "
        "figure figcaption button em details option center x-y",
    )
)
nodes: st.SearchStrategy[str] = st.recursive(
    (prose | sentences).map(html.escape) | st.sampled_from(["<br>", "<!-- 注 -->", "<hr>"]),
    lambda inner: st.builds(
        lambda tag, children: f"<{tag}>{''.join(children)}</{tag}>",
        tags,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(nodes, max_size=5))
def test_every_visible_character_is_kept_or_on_record(pieces: list[str]) -> None:
    page = f"<html><body>{''.join(pieces)}</body></html>"
    document = read(page)
    found = [block.text for block in document.blocks]
    found += [reading for block in document.blocks for _, reading in block.ruby]
    found += [removal.text for removal in document.removed]
    shown = visible(html.unescape(_strip_tags(page)))
    # Rows are read with commas between their cells, readings of ruby come after their line.
    assert not _count(shown) - _count("".join(found))


def _strip_tags(page: str) -> str:
    return re.sub(r"<!-- 注 -->|</?[a-z][a-z0-9-]*>", "", page)


def _count(text: str) -> Counter[str]:
    return Counter(visible(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(prose.filter(str.strip), min_size=1, max_size=12))
def test_order_is_kept(texts: list[str]) -> None:
    document = read("".join(f"<p>{html.escape(text)}</p>\n" for text in texts))
    assert in_document(document) == visible("".join(texts))


def test_text_behind_the_end_of_the_page_is_read() -> None:
    document = read("<html><body><p>甲甲甲。</p></body></html>\n<p>尾巴段落。</p>尾巴文字。")
    found = [b.text for b in document.blocks] + [gone.text for gone in document.removed]
    assert found == ["甲甲甲。", "尾巴段落。", "尾巴文字。"]


def test_links_outside_the_article_go_though_the_extractor_takes_them() -> None:
    text = "這是一段很長的文字，講述了後勤人員在春節期間堅守崗位的故事，他們默默無聞。"
    links = "<td><a href=1>即時</a><br><a href=2>熱門</a></td>"
    document = read(
        f"<table><tr>{links}<td><div><h1>後勤人</h1>"
        f"<div>{text}<br><br>{text * 2}</div></div></td></tr></table>"
    )
    assert [b.text for b in document.blocks] == ["後勤人", text, text * 2]
    assert [r.text for r in document.removed] == ["即時", "熱門"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_as_sites_make_them(page: Page) -> None:
    data = page.html.encode(page.encoding, "xmlcharrefreplace")
    document = read_html(Source("a.html", "a", ".html", data))
    texts = [block.text for block in document.blocks]
    assert document.title == page.title
    assert [text for text in texts if text in page.spoken] == list(page.spoken)
    assert [word for word in page.silent if any(word in text for text in texts)] == []
    marked = [block.text for block in document.blocks if block.kind == "heading"]
    assert [text for text in marked if text != page.title] == list(page.headings)
    gone = "".join(removal.text for removal in document.removed)
    assert [word for word in page.silent if word not in gone] == []


def test_what_pages_state_about_their_article() -> None:
    wechat, amp = (read(p.html) for p in PAGES if p.name in {"wechat", "amp"})
    assert (wechat.byline, wechat.date) == ("江城发布", "2024-05-06")
    assert (amp.byline, amp.date) == ("李四", "2024-05-06")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>雨夜_新闻频道_江城网</title>", "雨夜"),
        ("<title>雨夜 - 江城新闻</title>", "雨夜"),
        ("<title>雨夜-江城日报</title>", "雨夜"),
        ("<title>COVID-19 疫苗</title>", "COVID-19 疫苗"),
        ("<title>上海-南京高铁开通</title>", "上海-南京高铁开通"),
        ('<meta property="og:site_name" content="甲乙"><title>雨夜 | 甲乙</title>', "雨夜"),
        ("<script>var msg_title = '雨\"夜';</script>", '雨"夜'),
        ('<script type="application/ld+json">{broken</script><title>首页</title>', None),
    ],
)
def test_titles_lose_the_name_of_the_site(head: str, title: str | None) -> None:
    assert (
        read(f"<html><head>{head}</head><body><p>正文的第一句话。</p></body></html>").title == title
    )


def test_a_users_rules_find_the_article_of_a_site() -> None:
    page = (
        '<link rel=canonical href="https://www.a.cn/1">'
        "<div id=x><p>甲。</p><i class=y>乙</i></div><p>丙。</p>"
    )
    source = Source("a.html", "a", ".html", page.encode())
    for content in ("#x", "//div[@id='x']"):
        rule = SiteRule("a.cn", content, (".y",))
        document = read_any(source, ReadingRules((SiteRule("b.cn", "p"), rule)))
        assert [block.text for block in document.blocks] == ["甲。"]
        assert [gone.reason for gone in document.removed] == [DROPPED, OUTSIDE]
    for broken in ("p[", "//p[", "count(//p)", "//p/text()"):
        with pytest.raises(ConfigError, match="selector"):
            read_any(source, ReadingRules((SiteRule("*", broken),)))


def test_hostile_pages_are_refused_or_read_quickly() -> None:
    with pytest.raises(UnreadableSourceError, match="too large"):
        read("<p>甲" * 500_000)
    with pytest.raises(UnreadableSourceError, match="too large"):
        read(f"<p>{'好' * 8_500_000}</p>")
    picture = f'<p>甲。</p><img alt="乙图" src="data:image/png;base64,{"A" * 20_000_000}">'
    assert [block.text for block in read(picture).blocks] == ["甲。", "乙图"]
    with pytest.raises(UnreadableSourceError, match="depth"):
        read("<div>" * 100_000 + "里面")
    assert read("<p>甲<b>乙<div>丙</p></i>丁<table><tr><td>戊").blocks[0].text == "甲乙"


def test_text_that_the_parser_leaves_in_the_head_is_read() -> None:
    document = read("<title>雨</title><article><h1>雨</h1><p>请带伞。</p></article>")
    assert [block.text for block in document.blocks] == ["雨", "请带伞。"]
    document = read("<html><head><title>雨</title><main><p>请带伞。</p></main></head></html>")
    assert [block.text for block in document.blocks] == ["请带伞。"]


def test_the_line_with_the_date_is_no_text() -> None:
    long = "这是一段很长的文字，讲述了后勤人员坚守岗位的故事。"
    document = read(
        "<h1>雨</h1><div>2024年05月06日 08:00 江城晚报</div>"
        f"<div class=article-content><p>{long}</p><p>江城市政府</p><p>2024年5月6日</p></div>"
    )
    assert [block.text for block in document.blocks] == ["雨", long, "江城市政府", "2024年5月6日"]
    assert document.date == "2024-05-06"


@pytest.mark.parametrize(
    "title",
    [
        "石磨_云海百科——人人可编辑的自由百科全书",
        "石磨（工具）_云海百科，让知识流动起来",
        "石磨（工具）- 云海百科，让知识流动起来",
    ],
)
def test_a_short_heading_between_the_strokes_of_the_title_is_the_title(title: str) -> None:
    slogan = "人人可编辑的自由百科全书"
    page = f"<title>{title}</title><p>{slogan}</p><h1>石磨</h1><p>{'石磨有两片。' * 9}</p>"
    assert read(page).title == "石磨"


@pytest.mark.parametrize("line", ["云海百科，让知识流动", "来自云海百科，让知识流动"])
def test_the_site_s_line_beside_the_title_is_on_record(line: str) -> None:
    head = f"<title>石磨 - 云海百科，让知识流动</title><div>{line}</div><h1>石磨</h1>"
    found = read(f"{head}<p>{'石磨有两片。' * 9}</p><p>{line}</p>")
    assert [block.text for block in found.blocks] == ["石磨", "石磨有两片。" * 9, line]
    assert [removal.text for removal in found.removed] == [line]


@pytest.mark.parametrize(
    "title", ["云溪日报｜石磨坊的早晨", "晨光 - 石磨坊的早晨", "石磨坊的早晨 - 晨光"]
)
def test_a_title_below_the_site_s_name_is_kept(title: str) -> None:
    house = "云溪日报" if "日报" in title else "晨光"
    head = f"<title>{title}</title><h1>{house}</h1><div>石磨坊的早晨</div>"
    texts = [block.text for block in read(f"{head}<p>{'石磨有两片。' * 9}</p>").blocks]
    assert "石磨坊的早晨" in texts
