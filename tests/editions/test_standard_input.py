"""An article through a pipe, with its type and its address, as a newsroom has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Cli = Callable[..., Result]
ADDRESS = "https://news.example.org/2026/11/river.html?from=app"
PAGE = (
    "<html><head><title>河上的冰裂开了</title><link rel='canonical' href='https://other.example/x'>"
    "</head><body><article><h1>河上的冰裂开了</h1><p>春天到了，河上的冰裂开了。</p>"
    "<div class='ours'><p>本台记者在现场看到，孩子们都笑了。</p></div></article></body></html>"
)


def build(cli: Cli, tmp_path: Path, *words: str, text: str = PAGE) -> Result:
    silent = ("--voice", "silent", "--out", tmp_path / "out", "--json")
    return cli("build", "-", *silent, *words, stdin=text)


def report_of(tmp_path: Path, stem: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((tmp_path / "out" / f"{stem}.json").read_bytes())
    return found


def test_type_and_address_say_what_a_name_would(cli: Cli, tmp_path: Path) -> None:
    result = build(cli, tmp_path, "--type", "html", "--url", ADDRESS)
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["source"] == ADDRESS
    assert told["title"] == "河上的冰裂开了"
    assert [Path(name).name for name in told["files"]] == ["river.mp3", "river.json"]
    report = report_of(tmp_path, "river")
    assert (report["source"], report["address"]) == (ADDRESS, ADDRESS)
    again = json.loads(build(cli, tmp_path, "--type", "html", "--url", ADDRESS).stdout)
    assert again["fresh"] is True


def test_a_name_stays_the_files_name(cli: Cli, tmp_path: Path) -> None:
    result = build(cli, tmp_path, "--type", "html", "--url", ADDRESS, "--name", "晨报.txt")
    assert result.exit_code == 0, result.stderr
    assert report_of(tmp_path, "晨报")["title"] == "河上的冰裂开了"


def test_rules_of_the_site_are_those_of_the_address(cli: Cli, tmp_path: Path) -> None:
    rules = tmp_path / "own.toml"
    rules.write_text('[sites."news.example.org"]\ndrop = [".ours"]\n', encoding="utf-8")
    words = ("--type", "html", "--config", rules)
    ours = cli("plan", "-", *words, "--url", ADDRESS, stdin=PAGE)
    theirs = cli("plan", "-", *words, "--url", "https://elsewhere.example/", stdin=PAGE)
    said = [any("本台记者" in line and line.startswith("u") for line in r.stdout.splitlines())
            for r in (ours, theirs)]  # fmt: skip
    assert said == [False, True], ours.stdout


def test_without_an_address_it_is_the_one_that_the_page_states(cli: Cli, tmp_path: Path) -> None:
    assert build(cli, tmp_path, "--type", "html").exit_code == 0
    report = report_of(tmp_path, "stdin")
    assert (report["source"], report["address"]) == ("stdin", "https://other.example/x")


@pytest.mark.parametrize("stated", ["javascript:alert(1)", "/x", "https://a b", "data:text/html,x"])
def test_what_is_no_link_is_none(cli: Cli, tmp_path: Path, stated: str) -> None:
    page = PAGE.replace("https://other.example/x", stated)
    assert build(cli, tmp_path, "--type", "html", text=page).exit_code == 0
    assert report_of(tmp_path, "stdin")["address"] is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--type", "pdf"), "can't be of the type “pdf”"),
        (("--url", "news.example.org/a"), "is no address of the web"),
    ],
)
def test_a_wrong_word_is_named(cli: Cli, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    result = build(cli, tmp_path, *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_they_are_refused_where_nothing_is_piped(cli: Cli, seed: Path) -> None:
    result = cli("plan", seed, "--type", "html")
    assert result.exit_code == 2
    assert "Put - among the articles." in result.stderr
