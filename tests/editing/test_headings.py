from __future__ import annotations

import pytest
from samples import POEM, PROSE, STORY, article, headings, spoken

from readaloud.model import Block

TITLE = "平凡的岗位 不平凡的冬天"


def test_bare_short_lines_among_long_paragraphs() -> None:
    lines = [
        TITLE,
        PROSE[0],
        PROSE[1],
        "物资就是命令",
        PROSE[2],
        PROSE[3],
        "守住最后一道门",
        *PROSE[4:],
    ]
    found = article(*lines)
    assert headings(found) == [TITLE, "物资就是命令", "守住最后一道门"]
    assert spoken(found) == lines


def test_cries_are_headings_only_in_company() -> None:
    one = [TITLE, PROSE[0], PROSE[1], "他们吹响了集结号！", *PROSE[2:]]
    assert headings(article(*one)) == [TITLE]
    two = [TITLE, PROSE[0], "他们吹响了集结号！", *PROSE[1:4], "守卫一线生命健康！", *PROSE[4:]]
    assert headings(article(*two)) == [TITLE, "他们吹响了集结号！", "守卫一线生命健康！"]


def test_a_storys_short_lines_are_none() -> None:
    assert headings(article(*STORY)) == [None]
    assert headings(article("雨夜", *STORY, title="雨夜")) == ["雨夜"]


def test_verse_has_none() -> None:
    assert headings(article(*POEM)) == [None]
    assert headings(article(PROSE[0], *POEM, PROSE[1])) == [None]


@pytest.mark.parametrize(
    "line",
    [
        "“困难谁都有”",
        "图为工作人员正在消毒",
        "▲工作人员正在消毒",
        "记者：你们累不累",
        "——记一线后勤人员",
        "他说，",
        "本报记者 张三",
        "2020年2月5日",
        "新华社记者 李四 摄",
        "……",
    ],
)
def test_lines_that_only_look_short_are_none(line: str) -> None:
    lines = [TITLE, PROSE[0], line, PROSE[1], PROSE[2], "记者：后来呢", *PROSE[3:]]
    assert line not in headings(article(*lines))


@pytest.mark.parametrize(
    "numbered",
    [
        ["一、物资", "二、人员", "三、城市"],
        ["（一）物资", "（二）人员", "（三）城市"],
        ["1. 物资", "2. 人员", "3. 城市"],
        ["01", "02", "03"],
        ["第一章 物资", "第二章 人员", "第三章 城市"],
        ["Part 1", "Part 2", "Part 3"],
    ],
)
def test_numbered_lines(numbered: list[str]) -> None:
    lines = [TITLE]
    for number, first, second in zip(numbered, PROSE[:3], PROSE[3:], strict=True):
        lines += [number, first, second]
    assert headings(article(*lines)) == [TITLE, *numbered]


def test_a_numbered_list_is_none() -> None:
    steps = ["1. 打开电源", "2. 按下开关", "3. 等待三分钟"]
    assert headings(article(TITLE, PROSE[0], *steps, *PROSE[1:])) == [TITLE]
    assert headings(article(TITLE, PROSE[0], "第三部手机的故事。", *PROSE[1:])) == [TITLE]


def test_levels_of_numbered_lines() -> None:
    lines = ["一、物资", "（一）调配", PROSE[0], "（二）运输", PROSE[1], "二、人员", PROSE[2]]
    found = article(*lines)
    levels = [c.title.level for c in found.chapters if c.title]
    assert headings(found) == ["一、物资", "（一）调配", "（二）运输", "二、人员"]
    assert levels == [2, 3, 3, 2]


def test_bold_lines() -> None:
    bold = [Block("物资的故事", 3, strong=True), Block("人员", 6, strong=True)]
    found = article(TITLE, PROSE[0], bold[0], PROSE[1], PROSE[2], bold[1], PROSE[3])
    assert headings(found) == [TITLE, "物资的故事", "人员"]
    saying = Block("困难谁都有，重要的是想尽一切办法解决。", 3, strong=True)
    assert headings(article(TITLE, PROSE[0], saying, PROSE[1], PROSE[2])) == [TITLE]


def test_markup_is_believed_alone() -> None:
    marked = Block("物资", 4, "heading", 2)
    found = article(TITLE, PROSE[0], "物资就是命令", PROSE[1], marked, *PROSE[2:])
    assert headings(found) == [TITLE, "物资"]
    loud = Block(PROSE[0], 1, "heading", 4)
    assert headings(article(Block(TITLE, 1, "heading", 1), loud, marked, PROSE[1])) == [
        TITLE,
        "物资",
    ]


def test_ids_rise() -> None:
    blocks = [Block(f"第{n}节", n, "heading", 2) for n in range(1, 121)]
    ids = [chapter.id for chapter in article(*blocks).chapters]
    assert ids[:2] == ["c01", "c02"]
    assert ids[-1] == "c120"
