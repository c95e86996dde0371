from __future__ import annotations

import pytest

from readaloud.errors import UnreadableSourceError
from readaloud.model import Block, Document, Source
from readaloud.sources.readers.markdown.reader import read_markdown

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
    return read_markdown(Source("a.md", "a", ".md", text.encode()))


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
        Block("图片说明", 25, "caption", picture=1, described=True),
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


@pytest.mark.parametrize("opened", ["<style>", "<script>", "<!-- 注", "<textarea>", "<div hidden>"])
def test_an_unclosed_tag_swallows_nothing(opened: str) -> None:
    assert "后面的正文" in texts(f"前面{opened}的话\n\n后面的正文")
    assert "后面的正文" in texts(f"{opened}\n\n后面的正文")[-1]


def test_comments_are_dropped_and_tags_that_mean_nothing_are_shown() -> None:
    assert texts("甲<!-- 注 -->乙\n\n<!--\n注\n-->\n\n丙<foo>丁 1<2") == ["甲乙", "丙<foo>丁 1<2"]


def test_an_image_of_raw_html_is_a_caption() -> None:
    document = read('<div><img src="a.jpg" alt="工作人员"></div>')
    assert [(b.text, b.kind) for b in document.blocks] == [("工作人员", "caption")]


def test_footnotes_follow_the_paragraph_that_names_them() -> None:
    document = read(
        "甲[^1]，又[^注]。\n再[^1]\n\n乙[^9] [^甲] ^[当场的注]\n\n"
        "[^1]: 注一，见[^二]\n\n    注一的第二段\n\n[^注]: 注二\n[^二]: 注三\n[^余]: 没人提的"
    )
    assert [(b.line, b.text, b.kind) for b in document.blocks] == [
        (1, "甲，又。再", "paragraph"),
        (6, "注一，见", "note"),
        (8, "注一的第二段", "note"),
        (10, "注二", "note"),
        (11, "注三", "note"),
        (4, "乙 [^甲] （当场的注）", "paragraph"),
        (12, "没人提的", "note"),
    ]
    assert [(r.line, r.text) for r in document.removed] == [
        (1, "[^1]"),
        (1, "[^注]"),
        (2, "[^1]"),
        (4, "[^9]"),
        (6, "[^1]:"),
        (6, "[^二]"),
        (10, "[^注]:"),
        (11, "[^二]:"),
        (12, "[^余]:"),
    ]
    assert {r.reason for r in document.removed} == {"footnote mark"}


def test_remarks_that_look_like_definitions_stay() -> None:
    assert texts("[注]: 说明文字") == ["[注]: 说明文字"]
    assert texts("[链接][a]\n\n[a]: http://x.y") == ["链接"]


def test_boxes_of_task_lists_go_on_record() -> None:
    document = read("- [x] 完成\n- [ ] 未完成\n  1. [X] 嵌套\n- [x](http://a.b)\n\n[x] 正文")
    assert [b.text for b in document.blocks] == ["完成", "未完成", "嵌套", "x", "[x] 正文"]
    assert [(r.line, r.text, r.reason) for r in document.removed] == [
        (1, "[x]", "task mark"),
        (2, "[ ]", "task mark"),
        (3, "[X]", "task mark"),
    ]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("公式$E=mc^2$和$a_1*b*c_2$。", "公式E等于mc的平方和a1乘b乘c2。"),
        ("这是__重点__和snake__case__x", "这是重点和snake__case__x"),
        ("$$x*y*z$$", "x乘y乘z"),
        ("从$5涨到*约*$6", "从$5涨到约$6"),
        ("他说**“你好”**然后**（走）**了", "他说“你好”然后（走）了"),
        ("**「安全」**是規矩，2*3*4", "「安全」是規矩，2*3*4"),
        ("2 * 3 * 4 与 a_b_c 和 snake_case", "2 * 3 * 4 与 a_b_c 和 snake_case"),
        ("甲~~删~~乙 \\*丙\\* <https://a.b/c_d> `代_码`", "甲乙 *丙* https://a.b/c_d 代_码"),
        ("&nbsp;&amp;nbsp;甲&#12288;乙&ldquo;", "甲 乙“"),
    ],
)
def test_inline_marks(source: str, shown: str) -> None:
    assert texts(source) == [shown]


def test_a_first_level_heading_without_a_space() -> None:
    """Where it opens the file, or where the others are written like it."""
    kinds = [block.kind for block in read("#标题\n\n正文。\n\n#话题").blocks]
    assert kinds == ["heading", "paragraph", "paragraph"]
    kinds = [block.kind for block in read("正文。\n\n##标题\n\n正文。\n\n#标题").blocks]
    assert kinds == ["paragraph", "heading", "paragraph", "heading"]
    assert read("#话题#\n\n正文。").blocks[0].kind == "paragraph"


