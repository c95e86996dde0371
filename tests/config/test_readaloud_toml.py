"""readaloud.toml: tables and keys that are known, and what they do to an article."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from readaloud.config.readaloud_toml import Settings, read_settings
from readaloud.config.toml_tables import read_toml
from readaloud.editing.user_rules import compile_rules
from readaloud.errors import ConfigError
from readaloud.model import EditingRules, ReadingRules, SiteRule

Cli = Callable[..., Result]


def test_all_tables(tmp_path: Path) -> None:
    path = tmp_path / "readaloud.toml"
    path.write_text(
        '[build]\nvoice = "yunxi"\n[rules]\ndrop = ["^廣告"]\nkeep = ["編輯"]\n'
        '[sites."example.com"]\ncontent = "#text"\ndrop = [".promo"]\n',
        encoding="utf-8",
    )
    file = read_toml(path)
    assert read_settings(path) == Settings(
        {"voice": "yunxi"},
        EditingRules(("^廣告",), ("編輯",)),
        ReadingRules((SiteRule("example.com", "#text", (".promo",)),)),
        {},
        feed=file.table("feed"),
        publish=file.table("publish"),
        morning=file.table("morning"),
    )
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[rules]\ndrop = 3\n", "line 2: [rules] drop is 3; expected a list of texts"),
        ("[rules]\nforget = []\n", "line 2: [rules] unknown key 'forget'; known: drop, keep, rule"),
        ("sites = 1\n", "line 1: sites is 1; expected a table"),
        ('[sites."a.b"]\ncontent = 3\n', 'line 2: [sites."a.b"] content is 3; expected a text'),
        ("[feeds]\n", "line 1: unknown key 'feeds'"),
        ("engines.edge = 1\n", "edge is 1; expected a table"),
        (
            "[engines.edge]\nproxy = []\n",
            "line 2: [engines.edge] proxy is []; expected a text or a number",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "readaloud.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    assert words in str(caught.value)


def test_the_users_rules_speak_last(cli: Cli, tmp_path: Path) -> None:
    config = tmp_path / "readaloud.toml"
    config.write_text('[rules]\ndrop = ["^本台消息"]\nkeep = ["責任編輯"]\n', encoding="utf-8")
    article = tmp_path / "a.txt"
    article.write_text(
        "今日要聞\n\n本台消息，雨停了。\n\n天氣很好，大家都出門了。\n\n責任編輯：王小明\n",
        encoding="utf-8",
    )
    plan = json.loads(cli("plan", article, "--config", config, "--json").stdout)
    assert [gone["text"] for gone in plan["removed"]] == ["本台消息，雨停了。"]
    assert "«^本台消息»" in plan["removed"][0]["reason"]
    told = json.loads(cli("plan", article, "--config", config, "--json", "--explain").stdout)
    assert [line["verdict"] for line in told["lines"]] == ["title", "removed", "spoken", "spoken"]
    shown = cli("plan", article, "--explain").stdout
    assert "editor" in shown
    assert cli("plan", tmp_path / "none.txt", "--explain").exit_code == 3


def test_a_sites_selector_is_used(cli: Cli, tmp_path: Path) -> None:
    config = tmp_path / "readaloud.toml"
    config.write_text('[sites."*"]\ncontent = "#mine"\n', encoding="utf-8")
    page = tmp_path / "a.html"
    page.write_text(
        "<html><body><article><p>別人的文章，說了很多的話。</p></article>"
        "<div id=mine><p>我的文章。</p></div></body></html>",
        encoding="utf-8",
    )
    plan = json.loads(cli("plan", page, "--config", config, "--json").stdout)
    said = [u["text"] for c in plan["chapters"] for u in c["utterances"]]
    assert said == ["我的文章。"]


OWN = """
[rules]
drop = ["^本台"]

