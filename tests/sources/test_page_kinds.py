"""Marks of pages beside text: links in headings, code in lists, menus in Markdown, plain tables."""

from __future__ import annotations

import pytest

from readaloud.editing import edit
from readaloud.model import Article, ReadingRules, Source
from readaloud.sources import readers

PROSE = (
    "老城墙外的豆腐坊每天三点亮灯，磨浆机一响，整条街都知道新的一天开始了。",
    "师傅用老卤点浆，一勺一勺地淋，看见浆里结出花来就收手，多一勺就老了。",
    "头一板五点出，买的多是早点铺，第二板六点半，是街坊端着自己家的碗来买。",
)


def read(text: str, suffix: str) -> Article:
    return edit(readers.read(Source(f"a{suffix}", "a", suffix, text.encode()), ReadingRules()))


def page(*parts: str) -> Article:
    inside = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    return read(f"<html><body><article>{inside}</article></body></html>", ".html")


def said(article: Article) -> list[str]:
    return [block.text for chapter in article.chapters for block in chapter.blocks]


def titles(article: Article) -> list[str]:
    return [chapter.title.text for chapter in article.chapters if chapter.title]


@pytest.mark.parametrize(
    "link",
    [
        "<a>播报</a><a>编辑</a>",
        "[<a>编辑</a> | <a>编辑源代码</a>]",
        "<a href='#top'>回目录</a>",
        "<a>¶</a>",
    ],
)
def test_links_beside_a_heading_are_none_of_it(link: str) -> None:
    found = page("<h1>豆腐坊</h1>", PROSE[0], f"<h2>做法{link}</h2>", *PROSE[1:])
    assert titles(found) == ["豆腐坊", "做法"]


@pytest.mark.parametrize(
    "code",
    [
        "<pre><code>import csv\nprint(1)</code><ul><li>1</li><li>2</li></ul></pre>",
        "<pre></pre><ol><li><code>import csv</code></li><li><code>print(1)</code></li></ol>",
        "<div><span>11</span><span>12</span></div><pre><code>import csv\nprint(1)</code></pre>",
    ],
)
def test_the_lines_of_code_and_their_numbers_are_announced_once(code: str) -> None:
    texts = said(page("<h1>豆腐坊</h1>", PROSE[0], code, PROSE[1]))
    assert texts == [PROSE[0], "此处为代码，略。", PROSE[1]]


def test_a_list_of_commands_in_sentences_is_read() -> None:
    items = "<ol><li>先运行<code>ls</code>。</li><li>再看<code>a.txt</code>。</li><li>2</li></ol>"
    assert said(page("<h1>豆腐坊</h1>", PROSE[0], items, PROSE[1]))[-2] == "第三，2"


def test_a_menu_above_a_markdown_text_goes_and_links_among_its_sentences_stay() -> None:
    menu = "- [主页](/)\n- [归档](/a)\n- [关于](/b)\n"
    text = "\n\n".join(PROSE)
    assert said(read(f"{menu}\n# 豆腐坊\n\n{text}\n", ".md")) == list(PROSE)
    inside = f"# 豆腐坊\n\n{PROSE[0]}\n\n- [甲](/)\n- [乙](/)\n- [丙](/)\n\n{PROSE[1]}\n"
    assert said(read(inside, ".md")) == [PROSE[0], "甲", "乙", "丙", PROSE[1]]


def test_a_table_in_plain_text_may_count_in_characters() -> None:
    table = "日子    做饭    剩饭\n星期一  四十斤  三斤\n星期二  四十斤  五斤\n"
    texts = said(read(f"剩饭账\n\n{PROSE[0]}\n\n{table}\n{PROSE[1]}\n", ".txt"))
    assert any("星期一" in text and "四十斤" in text and "剩饭" in text for text in texts)
    poem = "一水  二山  三人\n四野  五云  六月\n七夕  八方  九天\n"
    assert "七夕 八方 九天" in said(read(f"山居\n\n{poem}\n{PROSE[0]}\n", ".txt"))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("一共有1,286,\n400尾鱼苗。", "一共有1,286,400尾鱼苗。"),
        ("第一回是12,\n二号来的人说。", None),
    ],
)
def test_an_amount_cut_at_its_comma_is_whole(lines: str, joined: str | None) -> None:
    texts = said(read(f"放流\n\n{PROSE[0]}\n\n{lines}\n", ".txt"))
    assert (joined in texts) is (joined is not None)


def test_an_alternative_text_that_says_the_title_is_not_it() -> None:
    body = "".join(f"<p>{text}</p>" for text in PROSE)
    image = "<h3><img src='1.jpg' alt='老豆腐坊重新开张'></h3>"
    head = "<head><title>老豆腐坊重新开张 - 某某网</title></head>"
    text = f"<html>{head}<body>{image}{body}</body></html>"
    found = read(text, ".html")
    assert found.title == "老豆腐坊重新开张"
    assert said(found) == list(PROSE)
