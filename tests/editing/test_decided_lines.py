"""Lines that a person decided on by their numbers, and rules that remember it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readaloud.editing import decide, edit, explain, rules_of
from readaloud.errors import ConfigError
from readaloud.model import Block, Document, EditingRules, LineRule, Removal

LINES = (
    "渡船停航一日",
    "往返两岛的渡船今天全部停航，何时恢复要看风力。",
    "今日船班：08:00 10:30",
    "分享到：",
    "微信",
    "早班提醒",
    "港务局会在傍晚之前公布消息，请旅客留意。",
    "责任编辑：王小明",
)


def document(*lines: str) -> Document:
    return Document("a.txt", tuple(Block(text, n) for n, text in enumerate(lines, 1)))


def spoken(*lines: str, rules: EditingRules) -> list[str]:
    article = edit(document(*lines), rules)
    return [b.text for c in article.chapters for b in (*filter(None, [c.title]), *c.blocks)]


def test_lines_are_kept_and_dropped_by_their_numbers() -> None:
    rules = EditingRules(keep_lines=((4, 5), (8, 8)), drop_lines=((3, 3),))
    assert spoken(*LINES, rules=rules) == [text for text in LINES if text != LINES[2]]
    told = {e.line: e.reason for e in explain(decide(document(*LINES), rules))}
    assert (told[3], told[8]) == ("left out by you", "kept by you")


def test_the_users_own_drop_wins_over_keep() -> None:
    rules = EditingRules(keep_lines=((3, 8),), drop_lines=((6, 6),), drop=("^微信$",))
    assert {"早班提醒", "微信"}.isdisjoint(spoken(*LINES, rules=rules))
    assert "分享到：" in spoken(*LINES, rules=rules)


def test_the_numbers_are_those_that_are_explained() -> None:
    cut = Removal(1, "页脚", "footer", cut=Block("页脚", 1, number=9), before=2, number=9)
    blocks = tuple(Block(text, 1, number=n) for n, text in enumerate(LINES, 1))
    page = Document("a.html", blocks, removed=(cut,))
    assert [e.line for e in explain(decide(page, EditingRules()))] == list(range(1, 10))
    kept = edit(page, EditingRules(keep_lines=((9, 9),)))
    assert "页脚" not in {gone.text for gone in kept.removed}


@pytest.mark.parametrize("lines", [((9, 9),), ((0, 0),), ((2, 40),), ((77, 80),)])
def test_a_number_that_no_line_has_is_an_error(lines: tuple[tuple[int, int], ...]) -> None:
    for rules in (EditingRules(keep_lines=lines), EditingRules(drop_lines=lines)):
        with pytest.raises(ConfigError, match=r"a\.txt has no line .* the last is 8"):
            edit(document(*LINES), rules)


def test_a_piece_of_a_line_can_not_be_kept() -> None:
    piece = Removal(9, "[1]", "note mark")
    page = replace(document(*LINES), removed=(piece,))
    with pytest.raises(ConfigError, match=r"Line 9 of a\.txt can't be kept: note mark"):
        edit(page, EditingRules(keep_lines=((9, 9),)))


def test_whole_lines_as_written_are_decided_too() -> None:
    rules = EditingRules(keep_texts=("微信",), drop_texts=(LINES[2],))
    found = spoken(*LINES, rules=rules)
    assert "微信" in found
    assert LINES[2] not in found


def remembered(*lines: str, keep: int = 0, drop: int = 0) -> EditingRules:
    asked = EditingRules(
        keep_lines=((keep, keep),) if keep else (), drop_lines=((drop, drop),) if drop else ()
    )
    return EditingRules(lines=rules_of(document(*lines), asked))


@pytest.mark.parametrize(
    ("line", "tomorrow", "near_miss"),
    [
        ("今日船班：08:00 10:30", "今日船班：09:15", "今日船班全部取消。"),
        ("本报第123期 1-8版", "本报第124期 1-16版", "本报第一期出版后，读者反响热烈。"),
        ("每日一图", "每日一图", "每日一图栏目从今天起停办。"),
        ("【值班编辑：李某】", "值班编辑：欧阳某某", "值班编辑：“我们都在等消息。”"),
    ],
)
def test_tomorrows_line_is_decided_as_todays(line: str, tomorrow: str, near_miss: str) -> None:
    rules = remembered(*LINES, line, drop=9)
    said = spoken(*LINES[:2], tomorrow, near_miss, LINES[6], rules=rules)
    assert tomorrow not in said
    assert near_miss in said


def test_what_was_kept_is_kept_tomorrow_and_headings_are_dropped() -> None:
    said = spoken(*LINES[:7], "责任编辑：李四", rules=remembered(*LINES, keep=8))
    assert said[-1] == "责任编辑：李四"
    heads = (*LINES[:2], "编辑部的话", LINES[6])
    page = Document("a.md", tuple(Block(t, n, "heading", 2) for n, t in enumerate(heads, 1)))
    rules = EditingRules(lines=rules_of(page, EditingRules(drop_lines=((3, 3),))))
    assert "编辑部的话" in {gone.text for gone in edit(page, rules).removed}


def test_rules_of_a_site_are_for_its_pages_alone() -> None:
    page = replace(document(*LINES), address="https://www.example.com/a.html")
    (rule,) = rules_of(page, EditingRules(drop_lines=((6, 6),)))
    assert rule.site == "example.com"
    rules = EditingRules(lines=(rule,))
    for address, gone in (
        ("https://news.example.com/b", True),
        ("https://example.org/b", False),
        ("", False),
    ):
        texts = {r.text for r in edit(replace(page, address=address), rules).removed}
        assert ("早班提醒" in texts) is gone


@pytest.mark.parametrize("text", ["很长" * 200, "——"])
def test_a_line_that_can_not_be_a_rule_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"Line 9 of .* can't be remembered"):
        remembered(*LINES, text, drop=9)


def test_a_remembered_rule_holds_its_own_examples() -> None:
    rules = remembered(*LINES, drop=3)
    (rule,) = rules.lines
    assert isinstance(rule, LineRule)
    broken = replace(rule, drops=("别的一行",))
    with pytest.raises(ConfigError, match="别的一行"):
        edit(document(*LINES), EditingRules(lines=(broken,)))


def test_thin_evidence_is_a_doubt_and_what_a_person_decided_is_none() -> None:
    doubtful = {e.line for e in explain(decide(document(*LINES), EditingRules())) if e.doubt}
    assert doubtful == {3, 6}
    decided = EditingRules(keep_lines=((3, 3), (6, 6)))
    assert not [e for e in explain(decide(document(*LINES), decided)) if e.doubt]


def test_a_sentence_taken_out_alone_is_doubtful() -> None:
    told = "版权声明：本文由本站原创，未经许可不得转载，违者必究，特此声明。"
    page = document(*LINES[:2], told, LINES[6])
    found = {e.text: e for e in explain(decide(page, EditingRules()))}
    assert found[told].verdict == "removed"
    assert found[told].doubt > 0