def test_headings_as_chinese_authors_write_them() -> None:
    document = read("##标题一\n\n##　标题二\n\n\u200b# 标题三\n\n#话题 #话题\n\n标题四\n===")
    assert [(b.text, b.level) for b in document.blocks] == [
        ("标题一", 2),
        ("标题二", 2),
        ("标题三", 1),
        ("#话题 #话题", 0),
        ("标题四", 1),
    ]


def test_definition_lists_and_hard_breaks() -> None:
    assert [(b.line, b.text, b.kind) for b in read("术语\n: 定义\n\n甲  \n乙\\\n丙").blocks] == [
        (1, "术语：定义", "item"),
        (4, "甲", "paragraph"),
        (5, "乙", "paragraph"),
        (6, "丙", "paragraph"),
    ]


@pytest.mark.parametrize(
    ("source", "blocks", "code"),
    [
        (
            "```python\n# 读文件\nf = open(p)\n```",
            ["此处为代码，略。"],
            ["# 读文件", "f = open(p)"],
        ),
        ("這是程式\n\n    pip install x", ["這是程式", "此處為程式碼，略。"], ["pip install x"]),
        ("```\n您好！\n谢谢您。\n```", ["您好！", "谢谢您。"], []),
        ("    缩进的散文，不是代码。", ["缩进的散文，不是代码。"], []),
        (
            "~~~js\nlet a = 1 // 这里写了很长的说明\n~~~",
            ["此处为代码，略。"],
            ["let a = 1 // 这里写了很长的说明"],
        ),
        ("```\na = 1\n```\n\n```\n甲乙丙丁\n```", ["此处为代码，略。", "甲乙丙丁"], ["a = 1"]),
    ],
)
def test_code_is_announced_and_prose_in_a_fence_is_read(
    source: str, blocks: list[str], code: list[str]
) -> None:
    document = read(source)
    assert [block.text for block in document.blocks] == blocks
    assert [removal.text for removal in document.removed] == code
    assert all(removal.reason == "code" for removal in document.removed)


def test_what_no_font_shows_goes_on_record() -> None:
    document = read("甲\n\n乙\ue000丙\ufffd")
    assert [b.text for b in document.blocks] == ["甲", "乙丙"]
    assert [(r.line, r.reason) for r in document.removed] == [(3, "unreadable character")]


def test_layout_marks_of_dialects_go_on_record() -> None:
    document = read(
        "[TOC]\n\n> [!NOTE] 请注意\n> 提示。\n\n::: tip 小贴士\n盒子里的话。\n:::\n\n"
        '{{< figure src="a.jpg" >}}\n\n==高亮==的{% raw %}字，a == b == c，::说明::'
    )
    assert [(b.line, b.text) for b in document.blocks] == [
        (3, "请注意"),
        (4, "提示。"),
        (6, "小贴士"),
        (7, "盒子里的话。"),
        (12, "高亮的字，a == b == c，::说明::"),
    ]
    assert [(r.line, r.text) for r in document.removed] == [
        (1, "[TOC]"),
        (3, "[!NOTE]"),
        (6, "::: tip"),
        (8, ":::"),
        (10, '{{< figure src="a.jpg" >}}'),
        (12, "{% raw %}"),
    ]


def test_prose_behind_a_code_fence_stays() -> None:
    assert [(b.text, b.line) for b in read("```这是散文\n第二行\n```").blocks] == [
        ("这是散文", 1),
        ("第二行", 2),
    ]


def test_nesting_that_the_parser_would_drop_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="deep"):
        read(">" * 200 + "文")


def test_rows_between_inner_bars_alone_are_a_table() -> None:
    """Three of as many cells, with numbers; words between bars are a menu."""
    table = texts("# 苹果\n\n品种 | 采收 | 批发价\n嘎啦 | 8月 | 3元\n富士 | 10月 | 5元\n")
    assert not any("|" in text for text in table)
    assert any("采收" in text and "8月" in text for text in table), table
    menu = "首页 | 新闻 | 体育\n财经 | 科技 | 汽车\n文化 | 教育 | 健康\n"
    assert any("|" in text for text in texts(f"# 苹果\n\n{menu}"))


def test_a_card_that_a_page_links_as_a_whole_is_links() -> None:
    card = (
        "[\n\n# 双层玻璃究竟差在哪？\n\n看两层之间充的是什么气。\n\n](https://example.com/1.html)\n"
    )
    listed = "* [2021-12-09\n\n  ##### 两地签署合作协议\n\n  ](8811.htm)\n"
    found = read("正文写在前面，一共一句。\n\n" + card + "\n" + listed)
    texts = [(block.text, block.kind, block.linked) for block in found.blocks]
    assert texts[1:] == [
        ("双层玻璃究竟差在哪？", "heading", True),
        ("看两层之间充的是什么气。", "paragraph", True),
        ("2021-12-09", "item", True),
        ("两地签署合作协议", "heading", True),
    ]


def test_a_link_to_a_script_shows_its_text() -> None:
    found = read("## [译文及注释](javascript:fanyiShow\\(9001\\))\n\n[回到上面](#top)\n")
    assert [(b.text, b.linked) for b in found.blocks] == [("译文及注释", True), ("回到上面", False)]