[[rules.rule]]
name = "weather"
reason = "the paper's weather"
pattern = "今日天氣[:：].{1,20}"
drops = ["今日天气：晴"]
keeps = ["今日天气很好"]
"""


def plan_removed(cli: Cli, tmp_path: Path, config: str) -> list[tuple[str, str]]:
    (tmp_path / "readaloud.toml").write_text(config, encoding="utf-8")
    article = tmp_path / "a.txt"
    article.write_text("今日要聞\n\n雨停了，大家都出門。\n\n【今日天气：晴】\n", encoding="utf-8")
    out = cli("plan", article, "--config", tmp_path / "readaloud.toml", "--json")
    if out.exit_code:
        raise ConfigError(out.output)
    return [(gone["text"], gone["reason"]) for gone in json.loads(out.stdout)["removed"]]


def test_a_rule_of_the_users_own_has_the_houses_form(cli: Cli, tmp_path: Path) -> None:
    assert plan_removed(cli, tmp_path, OWN) == [("【今日天气：晴】", "the paper's weather")]
    kept = OWN.replace("drop =", 'keep = ["天气"]\ndrop =')
    assert plan_removed(cli, tmp_path, kept) == []


def test_rules_in_a_file_of_their_own(cli: Cli, tmp_path: Path) -> None:
    own = OWN.replace("[rules]\n", '[pieces]\nsky = "天气"\n').replace("rules.rule", "rule")
    own = own.replace('drop = ["^本台"]', "").replace("天氣[", "{sky}[")
    (tmp_path / "mine.toml").write_text(own, encoding="utf-8")
    named = '[rules]\nrules_file = "mine.toml"\n'
    assert plan_removed(cli, tmp_path, named) == [("【今日天气：晴】", "the paper's weather")]
    mark = "\n[[mark]]\nname = 'x'\npattern = 'x'\nmatches = ['x']\nmisses = ['y']\n"
    (tmp_path / "mine.toml").write_text(own + mark, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.toml, line \d+: mark “x”: only readaloud"):
        plan_removed(cli, tmp_path, named)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["今日天气：晴"]', '["明日天气：晴"]', "it does not match “明日天气：晴”"),
        (
            '["今日天气很好"]',
            '["今日天氣：很好"]',
            "it matches “今日天氣：很好”, which stands in keeps",
        ),
        ('keeps = ["今日天气很好"]', "", "keeps is missing"),
        (".{1,20}", "((((x){99}){99}){99}){99}", "the pattern: it repeats too much"),
        (".{1,20}", ".{1,20}" + "x?" * 500, "characters; it may have 1 to 1000"),
        (".{1,20}", "(", "rule “weather”: missing )"),
        ("pattern =", 'below = "rain"\npattern =', "there is no rule “rain” for it to follow"),
    ],
)
def test_a_rule_that_fails_its_examples_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "readaloud.toml"
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"readaloud\.toml, line 5: rule “weather”") as caught:
        compile_rules(read_settings(path).rules)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ('drop = ["("]', "line 2: [rules] the rule '(' is not a valid pattern"),
        ('drop = ["a"]\nkeep = ["a", "((b{999}){999})"]', "line 3: [rules] the rule '((b{999})"),
        ('drop = ["a{99999999999}"]', "the rule 'a{99999999999}' is not a valid pattern: the"),
        ('keep = [""]', "line 2: [rules] the rule '' has 0 characters"),
        ("keep = 3", "line 2: [rules] keep is 3"),
        ("drop = [3]", "line 2: [rules] drop is [3]"),
        ("spare = 1", "line 2: [rules] unknown key"),
        ('rules_file = "none.toml"', "none.toml can't be read"),
        ("rule = 3", "line 2: [rules] rule is 3"),
    ],
)
def test_an_error_in_the_rules_is_said_to_be_there(
    cli: Cli, tmp_path: Path, rules: str, told: str
) -> None:
    config = tmp_path / "own.toml"
    config.write_text(f"[rules]\n{rules}\n", encoding="utf-8")
    article = tmp_path / "a.txt"
    article.write_text("天氣很好。", encoding="utf-8")
    result = cli("plan", article, "--config", config)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "own.toml" in result.stderr or "none.toml" in result.stderr
    assert "[editing]" not in result.stderr


def test_how_much_is_said_of_pictures_is_set_in_the_file_and_by_flag(
    cli: Cli, tmp_path: Path
) -> None:
    config = tmp_path / "own.toml"
    config.write_text('[build]\nalt_text = "off"\n', encoding="utf-8")
    article = tmp_path / "a.md"
    article.write_text("# 雨\n\n今天下雨。\n\n![一只猫](a.png)\n", encoding="utf-8")

    def said(*flags: object) -> list[str]:
        plan = json.loads(cli("plan", article, "--json", *flags).stdout)
        return [u["text"] for c in plan["chapters"] for u in c["utterances"]]

    assert said() == ["雨", "今天下雨。", "图片：一只猫"]
    assert said("--config", config) == ["雨", "今天下雨。"]
    assert said("--config", config, "--alt-text", "full") == said()
    for command in ("plan", "build"):
        wrong = cli(command, article, "--alt-text", "some")
        assert wrong.exit_code == 2
        assert "off, short, full" in wrong.stderr
