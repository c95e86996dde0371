"""``plan`` and ``plan --explain`` tell one truth: the same lines are not spoken, in one order."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from labelled import Case, find_cases
from typer.testing import Result

from readaloud.config.run_options import Options
from readaloud.editions.plan import explain_all, plan_all
from readaloud.errors import ReadaloudError

pytestmark = pytest.mark.no_cover
Cli = Callable[..., Result]
GONE = {"removed", "byline"}
LINES = st.sampled_from(
    [
        "# 雨",
        "今天下雨了☂。",
        "☆☆☆",
        "😀😀",
        "分享到：",
        "微信",
        "文/张三",
        "……",
        "## 夜🌙",
        "の",
        "雨停了。",
        "相关阅读",
        "昨天的旧闻",
        "今天下雨了☂。",
        "1. 甲",
        "2. 乙",
        "- ✅ 丙",
        "> ★",
        "![图](a.png)",
    ]
)


def told_both_ways(path: Path) -> tuple[list[tuple[int, str]] | str, list[tuple[int, str]] | str]:
    """What is not spoken, by line, as ``plan`` and as ``plan --explain`` have it."""
    (planned,) = plan_all([str(path)], Options())
    ((_, told),) = explain_all([str(path)], Options())
    explained = (
        str(told)
        if isinstance(told, ReadaloudError)
        else [(entry.line, entry.text) for entry in told if entry.verdict in GONE]
    )
    if planned.script is None:
        return str(planned.error), explained
    gone = [*planned.script.article.removed, *planned.script.skipped]
    return [(r.named, r.text) for r in sorted(gone, key=lambda each: each.named)], explained


@pytest.mark.corpus
@pytest.mark.parametrize("case", find_cases(), ids=lambda case: case.name)
def test_the_same_lines_are_gone(case: Case) -> None:
    planned, explained = told_both_ways(case.path)
    assert explained == planned


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, min_size=1, max_size=12), st.sampled_from([".txt", ".md", ".html"]))
def test_whatever_the_text(tmp_path: Path, lines: list[str], suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    mark = "<p>" if suffix == ".html" else ""
    path.write_text("\n\n".join(f"{mark}{line}" for line in lines), encoding="utf-8")
    planned, explained = told_both_ways(path)
    assert explained == planned


def test_the_command_tells_them_too(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "雨\n\n今天下雨了☂。\n\n☆☆☆\n\n分享到：\n\n微信\n\n雨停了。\n", encoding="utf-8"
    )
    planned = json.loads(cli("plan", path, "--json").stdout)["removed"]
    lines = json.loads(cli("plan", path, "--json", "--explain").stdout)["lines"]
    explained = [line for line in lines if line["verdict"] in GONE]
    assert [(e["line"], e["text"]) for e in explained] == [(r["line"], r["text"]) for r in planned]
    assert [e["text"] for e in explained] == ["☂", "☆☆☆", "分享到：", "微信"]
    assert [e["text"] for e in lines if e["verdict"] == "spoken"] == [
        "雨",
        "今天下雨了☂。",
        "雨停了。",
    ]
    shown = cli("plan", path, "--explain").stdout
    assert "☆☆☆" in shown
