"""Lines around an article that no rule knows whole, known by their words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from samples import PROSE, article, spoken

from readaloud.editing.closing_lines import find_closing, weigh
from readaloud.model import Block

TITLE = "平凡的岗位 不平凡的冬天"
CASES = Path(__file__).parents[1] / "cases" / "closing_lines.toml"
KNOWN = 0.9
"""Of the lines that the weights were learnt from, so many are known again."""


def rules(*lines: str) -> dict[str, str]:
    return {removal.text: removal.rule for removal in article(TITLE, *PROSE, *lines).removed}


@pytest.mark.parametrize(
    "line",
    [
        "打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。",
        "本文首发于公众号“山海图志”，经授权发布，转载请在后台留言。",
        "喜欢这篇文章，欢迎点赞转发，也请关注我们的公众号～",
        "如需轉載，請先與本站編輯聯繫取得授權。",
    ],
)
def test_a_line_is_known_by_its_words_at_the_articles_end(line: str) -> None:
    assert line in rules(line)


@pytest.mark.parametrize(
    "line",
    [
        "气象局会在傍晚之前公布消息，请旅客留意。",
        "他打开微信，用“扫一扫”付了钱，又把照片分享到朋友圈。",
        "值班编辑：“我们都在等消息。”",
        "编辑部的灯，又亮了一夜。",
        "晚安，妈妈。",
    ],
)
def test_the_articles_own_last_line_is_spoken(line: str) -> None:
    assert spoken(article(TITLE, *PROSE, line))[-1] == line


def test_inside_an_article_no_line_is_weighed() -> None:
    line = "喜欢这篇文章，欢迎点赞转发，也请关注我们的公众号～"
    blocks = [Block(text, n) for n, text in enumerate((TITLE, *PROSE, line, *PROSE, *PROSE))]
    assert not find_closing(blocks, {})


def test_a_call_in_pieces_above_the_title_is_one() -> None:
    found = article("点击上方", "“城南社区医院”", "可以订阅哦！", "☟☟☟", TITLE, *PROSE)
    assert found.title == TITLE
    assert "可以订阅哦！" not in spoken(found)


def test_a_title_alone_is_not_weighed_away() -> None:
    assert article("扫码时代的老人", *PROSE).title == "扫码时代的老人"


def test_what_was_learnt_is_known_and_nothing_that_articles_end_with() -> None:
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))
    gone = [line for lines in cases["gone"].values() for line in lines]
    assert sum(weigh(line) > 0 for line in gone) >= len(gone) * KNOWN
    assert [line for line in cases["kept"] if weigh(line) >= 1] == []
