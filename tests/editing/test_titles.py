from __future__ import annotations

import pytest
from samples import POEM, PROSE, STORY, article, headings, spoken

from readaloud.model import Block


@pytest.mark.parametrize(
    "line",
    [
        "平凡的岗位 不平凡的冬天",
        "【致敬】为守护城市的人们点赞",
        "武汉抗疫：一线后勤人员的故事",
        "向疫情防控战线的“战友”们致敬！",
        "他们为什么能坚持到今天？",
    ],
)
def test_a_first_line_with_the_looks_of_a_title_is_one(line: str) -> None:
    found = article(line, *PROSE)
    assert found.title == line
    assert headings(found)[0] == line


@pytest.mark.parametrize(
    "line",
    [
        "天亮了！",
        "雨停了。",
        "“你在等谁？”",
        "他怎么也没有想到，会在这里遇见她！",
        "一、物资的故事",
        "2020年2月5日",
        "————",
        PROSE[5],
    ],
)
def test_where_no_title_is_given_none_is_invented(line: str) -> None:
    found = article(line, *PROSE)
    assert found.title is None
    assert spoken(found) == [line, *PROSE]


def test_verse_without_a_title_has_none() -> None:
    found = article(*POEM)
    assert found.title is None
    assert spoken(found) == POEM


def test_verse_with_a_title_that_stands_apart_has_one() -> None:
    blocks = [Block("再别康桥", 1), *(Block(text, n) for n, text in enumerate(POEM, 3))]
    assert article(*blocks).title == "再别康桥"


def test_a_story_has_no_title() -> None:
    assert article(*STORY).title is None


def test_one_line_is_text() -> None:
    found = article("你好，世界")
    assert (found.title, spoken(found)) == (None, ["你好，世界"])


def test_a_stated_title_opens_the_article_and_is_not_said_twice() -> None:
    found = article("武汉的 故事", *PROSE, title="武汉的故事")
    assert found.title == "武汉的故事"
    assert spoken(found) == ["武汉的 故事", *PROSE]
    found = article(*PROSE, title="武汉的故事")
    assert spoken(found) == ["武汉的故事", *PROSE]


def test_a_marked_heading_is_the_title_where_it_opens_the_article() -> None:
    h1, h2 = Block("武汉的故事", 2, "heading", 1), Block("物资", 4, "heading", 2)
    assert article(h1, PROSE[0], h2, PROSE[1]).title == "武汉的故事"
    assert article("2020年2月5日", h1, PROSE[0]).title == "武汉的故事"
    assert article(PROSE[0], h2, PROSE[1]).title is None


def test_order_is_kept_where_something_stands_before_the_title() -> None:
    found = article("2020年2月5日", Block("武汉的故事", 2, "heading", 1), PROSE[0])
    assert headings(found) == [None, "武汉的故事"]
    assert spoken(found) == ["2020年2月5日", "武汉的故事", PROSE[0]]
