"""readaloud.toml: tables and keys that are known, and what they do to an article."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from readaloud.config.settings import Settings, read_settings
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
    assert read_settings(path) == Settings(
        {"voice": "yunxi"},
        EditingRules(("^廣告",), ("編輯",)),
        ReadingRules((SiteRule("example.com", "#text", (".promo",)),)),
        folder=tmp_path,
    )
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[rules]\ndrop = 3\n", "line 2: [rules] drop is 3; a list of texts"),
        ("[rules]\nforget = []\n", "line 2: [rules] unknown key 'forget'; known: drop, keep"),
        ("sites = 1\n", "line 1: sites is 1; a table"),
        ('[sites."a.b"]\ncontent = 3\n', 'line 2: [sites."a.b"] content is 3; a text'),
        ("[feeds]\n", "line 1: unknown key 'feeds'"),
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
