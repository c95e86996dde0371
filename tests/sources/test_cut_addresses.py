"""Addresses that a page cuts over a line break, or sets in several tags, are whole."""

from __future__ import annotations

import pytest

from readaloud.model import Source
from readaloud.sources.readers.html.reader import read_html
from readaloud.sources.readers.markdown.reader import read_markdown
from readaloud.sources.readers.text import read_text


def _read(inside: str) -> list[str]:
    page = f"<html><body>{inside}</body></html>"
    return [b.text for b in read_html(Source("a.html", "a", ".html", page.encode())).blocks]


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("报名请登录https://example.com/<br>apply.html填写。", "https://example.com/apply.html"),
        ("见http://www.example.com/a-<br/>b.html。", "http://www.example.com/a-b.html"),
        ("见http://<b>www</b>.<i>example</i>.com/<wbr>x。", "http://www.example.com/x"),
        (
            "<span>见https://example.com/news?</span><br><span>id=3，谢谢。</span>",
            "https://example.com/news?id=3",
        ),
        ("见<a href=x>http://example.com/news/<br>5.html</a>。", "http://example.com/news/5.html"),
        ("见https://example.com/news/\n2024/05.html。", "https://example.com/news/2024/05.html"),
        ("来信请寄editor@<br>example.com，谢谢。", "editor@example.com"),
        ("来信请寄editor@example.<br>com，谢谢。", "editor@example.com"),
        ("见https://example.com/a/<br>b/<br>c.pdf。", "https://example.com/a/b/c.pdf"),
    ],
)
def test_a_cut_address_is_joined(inside: str, line: str) -> None:
    (text,) = _read(f"<p>{inside}</p>")
    assert line in text


@pytest.mark.parametrize(
    "inside",
    [
        "<p>官网是https://www.example.com/。<br>欢迎访问。</p>",
        "<p>官网https://www.example.com/<br>欢迎访问。</p>",
        "<p>官网https://www.example.com/<br>2024年5月上线。</p>",
        "<p>https://example.com/a/<br>https://example.com/b/</p>",
        "<p>https://example.com/</p><p>2024 starts.</p>",
    ],
)
def test_what_follows_an_address_in_a_line_of_its_own_stays_there(inside: str) -> None:
    assert len(_read(inside)) == 2


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (
            "信箱是\ntidewater_readers\n@example.com.tw，信裡註明。",
            "tidewater_readers@example.com.tw",
        ),
        ("写信到 frozen-soil-\ndata@example.ac.cn 就会收到。", "frozen-soil-data@example.ac.cn"),
        ("帐号是 0081-6630-\n4471-25，汇款后告诉我。", "0081-6630-4471-25"),
        ("全年用去碎石 27,46\n0 吨。", "27,460 吨"),
        (
            "地址是https://cun\n.example.com/guangbo，点开就能放。",
            "https://cun.example.com/guangbo",
        ),
    ],
)
def test_what_a_line_of_text_cuts_is_joined(lines: str, whole: str) -> None:
    found = read_text(Source("a.txt", "a", ".txt", lines.encode()))
    assert any(whole in block.text for block in found.blocks)


def test_what_may_be_two_stays_two() -> None:
    lines = "一共 27,46\n72 个人来了。\n见 example-\n他走了。"
    assert len(read_text(Source("a.txt", "a", ".txt", lines.encode())).blocks) == 4


def test_text_is_unwrapped_around_addresses() -> None:
    lines = """秋季乡土植物识别营将于十月中旬在白鹭山举行，为期两天，面向十二
岁以上、对植物感兴趣的市民，不需要任何基础。

第一天上午沿溪谷步行，由植物园的老师讲解怎样看叶子、看树皮、看
芽；下午在林间做拓印，把喜欢的叶子留在布上带回家。

有意参加的朋友请在九月二十日以前打开 https://bailu.example.org/camp/
autumn/signup.html?group=plant&lang=zh 填写报名表，名额四十人，报满
为止。

营地不提供一次性餐具，请自带水杯、饭盒和筷子。山里早晚温差大，
务必带一件厚外套。"""
    found = read_text(Source("a.txt", "a", ".txt", lines.encode())).blocks
    assert len(found) == 4
    assert "https://bailu.example.org/camp/autumn/signup.html?group=plant&lang=zh" in found[2].text


def test_words_and_address_of_a_picture_may_both_be_cut() -> None:
    text = "旧收音机。\n\n![那只电容，已经\n鼓包了](https://pic.example.cn/Hs5\ndYw8/0?wx_fmt=jpeg)\n\n修好了。"
    found = read_markdown(Source("a.md", "a", ".md", text.encode()))
    assert [block.text for block in found.blocks] == [
        "旧收音机。",
        "那只电容，已经鼓包了",
        "修好了。",
    ]
