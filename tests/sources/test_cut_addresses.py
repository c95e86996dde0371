"""Addresses that a page cuts over a line break, or sets in several tags, are whole."""

from __future__ import annotations

import pytest

from readaloud.model import Source
from readaloud.sources.readers.html.reader import read_html


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
