from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ink import in_document, visible

from readaloud.errors import UnreadableSourceError
from readaloud.models import Block, Document, Source
from readaloud.readers.markdown import MarkdownReader

SAMPLE = """\
---
title: "武汉的故事"
author: 张三
date: 2020-02-05
tags: [疫情]
---

# 武汉的故事

第一段，**加粗**的文字[链接](http://a.b/c)，
继续这一段。<br>第三行

## 二级 `code`

- 甲
  - 乙

> 引用
> 第二行

| 日期 | 数量 |
|---|---|
| 1月 | 3 |

![图片说明](a.jpg)

**小标题**

```python
def f():

    return 1
```

<ruby>漢<rt>hàn</rt></ruby>字
"""


def read(text: str) -> Document:
    return MarkdownReader().read(Source("a.md", "a", ".md", text.encode()))


def texts(text: str) -> list[str]:
    return [block.text for block in read(text).blocks]


def test_every_construct() -> None:
    document = read(SAMPLE)
    assert (document.title, document.byline, document.date) == ("武汉的故事", "张三", "2020-02-05")
    assert list(document.blocks) == [
        Block("武汉的故事", 8, "heading", 1),
        Block("第一段，加粗的文字链接，继续这一段。", 10),
        Block("第三行", 11),
        Block("二级 code", 13, "heading", 2),
        Block("甲", 15, "item"),
        Block("乙", 16, "item"),
        Block("引用第二行", 18, "quote"),
        Block("日期，数量", 21, "row"),
        Block("1月，3", 23, "row"),
        Block("图片说明", 25, "caption"),
        Block("小标题", 27, strong=True),
        Block("此处为代码，略。", 30, "note"),
        Block("漢字", 35, ruby=(("漢", "hàn"),)),
    ]
    assert [(r.line, r.text, r.reason) for r in document.removed] == [
        (3, "author: 张三", "front matter"),
        (4, "date: 2020-02-05", "front matter"),
        (5, "tags: [疫情]", "front matter"),
        (30, "def f():", "code"),
        (32, "return 1", "code"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\n正文\n---\n正文",
        "---\ntitle: 没有结尾\n正文",
        "---\n\n正文",
        "---",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    document = read(text)
    assert document.title is None
    assert not document.removed


def test_a_wrong_date_is_none() -> None:
    assert read("---\ndate: 2020-13-45\n---\n文").date is None


@pytest.mark.parametrize("opened", ["<style>", "<script>", "<!-- 注", "<textarea>", "<div hidden>"])
def test_an_unclosed_tag_swallows_nothing(opened: str) -> None:
    assert "后面的正文" in texts(f"前面{opened}的话\n\n后面的正文")
    assert "后面的正文" in texts(f"{opened}\n\n后面的正文")[-1]


def test_comments_are_dropped_and_tags_that_mean_nothing_are_shown() -> None:
    assert texts("甲<!-- 注 -->乙\n\n<!--\n注\n-->\n\n丙<foo>丁 1<2") == ["甲乙", "丙<foo>丁 1<2"]


def test_an_image_of_raw_html_is_a_caption() -> None:
    document = read('<div><img src="a.jpg" alt="工作人员"></div>')
    assert [(b.text, b.kind) for b in document.blocks] == [("工作人员", "caption")]


def test_footnotes_and_remarks_that_look_like_definitions_stay() -> None:
    assert texts("正文[^1]\n\n[^1]: 这是脚注\n\n[注]: 说明文字") == [
        "正文[^1]",
        "[^1]: 这是脚注",
        "[注]: 说明文字",
    ]
    assert texts("[链接][a]\n\n[a]: http://x.y") == ["链接"]


def test_prose_behind_a_code_fence_stays() -> None:
    assert [(b.text, b.line) for b in read("```这是散文\n第二行\n```").blocks] == [
        ("这是散文", 1),
        ("第二行", 2),
    ]


def test_nesting_that_the_parser_would_drop_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="deep"):
        read(">" * 200 + "文")


prose = st.text("甲乙丙，。！？“”（）《》ab 12", min_size=1, max_size=30)
parts = st.one_of(
    prose,
    prose.map(lambda text: f"# {text}"),
    prose.map(lambda text: f"- {text}"),
    prose.map(lambda text: f"> {text}"),
    prose.map(lambda text: f"```\n{text}\n```"),
    prose.map(lambda text: f"<div>{text}</div>"),
    st.lists(prose, min_size=1, max_size=3).map("\n".join),
)


@given(st.lists(parts, max_size=12))
def test_no_visible_character_is_lost(pieces: list[str]) -> None:
    text = "\n\n".join(pieces)
    plain = visible(text)
    for mark in ("<div>", "</div>", "#", ">", "-", "`"):
        plain = plain.replace(mark, "")
    found = in_document(read(text))
    # A numbered list shows its numbers, but not as text.
    assert _letters(plain) == _letters(found)


def _letters(text: str) -> str:
    return "".join(char for char in text if not char.isdigit() and char not in "#>-`")


@given(st.text("甲乙。\n\n#>-*_`[]()!<>|&:\\ ab1~=", max_size=200))
def test_no_chinese_character_is_lost_in_any_markup(text: str) -> None:
    found = in_document(read(text))
    assert [c for c in text if c in "甲乙。"] == [c for c in found if c in "甲乙。"]
