"""What the pages tell people to type is there, and does what they say, on the silent voice."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from doc_pages import PAGES, ROOT, bare_options, blocks, commands, named_commands
from typer.main import get_command
from typer.testing import Result

from readaloud.cli import app

Cli = Callable[..., Result]
SHOWN = [page for page in PAGES if any(block.kind == "sh" for block in blocks(page))]
LANGUAGES = ("en", "zh")
SPEAKS = {"build"}
"""Commands that would take minutes with the real voice."""


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def silent(words: list[str]) -> list[str]:
    """The same command with the silent voice, where it speaks; the voice that it names exists."""
    if words[0] not in SPEAKS:
        return words
    at = words.index("--voice") if "--voice" in words else len(words)
    return [*words[:at], *words[at + 2 :], "--voice", "silent"]


def run(page: Path, cli: Cli) -> list[Result]:
    """Write the files and run the commands of a page, from top to bottom."""
    results = []
    for block in blocks(page):
        if block.title:
            path = Path(block.title)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        if block.kind == "sh" and block.runs:
            for words in commands(block):
                assert words[0] == "readaloud", f"{words}: mark it “not run: why”"
                result = cli(*silent(words[1:]))
                assert result.exit_code == 0, (words, result.stderr)
                assert result.stdout or result.stderr
                results.append(result)
    return results


@pytest.mark.parametrize("page", SHOWN, ids=name)
def test_commands_run_with_the_files_that_the_page_shows(page: Path, cli: Cli) -> None:
    run(page, cli)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reading_is_mended_as_the_page_says(language: str, cli: Cli) -> None:
    before, after, _, reviewed = run(ROOT / "docs" / language / "readings.md", cli)
    assert "chan2 yu2 fei1" in before.stdout
    assert "shan4 yu2 fei1" in after.stdout
    assert re.search(r"数 in 数到 is read shu3, maybe shu4, .*; doubt \d+ %", reviewed.stdout)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_drop_and_keep_as_the_page_says(language: str, cli: Cli) -> None:
    results = run(ROOT / "docs" / language / "site-rules.md", cli)
    explained, chosen, remembered, ours, with_rules, _ = results
    assert re.search(r"line \d+, removed: 责任编辑", explained.stdout)
    assert re.search(r"line 6, spoken: 责任编辑", chosen.stdout)
    assert "readaloud.rules.toml" in remembered.stdout + remembered.stderr
    assert re.search(r"^left out, line \d+: 今日船班", ours.stdout, re.MULTILINE)
    assert re.search(r"u\d{4}: 责任编辑", ours.stdout)
    # What was remembered above is the user's last word: it names the reason here, too.
    assert re.search(
        r"^left out, line 5: 今日船班.*left out by you", with_rules.stdout, re.MULTILINE
    )


def options_of(command: Any) -> set[str]:
    """All spellings of a command's options."""
    return {o for param in command.params for o in (*param.opts, *param.secondary_opts)} | {
        "--help"
    }


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_and_options_that_are_named_exist(page: Path) -> None:
    root: Any = get_command(app)
    for words in named_commands(page):
        if words[0].startswith("-"):
            assert words[0] in options_of(root), words
            continue
        assert words[0] in root.commands, words
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert options <= options_of(root.commands[words[0]]), words


def every_option() -> set[str]:
    root: Any = get_command(app)
    return options_of(root).union(*map(options_of, root.commands.values()))


def test_options_in_sentences_exist() -> None:
    named = {option: page for page in PAGES for option in bare_options(page)}
    assert len(named) > 20
    there = every_option()
    assert {option: page for option, page in named.items() if option not in there} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_python_that_is_shown_runs(language: str, tmp_path: Path) -> None:
    page = blocks(ROOT / "docs" / language / "python.md")
    article = next(block for block in page if block.title)
    Path(article.title).write_text(article.text, encoding="utf-8")
    scripts = [block.text for block in page if block.kind == "python"]
    assert len(scripts) == 2
    for text in scripts:
        shown = text.replace('voice="yunxi"', f'voice="silent", cache_dir={str(tmp_path)!r}')
        run = subprocess.run(
            [sys.executable, "-c", shown], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        assert "滨江路" in run.stdout or "article.mp3" in run.stdout, run.stdout


def test_both_languages_show_the_same_commands() -> None:
    for english in sorted((ROOT / "docs" / "en").glob("*.md")):
        chinese = ROOT / "docs" / "zh" / english.name
        told = [[commands(b) for b in blocks(p) if b.kind == "sh"] for p in (english, chinese)]
        assert told[0] == told[1], english.name
