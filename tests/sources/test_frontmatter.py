from __future__ import annotations

import pytest

from readaloud.model import Document, Source
from readaloud.sources.readers.markdown.reader import read_markdown


def read(text: str) -> Document:
    return read_markdown(Source("a.md", "a", ".md", text.encode()))


@pytest.mark.parametrize(
    ("head", "title", "byline", "date"),
    [
        (
            "---\ntitle: '甲''乙'\nauthors:\n  - name: 张三\n    email: a@b.c\n  - 李四\n---",
            "甲'乙",
            "张三 李四",
            None,
        ),
        (
            "---\ntitle: >-\n  长的标题\n  分两行\nauthor: [张三, 李四]\ndate: '2020-1-2'\n---",
            "长的标题分两行",
            "张三 李四",
            "2020-01-02",
        ),
        ('---\ntitle: 甲: 乙 # 注\nauthor:\n- "张三"\n# 注\n---', "甲: 乙", "张三", None),
        ('---\ntitle: "[甲]乙 #1"\nauthor: {name: 张三}\n...', "[甲]乙 #1", "张三", None),
        ("---\nTitle: [甲]乙\nauthors: [\n  张三,\n  李四\n]\n---", "[甲]乙", "张三 李四", None),
        (
            '+++\ntitle = "甲=乙" # 注\nauthors = ["张三", "李四"]\n'
            "date = 2020-02-05T10:00:00Z\n[extra]\nx = 1\n+++",
            "甲=乙",
            "张三 李四",
            "2020-02-05",
        ),
        ("---\nlayout: post\n---", None, None, None),
    ],
)
def test_front_matter(head: str, title: str | None, byline: str | None, date: str | None) -> None:
    document = read(f"{head}\n\n正文")
    assert (document.title, document.byline, document.date) == (title, byline, date)
    assert [block.text for block in document.blocks] == ["正文"]
    assert document.blocks[0].line == head.count("\n") + 3
    assert {removal.reason for removal in document.removed} <= {"front matter"}


@pytest.mark.parametrize(
    "text",
    [
        "---\n正文\n---\n正文",
        "---\ntitle: 没有结尾\n正文",
        "---\n\n正文",
        "+++\n正文\n+++",
        "---",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    document = read(text)
    assert document.title is None
    assert not document.removed


def test_a_wrong_date_is_none() -> None:
    assert read("---\ndate: 2020-13-45\n---\n文").date is None
