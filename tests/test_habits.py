"""What the project tells its contributors is true: commands, paths, hooks and forms."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from typer.testing import Result

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CHECKS = (ROOT / ".ci" / "run").read_text("utf-8")
# Rooms and pages that are about to move in: once they are here, this list goes.
PATH = re.compile(r"(?:src|docs|tests|seeds|voices|\.ci)/[\w./*-]+|[\w.-]+\.md")


def commands() -> list[list[str]]:
    """Words of every command in a block of sh."""
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    lines = [part for block in blocks for line in block.splitlines() for part in line.split("&&")]
    return [shlex.split(line, comments=True) for line in lines if line.strip()]


PYTEST = [words[3:] for words in commands() if words[:3] == ["python", "-m", "pytest"]]
PIP = [words[3:] for words in commands() if words[:3] == ["python", "-m", "pip"]]
READALOUD = [words[1:] for words in commands() if words[0] == "readaloud"]
OTHERS = [words for words in commands() if words[0] not in {"python", "readaloud", "git", "."}]


@lru_cache
def pytest_help() -> str:
    """All options of pytest here, ours and those of its plug-ins."""
    line = [sys.executable, "-m", "pytest", "--help"]
    return subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_the_guide_has_commands_of_each_kind() -> None:
    assert min(map(len, (PYTEST, PIP, READALOUD, OTHERS))) >= 2


@pytest.mark.parametrize("words", PYTEST, ids=" ".join)
def test_tests_that_it_names_can_be_run(words: list[str]) -> None:
    values = dict(pairwise(words))
    for word in words:
        if word.startswith("-"):
            assert re.search(rf"^ +(?:-\w, )?{re.escape(word)}\b", pytest_help(), re.MULTILINE)
        elif word.startswith("tests"):
            assert (ROOT / word).exists()
    if "-k" in values:
        assert (ROOT / "tests" / "corpus" / values["-k"] / "wanted.toml").exists()
    if "-m" in values:
        markers = [
            each.partition(":")[0] for each in PROJECT["tool"]["pytest"]["ini_options"]["markers"]
        ]
        assert values["-m"].removeprefix("not ") in markers


@pytest.mark.parametrize("words", READALOUD, ids=" ".join)
def test_its_commands_of_readaloud_run(
    words: list[str], cli: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = cli(*words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout


def test_what_it_installs_exists() -> None:
    extras = {extra for words in PIP for extra in re.findall(r"\[(\w+)\]", " ".join(words))}
    assert extras == {"test"}
    assert extras <= set(PROJECT["project"]["optional-dependencies"])
    for words in OTHERS:
        assert words == ["pre-commit", "install"] or (ROOT / words[0]).stat().st_mode & 0o100


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md"])
def test_paths_lead_somewhere(page: str) -> None:
    named = set(PATH.findall((ROOT / page).read_text("utf-8")))
    assert named
    assert [path for path in named if not list(ROOT.glob(path))] == []


def test_hooks_run_what_the_checks_run() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (local,) = config["repos"]
    assert local["repo"] == "local"
    assert {(hook["language"], hook["pass_filenames"]) for hook in local["hooks"]} == {
        ("system", False)
    }
    checks = re.findall(r"^(?:ruff|mypy)\b.*", CHECKS, re.MULTILINE)
    assert [hook["entry"] for hook in local["hooks"]] == checks
