from __future__ import annotations

import pytest

from conftest import within
from readaloud.config.rule_file import read_rule_file
from readaloud.editing.boilerplate import find_boilerplate
from readaloud.editing.findings import sweep
from readaloud.editing.rulebook import FOLDER, house_rules
from readaloud.model import Block, BlockKind

find_rule = house_rules().find
ENTRIES = [entry for path in sorted(FOLDER.glob("*.toml")) for entry in read_rule_file(path).rules]
DROPS = sorted(
    {
        line
        for entry in ENTRIES
        for line in entry.drops
        if not entry.below and entry.place != "within"
    }
)
KEEPS = sorted({line for entry in ENTRIES for line in entry.keeps})


@pytest.mark.parametrize("line", DROPS)
def test_a_sentence_that_quotes_furniture_stays(line: str) -> None:
    sentence = f"这一页的最后写着“{line}”，他看了很久，才慢慢把手机放下，望向窗外的雨。"
    assert find_rule(Block(sentence, 1)) is None


@pytest.mark.parametrize("line", KEEPS)
def test_what_one_rule_keeps_no_other_takes(line: str) -> None:
    assert find_rule(Block(line, 1)) is None


def test_code_quotes_and_rows_are_never_furniture() -> None:
    kinds: tuple[BlockKind, ...] = ("code", "quote", "row", "heading", "note")
    assert find_rule(Block("责任编辑：张三", 1)) is not None
    assert not any(find_rule(Block("责任编辑：张三", 1, kind)) for kind in kinds)


def removed(*lines: str | Block) -> list[str]:
    blocks = [x if isinstance(x, Block) else Block(x, n) for n, x in enumerate(lines, 1)]
    return [removal.text for removal in sweep(blocks, find_boilerplate(blocks)).removed]


STORY = "这是正文的一段话，讲述了医院后勤人员在春节期间坚守岗位的故事。"


def test_a_list_goes_with_its_header_only_where_it_is_one() -> None:
    teasers = ["一線醫生的故事", "疫情下的城市 他們沒有離開"]
    assert removed(STORY, "相關文章:", *teasers) == ["相關文章:", *teasers]
    assert removed(STORY, "延伸阅读", *teasers, "分享到：") == ["延伸阅读", *teasers, "分享到："]
    assert removed(STORY, "相关阅读：", STORY, STORY) == ["相关阅读："]
    assert removed(STORY, "相关阅读：某地通报新增病例", STORY) == ["相关阅读：某地通报新增病例"]
    assert removed(STORY, "相關文章:") == ["相關文章:"]


def test_marked_items_after_a_header_are_the_list() -> None:
    items = [Block("一条旧闻的标题", 3, "item"), Block("另一条旧闻。", 4, "item")]
    header = Block("相关阅读", 2, "heading", 2)
    assert removed(STORY, header, *items, STORY) == ["相关阅读", "一条旧闻的标题", "另一条旧闻。"]
    assert removed(STORY, header, STORY) == []


def test_headlines_below_a_header_stay_where_the_article_goes_on() -> None:
    assert removed(STORY, "相关阅读", "一條舊聞", STORY) == []


def test_removals_say_line_and_reason() -> None:
    blocks = [Block(STORY, 1), Block("分享到:", 7)]
    found = sweep(blocks, find_boilerplate(blocks))
    assert [(r.line, r.text, r.reason) for r in found.removed] == [(7, "分享到:", "share bar")]
    assert [block.text for block in found.kept] == [STORY]


@pytest.mark.parametrize("start", ["", "编辑：", "声明：", "点赞", "来源：", "关注", "未经", "图/"])
def test_no_line_takes_long(start: str) -> None:
    with within(2):
        for length in (40, 60, 260, 170_000):
            for part in ("1", "校对/", "点击关注", "转载 ", "微信、", "a b "):
                find_rule(Block((start + part * length)[:length] + "。", 1))
