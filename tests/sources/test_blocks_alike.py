"""Readers' comments and teasers are known by their shape; what only looks like them stays."""

from __future__ import annotations

import pytest

from readaloud.model import Source
from readaloud.sources.readers.html.reader import read_html

BODY = (
    "山脚下的老茶厂今年春天重新开了门，二十名工人回到了炒锅旁边。",
    "厂长说，头一批茶叶已经卖到了省城，价格比去年高出一成。",
    "“锅要热，手要快。”老师傅一边翻叶子一边说。",
)
SAID = (
    (1, "阿芳", "写得真好，我们家也做茶，春天是最忙的时候了。"),
    (2, "大山", "价格高一成恐怕也不够成本，年轻人还是不愿意回来。"),
)
TITLE = "老茶厂重新开门"
HEAD = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
ARTICLE = f"{HEAD}<div>{''.join(f'<p>{text}</p>' for text in BODY)}</div>"


def _each(form: str) -> str:
    return "".join(form.format(n=n, name=name, text=text) for n, name, text in SAID)


COMMENTS = {
    "schema": "<section>"
    + _each("<div itemscope itemtype='https://schema.org/Comment'><b>{name}</b><p>{text}</p></div>")
    + "</section>",
    "floors": "<div>"
    + _each("<div><img src='/face/{n}.gif'><b>{name}</b><i>第{n}楼</i><p>{text}</p></div>")
    + "</div>",
    "definitions": "<dl>"
    + _each(
        "<dt><a href='/home/{n}'>{name}</a> 发表于 2019-3-{n} 11:02 <a href=#r>回复</a></dt>"
        "<dd>{text}</dd>"
    )
    + "</dl>",
    "Taiwan": "<ul>"
    + _each("<li><p class=nick>{name} 於 2014/05/1{n} 09:20 回覆</p><p>{text}</p></li>")
    + "</ul>",
    "Chinese name": "<div class='文章评论'><p>网友甲：以前的老锅现在还在用，真是不容易。</p></div>",
    "likes": "<div>"
    + _each(
        "<div><a href='/u/{n}'>{name}</a><span>：{text}</span>"
        "<div>{n}小时前 <a href='javascript:;'>赞[{n}]</a></div></div>"
    )
    + "</div>",
    "English": "<div>"
    + _each(
        "<div><header><b>{name}</b> <time>{n} days ago</time></header><div>{text}</div>"
        "<a href='#'>Reply</a></div>"
    )
    + "</div>",
    "flat": "<div>"
    + _each(
        "<hr><p><a href='mailto:a@b'>{name}</a> (2003-05-1{n} 20:11:44) "
        "[<a href='reply.asp?id={n}'>回复</a>]</p><p>{text}</p>"
    )
    + "</div>",
    "more than the article": "<div id=comments><h3>评论</h3>"
    + _each(
        "<h4><a href='#{n}'>#</a> 2004-12-27 12:4{n} <a id=NameLink>{name}</a></h4><p>"
        + "{text}" * 20
        + "</p>"
    )
    + "</div>",
    "a form": "<form action=/post><p>请文明发言，登录后再发表您的看法。</p>"
    "<input name=n><textarea></textarea></form><div><h3>热门</h3><p>江边公园明天重新开放</p></div>",
    "teasers": "<ul>"
    + "".join(
        f"<li><h4><a href='/{n}.html'>江边公园明天重新开放</a></h4><p>2024-05-2{n} 09:41</p>"
        "<p>近日，公园里的花都开了，欢迎市民前往。【详细】</p></li>"
        for n in range(3)
    )
    + "</ul>",
}
OWN = {
    "live": "".join(
        f"<div><span>2024-03-05 0{n}:30</span><p>{text}</p></div>" for n, text in enumerate(BODY)
    ),
    "live, by several reporters": "<p>本报记者今天一早到了茶厂门口，从开门到收工为你直播。</p>"
    "<p>今天天气晴好，山上的雾还没有散尽，来的人已经很多，厂门口停满了车，大家都在等开门。</p>"
    + "".join(
        f"<div><img class=avatar src=/{n}.jpg><span>{n + 1}小时前</span><p>{text * 3}</p></div>"
        for n, text in enumerate(BODY)
    ),
    "diary": "".join(f"<h3>2020年3月{n}日 01:10</h3><p>{text}</p>" for n, text in enumerate(BODY)),
    "readers' questions": "".join(
        f"<div><p><b>网友{n}：</b></p><p>{text}</p></div>" for n, text in enumerate(BODY)
    ),
    "opinion": f"<div class='comment-article'>{''.join(f'<p>{text}</p>' for text in BODY)}</div>",
    "chronicle": "".join(
        f"<div><b>201{n}-05-01</b><p><a href='/user/x'>厂里</a>{text}</p></div>"
        for n, text in enumerate(BODY)
    ),
}


def _read(page: str) -> list[str]:
    document = read_html(Source("a.html", "a", ".html", page.encode()))
    return [block.text for block in document.blocks if block.text != TITLE]


@pytest.mark.parametrize("kind", COMMENTS)
def test_comments_and_teasers_are_left_out(kind: str) -> None:
    assert _read(ARTICLE + COMMENTS[kind]) == list(BODY)


@pytest.mark.parametrize("kind", OWN)
def test_what_only_looks_like_comments_stays(kind: str) -> None:
    said = "\n".join(_read(HEAD + OWN[kind]))
    assert all(text in said for text in BODY)
    assert kind != "diary" or said.count("2020年3月") == 3


def test_on_a_thread_the_first_block_is_the_article_and_its_writer_may_add_to_it() -> None:
    posts = [("lao", "".join(BODY[:2])), ("bai", "写得真好，顶一个。"), ("lao", BODY[2])]
    page = HEAD + "".join(
        f"<div><p><a href='space.php?uid={name}'>{name}</a></p><div>发表于 2008-6-{n} 11:30</div>"
        f"<div><p>{text}</p></div></div>"
        for n, (name, text) in enumerate(posts, 1)
    )
    said = "\n".join(_read(page))
    assert all(text in said for text in BODY)
    assert "顶一个" not in said


def test_a_line_of_time_and_source_above_the_text_gives_the_date() -> None:
    page = ARTICLE.replace("</h1>", "</h1><p>茶网 2005年03月21日 11:21 《茶周刊》</p>")
    document = read_html(Source("a.html", "a", ".html", page.encode()))
    assert document.date == "2005-03-21"
    assert [block.text for block in document.blocks] == [TITLE, *BODY]


@pytest.mark.parametrize(
    "line", ["第1页/共3页 << 上一页 | 下一页 >>", "[1] [2] [3] [4]", "上一頁 1 2 3 下一頁"]
)
def test_lines_that_lead_to_other_pages_are_left_out(line: str) -> None:
    line = line.replace("<", "&lt;").replace(">", "&gt;")
    assert _read(ARTICLE.replace("</div>", f"<p>{line}</p></div>")) == list(BODY)
