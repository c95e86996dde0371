"""docs/reference says what the program is; ``--renew-golden`` writes it anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from described import USED, WORDS
from reference_pages import PAGES, json_keys
from typer.testing import Result

from readaloud.cli.check import check_object
from readaloud.editions.check import Checked
from readaloud.editions.listening import Heard, Hearing

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
MADE = "<!-- Written from the program: python -m pytest tests/docs --renew-golden -->\n\n"
ARTICLE = (
    "# 晨間新聞\n\n文／王小明\n\n氣溫零下20度。\n\n"
    "## 交通\n\n路面結冰，請小心。\n\n責任編輯：李四\n"
)
TWIN = "# 晨間新聞\n\n氣溫零下20度。\n"
Cli = Callable[..., Result]
Golden = Callable[[Path, str], None]


@pytest.mark.parametrize("name", PAGES)
def test_pages_say_what_the_program_is(name: str, golden: Golden) -> None:
    golden(FOLDER / name, MADE + PAGES[name]())


def objects(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def samples(cli: Cli, tmp_path: Path) -> dict[str, list[Any]]:
    """What the commands print of an article, its twin, a plain one, and one that is missing."""
    names = {"a.md": ARTICLE, "b.md": TWIN, "c.md": TWIN, "d.txt": "只有一句話。\n"}
    (tmp_path / "e.txt").write_text("看门人数着钟声，数到第七下。\n", encoding="utf-8")
    paths = [tmp_path / name for name in (*names, "missing.txt")]
    for path, text in zip(paths, names.values(), strict=False):
        path.write_text(text, encoding="utf-8")
    log, out = tmp_path / "log.jsonl", tmp_path / "out"
    silent = ("--voice", "silent", "--out", out, "--json")
    built = objects(cli("build", *paths, *silent, "--log-json", log))
    built += objects(cli("build", paths[0], *silent, "--format", "mp3", "--rebuild"))
    hearing = Hearing((Heard("u0001", "晨间新闻", "晨间新闻", 4, 0),))
    return {
        "plan": objects(cli("plan", *paths, "--json")),
        "plan --explain": objects(cli("plan", paths[0], "--explain", "--json")),
        "build": built,
        "log": sorted(
            map(json.loads, log.read_text("utf-8").splitlines()), key=itemgetter("source")
        ),
        "check": [
            *objects(cli("check", out, "--json")),
            check_object(Checked("x", ("?",), hearing)),
        ],
        "publish": objects(cli("publish", out, "--to", tmp_path / "web", "--json")),
        "review": objects(cli("review", tmp_path / "e.txt", "--json")),
        "pronounce": objects(cli("pronounce", "重慶銀行", "--json")),
        "voices": objects(cli("voices", "--json")),
    }


def test_the_json_page_has_all_keys(samples: dict[str, list[Any]], golden: Golden) -> None:
    assert {entry["state"] for entry in samples["log"]} == {"made", "same", "failed"}
    page = json_keys(samples)
    golden(FOLDER / "json.md", MADE + page)
    for title in samples:
        for key in WORDS[f"json {title}"]:
            assert f"| `{key}` |" in page, f"json {title}: the program has no key {key}"


def test_no_page_is_left_from_an_earlier_program() -> None:
    there = {path.name for path in FOLDER.glob("*.md")}
    assert there == {*PAGES, "json.md", "index.md"}


def test_nothing_is_said_of_what_is_gone() -> None:
    for page in PAGES.values():
        page()
    said = {(group, key) for group, words in WORDS.items() for key in words if group[0].isupper()}
    assert said - USED == set()
