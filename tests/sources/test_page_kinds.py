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
        "<span>编辑本段</span><a href='#top'>回目录</a>",
        "<span>[<a>編輯</a> | <a>編輯原始碼</a>]</span>",
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


FORM = """
<div><h3>发表回复</h3><p>您的邮箱地址不会被公开。 必填项已用 * 标注</p>
<p><label>评论 *</label><textarea></textarea></p><p><label>显示名称 *</label><input></p>
<p><label>在此浏览器中保存我的显示名称、邮箱地址和网站地址，以便下次评论时使用。</label></p></div>
"""
COMMENTS = "".join(
    f"<li><strong>{name}</strong><p>{text}</p><p>{place} · {days}天前　回复　赞 {days * 7}</p></li>"
    for name, text, place, days in (
        ("芦花荡", "看哭了，我爸也是六十岁学的二胡，邻居投诉了两回。", "山东", 3),
        ("一颗卤蛋", "请问作者买的是什么豆子？完全不会挑啊。", "四川", 2),
        ("半文钱", "点浆我练了两年都没成，建议先练着吃。", "河北", 1),
    )
)
LINKS = "".join(f'<li><a href="/{n}">{"菜市场里卖豆花的父子"[: n + 6]}</a></li>' for n in range(4))


@pytest.mark.parametrize(
    "below",
    [
        FORM,
        f"<div><h4>全部留言 3</h4><ul>{COMMENTS}</ul></div>",
        f"<div>再读一篇</div><ul>{LINKS}</ul>",
    ],
)
def test_what_stands_below_an_article_is_known_by_its_shape(below: str) -> None:
    paragraphs = "".join(f"<p>{each}</p>" for each in PROSE)
    page = f"<html><body><div><h1>豆腐坊</h1>{paragraphs}</div>{below}</body></html>"
    assert said(read(page, ".html")) == list(PROSE)


def test_notes_beside_the_articles_container_are_the_articles() -> None:
    mark = '<sup id="r1"><a href="#fn1" class="footnote-ref">[1]</a></sup>'
    note = "这是民国八十二年的价钱，之后没有再调过。"
    paragraphs = "".join(f"<p>{each}{mark if not n else ''}</p>" for n, each in enumerate(PROSE))
    notes = f'<div class="footnotes"><ol><li id="fn1"><p>{note}</p></li></ol></div>'
    page = (
        f'<html><body><article><h1>豆腐坊</h1><div class="entry-content">{paragraphs * 3}</div>'
        f"{notes}</article></body></html>"
    )
    assert any(note in line for line in said(read(page, ".html")))


@pytest.mark.parametrize(
    "named", ['epub:type="footnote"', 'role="doc-footnote"', 'class="footnote"']
)
def test_an_aside_that_is_a_note_is_no_sidebar(named: str) -> None:
    note = "旧时学徒三年满师，期间没有工钱，只在年底发一身新布衫。"
    paragraphs = "".join(f"<p>{each}</p>" for each in PROSE)
    page = (
        f"<html><body><h1>豆腐坊</h1>{paragraphs}<aside {named}><p>{note}</p></aside></body></html>"
    )
    assert said(read(page, ".html")) == [*PROSE, note]
    beside = page.replace(named, 'class="box"')
    assert said(read(beside, ".html")) == list(PROSE)


def test_words_stand_in_columns_below_prose_only() -> None:
    rows = [
        "菜名      播种      采收",
        "辣椒      清明      小暑",
        "豇豆      谷雨      芒种",
        "萝卜      处暑      立冬",
    ]
    table = "\n".join(rows)
    found = said(read(f"豆腐坊\n\n{PROSE[0]}\n\n{table}\n\n{PROSE[1]}\n", ".txt"))
    assert "，".join(rows[1].split()) in found
    menu = said(read(f"{table}\n\n豆腐坊\n\n{PROSE[0]}\n\n{PROSE[1]}\n", ".txt"))
    assert "，".join(rows[1].split()) not in menu
