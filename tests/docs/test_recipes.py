"""The recipes for a newsroom's site: the same in both languages, and well-formed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml
from doc_pages import ROOT, blocks

PAGES = [ROOT / "docs" / language / "newsroom.md" for language in ("en", "zh")]
FILES = {block.title: block.text for block in blocks(PAGES[0]) if block.title}


def test_both_languages_show_the_same_files() -> None:
    assert {block.title: block.text for block in blocks(PAGES[1]) if block.title} == FILES


def test_the_workflow_builds_checks_and_publishes() -> None:
    (job,) = yaml.safe_load(FILES[".github/workflows/audio.yml"])["jobs"].values()
    runs = [step["run"].partition(" --")[0] for step in job["steps"] if "run" in step]
    assert runs[1:] == [
        "readaloud build content/posts",
        "readaloud player",
        "readaloud check static/audio",
        "hugo",
    ]
    assert all(("run" in step) != ("uses" in step) for step in job["steps"])


def test_the_script_is_one_that_a_shell_reads(tmp_path: Path) -> None:
    path = tmp_path / "speak.sh"
    path.write_text(FILES["speak.sh"], encoding="utf-8")
    subprocess.run(["sh", "-n", path], check=True)
