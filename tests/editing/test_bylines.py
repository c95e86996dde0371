from __future__ import annotations

import pytest
from samples import PROSE, article, spoken

from readaloud.editing import edit
from readaloud.editing.bylines import is_credit
from readaloud.model import Block, Document

TITLE = "平凡的岗位 不平凡的冬天"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("文/张三", "张三"),
        ("文｜小李飞刀", "小李飞刀"),
        ("作者：李四 王五", "李四 王五"),
        ("（作者：李四）", "李四"),
        ("本报记者 张三", "张三"),
        ("本报记者 张三 李四 报道", "张三 李四"),
        ("記者王小明／台北報導", "王小明"),
        ("新华社记者 欧阳明", "欧阳明"),
        ("撰文：阿米尔·汗", "阿米尔·汗"),
    ],
)
def test_a_credit_names_the_authors_and_goes_on_record(line: str, names: str) -> None:
    found = article(TITLE, line, *PROSE)
    assert found.byline == names
    assert line not in spoken(found)
    assert [(r.text, r.reason, r.rule) for r in found.removed] == [(line, "byline", "byline")]
    assert is_credit(line)


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        ("(姜曉萌 趙太迎)", "姜曉萌 趙太迎"),
        ("（张三）", "张三"),
        ("（记者 张三 通讯员 李四）", "张三 李四"),
        ("（作者：王五）", "王五"),
        ("（完）", None),
        ("（未完待续）", None),
        ("（图片来自网络）", None),
        ("（新华社）", None),
        ("（2020年）", None),
        ("（非典时期）", None),
    ],
)
def test_names_in_brackets_at_the_very_end(ending: str, names: str | None) -> None:
    found = article(TITLE, *PROSE[:3], PROSE[3] + ending)
    assert found.byline == names
    assert spoken(found)[-1].startswith(PROSE[3])


@pytest.mark.parametrize(
    "line", ["记者们都走了", "记者走进了车间", "作者的话", "文明的故事", "文字的力量"]
)
def test_prose_is_no_credit(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize(
    ("opening", "names"),
    [
        ("〔記者王小明／台北報導〕", "王小明"),
        ("（記者王小明、陳大文／台北報導）", "王小明、陳大文"),
        ("新华社北京2月5日电（记者张三、李四）", "张三、李四"),
        ("新华社北京2月5日电 （记者 张三）", "张三"),
        ("2月5日电（完）", None),
    ],
)
def test_a_credit_at_the_head_of_the_first_paragraph(opening: str, names: str | None) -> None:
    found = article(TITLE, opening + PROSE[0], *PROSE[1:])
    assert found.byline == names
    assert spoken(found)[1] == opening + PROSE[0]


def test_a_stated_byline_wins() -> None:
    document = Document("a.html", (Block("文/张三", 1), Block(PROSE[0], 2)), byline="李四")
    assert edit(document).byline == "李四"
