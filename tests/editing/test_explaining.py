from __future__ import annotations

from dataclasses import replace

import pytest
from samples import PROSE

from conftest import within
from readaloud.editing import decide, edit, explain
from readaloud.errors import ConfigError
from readaloud.model import Article, Block, Document, EditingRules, Removal

TITLE = "平凡的岗位 不平凡的冬天"
LINES = (TITLE, "文/张三", PROSE[0], "分享到：", "微信", PROSE[1], "物资就是命令", *PROSE[2:5])


def document(*lines: str) -> Document:
    return Document("a.txt", tuple(Block(text, n) for n, text in enumerate(lines, 1)))


def gone(article: Article) -> dict[str, str]:
    return {removal.text: removal.reason for removal in article.removed}


def test_every_line_is_explained_once_in_order() -> None:
    found = explain(decide(document(*LINES), EditingRules()))
    assert [entry.line for entry in found] == list(range(1, len(LINES) + 1))
    assert [entry.text for entry in found] == list(LINES)
    verdicts = {entry.text: (entry.verdict, entry.rule) for entry in found}
    assert verdicts[TITLE] == ("title", "first line")
    assert verdicts["文/张三"] == ("byline", "byline")
    assert verdicts["微信"] == ("removed", "share")
    assert verdicts["物资就是命令"] == ("heading", "bold or bare line")
    assert verdicts[PROSE[0]] == ("spoken", "")


def test_keep_wins_over_the_rules_of_the_house_and_drop_over_keep() -> None:
    rules = EditingRules(drop=("^微信$",), keep=("分享", "微信"))
    article = edit(document(*LINES), rules)
    assert gone(article) == {"文/张三": "byline", "微信": "readaloud.toml: drop «^微信$»"}
    kept = {entry.text: entry.rule for entry in explain(decide(document(*LINES), rules))}
    assert kept["分享到："] == "readaloud.toml: keep «分享»"


def test_keep_protects_from_repeats_and_sections() -> None:
    lines = [PROSE[0], "志愿者为居民配送蔬菜", PROSE[1], "志愿者为居民配送蔬菜", PROSE[2]]
    lines += ["志愿者为居民配送蔬菜", PROSE[3], "相关阅读", "一条旧闻"]
    assert len(gone(edit(document(*lines)))) == 3
    article = edit(document(*lines), EditingRules(keep=("志愿者", "旧闻")))
    assert gone(article) == {"相关阅读": "list of other articles"}


@pytest.mark.parametrize("pattern", ["(", "", "a" * 301])
def test_patterns_that_cannot_be_used_are_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match="rule"):
        edit(document(*LINES), EditingRules(drop=(pattern,)))


def test_a_long_line_is_searched_to_its_limit_only() -> None:
    with within(1):
        edit(document(*LINES, "山水" * 200_000), EditingRules(drop=(".*x.*y",)))


def test_a_doubt_is_shown_on_what_is_spoken_and_on_what_is_removed() -> None:
    spoken = replace(Block(PROSE[1], 2), doubt=0.4)
    left_out = Removal(3, "热点排行", "outside the body", rule="body", doubt=0.2)
    blocks = (Block(PROSE[0], 1), spoken, Block(PROSE[2], 4))
    found = explain(decide(Document("a.txt", blocks, removed=(left_out,)), EditingRules()))
    assert [entry.doubt for entry in found] == [0, 0.4, 0.2, 0]
