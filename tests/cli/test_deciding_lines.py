"""``--keep``, ``--drop`` and ``--remember``, as a person gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Cli = Callable[..., Result]
ARTICLE = """渡船停航一日

往返两岛的渡船今天全部停航，何时恢复要看风力。
今日船班：08:00 10:30
分享到：
微信
早班提醒
港务局会在傍晚之前公布消息，请旅客留意。
责任编辑：王小明
"""
PAGE = (
    '<html><head><meta property="og:url" content="https://www.example.com/1.html"></head><body>'
    '<div id="nav"><a href="/">首页</a></div><article><h1>渡船停航一日</h1>'
    "<p>往返两岛的渡船今天全部停航，何时恢复要看风力。</p><p>今日船班：08:00 10:30</p>"
    "<p>港务局会在傍晚之前公布消息，请旅客留意。</p><p>责任编辑：王小明</p></article></body></html>"
)


def lines(cli: Cli, *arguments: object) -> dict[int, dict[str, str]]:
    result = cli("plan", *arguments, "--explain", "--json")
    assert result.exit_code == 0, result.stderr
    return {each["line"]: each for each in json.loads(result.stdout)["lines"]}


def test_the_doubtful_lines_come_first_with_their_numbers(cli: Cli, article: Path) -> None:
    told = cli("plan", article, "--explain").stdout.splitlines()
    assert told[1] == "2 lines are doubtful; --keep and --drop take their numbers:"
    assert told[2:4] == [
        "line 4, spoken, doubtful: 今日船班：08:00 10:30",
        "line 7, spoken, doubtful: 早班提醒",
    ]
    assert told[4] == "All lines:"
    assert told[-1] == "line 9, removed: 责任编辑：王小明  (editorial credit)"


def test_programs_get_the_rules_code_and_people_its_reason(cli: Cli, article: Path) -> None:
    told = lines(cli, article)[9]
    assert (told["rule"], told["reason"]) == ("editor", "editorial credit")
    assert "(editor)" not in cli("plan", article, "--explain").stdout


def test_numbers_decide_and_stay_the_same(cli: Cli, article: Path) -> None:
    before = lines(cli, article)
    after = lines(cli, article, "--keep", "9,5-6", "--drop", "4", "--drop", "7")
    assert list(before) == list(after)
    spoken = [line for line, told in after.items() if told["verdict"] != "removed"]
    assert spoken == [1, 3, 5, 6, 8, 9]


def test_a_page_on_one_line_has_a_number_for_each_block(cli: Cli, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    before = lines(cli, page)
    assert [told["text"] for told in before.values()][3] == "今日船班：08:00 10:30"
    after = lines(cli, page, "--keep", "1,6", "--drop", "4")
    assert [n for n, told in after.items() if told["verdict"] == "removed"] == [4]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--keep", "99"), "has no line 99. The nearest are 7, 8, 9; the last is 9."),
        (("--drop", "2"), "has no line 2."),
        (("--keep", "two"), "--keep: 'two' names no lines."),
        (("--drop", "9-4"), "--drop: 9-4 is no range of lines."),
        (("--remember",), "--remember needs lines to remember."),
    ],
)
def test_what_names_no_line_is_said_clearly(
    cli: Cli, article: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    for command in ("plan", "build"):
        result = cli(command, article, *arguments)
        assert result.exit_code == 2
        assert complaint in result.stderr


def test_numbers_are_of_one_article(cli: Cli, article: Path) -> None:
    for sources in ((article, article.with_name("b.txt")), (article.parent,)):
        result = cli("plan", *sources, "--drop", "4")
        assert result.exit_code == 2
        assert "lines of one article" in result.stderr


def test_an_articles_own_file_decides_and_options_overrule_it(cli: Cli, article: Path) -> None:
    own = article.with_name("news.rules.toml")
    own.write_text('keep = [9, "微信"]\ndrop = "3,7-8"\n', encoding="utf-8")
    told = lines(cli, article, "--keep", "8")
    spoken = [line for line, each in told.items() if each["verdict"] != "removed"]
    assert spoken == [1, 4, 6, 8, 9]
    own.write_text("keep = [true]\n", encoding="utf-8")
    result = cli("plan", article)
    assert result.exit_code == 2
    assert "news.rules.toml, line 1: keep lists something" in result.stderr


def test_an_edition_is_made_again_when_its_lines_are_decided_otherwise(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    build = ("build", article, "--voice", "silent", "--out", out, "--json")
    first = json.loads(cli(*build).stdout)
    again = json.loads(cli(*build, "--drop", "7").stdout)
    assert (first["removed"], again["removed"], again["fresh"]) == (3, 4, False)
    article.with_name("news.rules.toml").write_text("drop = [4, 7]\n", encoding="utf-8")
    assert json.loads(cli(*build).stdout)["removed"] == 5


def test_what_is_remembered_decides_tomorrows_article(cli: Cli, article: Path) -> None:
    result = cli("plan", article, "--drop", "4", "--keep", "9", "--remember")
    assert "2 rules written to readaloud.rules.toml." in result.stderr
    tomorrow = article.with_name("tomorrow.txt")
    tomorrow.write_text(ARTICLE.replace("08:00", "09:15"), encoding="utf-8")
    told = lines(cli, tomorrow)
    assert (told[4]["verdict"], told[9]["verdict"]) == ("removed", "spoken")
    cli("plan", article, "--keep", "4", "--remember")
    assert lines(cli, tomorrow)[4]["verdict"] == "spoken"
    assert Path("readaloud.rules.toml").read_text("utf-8").count("[[rule]]") == 2


def test_it_is_remembered_in_the_file_of_the_settings_and_by_site(cli: Cli, tmp_path: Path) -> None:
    mine = '# mine\n[[rule]]\nname = "m"\nreason = "r"\nphrases = ["甲"]\n'
    mine += 'drops = ["甲"]\nkeeps = ["乙"]\n'
    Path("mine.toml").write_text(mine, encoding="utf-8")
    Path("readaloud.toml").write_text('[rules]\nrules_file = "mine.toml"\n', encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    cli("plan", page, "--drop", "4", "--remember")
    text = Path("mine.toml").read_text("utf-8")
    assert text.startswith(mine)
    assert 'site = "example.com"' in text
    other = tmp_path / "other.html"
    other.write_text(PAGE.replace("example.com", "example.org"), encoding="utf-8")
    assert lines(cli, page)[4]["verdict"] == "removed"
    assert lines(cli, other)[4]["verdict"] == "spoken"


def test_settings_of_all_runs_name_no_lines(cli: Cli, article: Path) -> None:
    Path("readaloud.toml").write_text("[build]\nkeep = 4\n", encoding="utf-8")
    result = cli("plan", article)
    assert result.exit_code == 2
    assert "readaloud.toml, line 2: [build] keep names lines of one article" in result.stderr
