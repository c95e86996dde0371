"""The corpus: each case is as labelled, and no figure of a format falls below its floor."""

from __future__ import annotations

import shutil
from pathlib import Path

import gate
import pytest
from drafts import draft
from holding import Heard, faults, lost_sentences, spoken_furniture
from labelled import CORPUS, DRAFT, Case, Wanted, find_cases

pytestmark = pytest.mark.no_cover
CASES = find_cases()
ONE_OF_EACH = {case.format: case for case in CASES}


@pytest.mark.corpus
def test_no_figure_falls_below_its_floor() -> None:
    scores = gate.run()
    found = [fault for score in scores.values() for fault in score.faults]
    assert gate.below_floors(scores) == [], "\n".join([gate.table(scores), *found])


@pytest.mark.corpus
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, renew_golden: bool) -> None:
    hold(case, renew_golden)


def hold(case: Case, renew: bool) -> None:
    """Hold a case against its labels; those of a person are never written anew."""
    if not case.labels.exists():
        if not renew:
            pytest.fail(f"{case.name} has no wanted.toml; with --renew-golden one is drafted")
        case.labels.write_text(draft(case.plan()), encoding="utf-8")
        pytest.skip(f"drafted {case.labels}: check it by hand")
    assert faults(case.wanted(), case.plan()) == []


def test_every_folder_has_one_input() -> None:
    folders = sorted(p.name for p in CORPUS.iterdir() if p.is_dir() and p.name != "__pycache__")
    assert [case.name for case in CASES] == folders


@pytest.mark.parametrize("case", ONE_OF_EACH.values(), ids=ONE_OF_EACH)
def test_labels_are_drafted_only_where_none_are(case: Case, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    shutil.copy(case.path, tmp_path / "new")
    (new,) = find_cases(tmp_path)
    with pytest.raises(pytest.fail.Exception, match=r"no wanted\.toml"):
        hold(new, renew=False)
    with pytest.raises(pytest.skip.Exception, match="by hand"):
        hold(new, renew=True)
    drafted = new.labels.read_text("utf-8")
    with pytest.raises(AssertionError, match="a draft"):
        hold(new, renew=True)
    new.labels.write_text(drafted.replace(f'kind = "{DRAFT}"', 'kind = "checked"'), "utf-8")
    hold(new, renew=True)
    assert new.labels.read_text("utf-8").count("checked") == 1


def test_a_case_may_want_an_exit_code(tmp_path: Path) -> None:
    (tmp_path / "input.txt").write_text("", "utf-8")
    case = Case("empty", tmp_path / "input.txt")
    assert faults(Wanted(kind="empty", exit=3), case.plan()) == []
    assert "exit code 3, wanted 0" in faults(Wanted(kind="empty"), case.plan())[0]
    assert draft(case.plan()).endswith("\nexit = 3\n")


def test_each_key_finds_its_fault(tmp_path: Path) -> None:
    (tmp_path / "input.md").write_text(
        "# 雨\n\n下了3天的雨。\n\n## 夜\n\n雨停了，月亮出来。", "utf-8"
    )
    planned = Case("rain", tmp_path / "input.md").plan()
    right = Wanted(
        kind="all keys",
        title="晴",
        title_alternatives=("雨",),
        headings=("昼",),
        headings_alternatives=("★夜",),
        must_speak=("雨停了",),
        must_not_speak=("广告",),
        must_speak_spoken=("三天",),
        must_not_speak_spoken=("3",),
        spoken_matches=("下了.天",),
        spoken_once=("月亮",),
        utterance_whole=("雨停了，月亮出来",),
        must_account=("下了3天",),
        said_or_recorded=("没有", "三天"),
    )
    assert faults(right, planned) == []
    wrong = Wanted(
        kind="all keys",
        title="晴",
        headings=("昼",),
        must_speak=("雪",),
        must_not_speak=("月亮",),
        must_speak_spoken=("3天",),
        must_not_speak_spoken=("三天",),
        spoken_matches=("下了..天",),
        spoken_once=("雨",),
        utterance_whole=("天的雨。夜雨",),
        must_account=("雪",),
        said_or_recorded=("没有",),
    )
    assert len(faults(wrong, planned)) == 11


def test_how_often_counts() -> None:
    wanted = Wanted(kind="counts", title="雨", must_speak=("雨停了",), must_not_speak=("雨",))
    assert not spoken_furniture(wanted, Heard(text="雨雨停了"))
    assert spoken_furniture(wanted, Heard(text="雨雨停了雨")) == {"雨": 1}
    twice = Wanted(kind="counts", must_speak=("雨停了", "雨停了"))
    assert lost_sentences(twice, Heard(text="雨停了")) == {"雨停了": 1}


@pytest.mark.parametrize("labels", ['title = "雨"', 'kind = "a"\nmust = ["a"]', 'kind = "a', ""])
def test_labels_that_cannot_be_used_are_named(tmp_path: Path, labels: str) -> None:
    case = Case("bad", tmp_path / "input.txt")
    case.labels.write_text(labels, "utf-8")
    with pytest.raises(ValueError, match=r"wanted\.toml"):
        case.wanted()
