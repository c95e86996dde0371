"""The units of systemd and the container file that the pages show are sound."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from doc_pages import ROOT, blocks

from conftest import require

PAGES = [ROOT / "docs" / language / "morning.md" for language in ("en", "zh")]


def shown(page: Path) -> dict[str, str]:
    """The files that a page shows, by name."""
    return {block.title: block.text for block in blocks(page) if block.title}


def run(*words: object) -> str:
    """What a linter says; it has to be content."""
    line = [str(word) for word in words]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_both_languages_show_the_same_files() -> None:
    english, chinese = map(shown, PAGES)
    assert english == chinese
    assert {"readaloud-morning.timer", "Containerfile"} <= english.keys()


def test_the_timer_is_one_that_systemd_takes(tmp_path: Path) -> None:
    require(shutil.which("systemd-analyze") is not None, "systemd-analyze")
    units = {name: text for name, text in shown(PAGES[0]).items() if name.startswith("readaloud-")}
    for name, text in units.items():
        # The program is not in that place here.
        (tmp_path / name).write_text(text.replace("/srv/readaloud/bin/readaloud", "/bin/true"))
    assert run("systemd-analyze", "verify", *(tmp_path / name for name in units)) == ""
    (line,) = [each for each in units["readaloud-morning.timer"].splitlines() if "=*" in each]
    run("systemd-analyze", "calendar", line.partition("=")[2])


def test_the_container_file_is_one_that_hadolint_takes(tmp_path: Path) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    require(linter.exists(), "hadolint")
    path = tmp_path / "Containerfile"
    path.write_text(shown(PAGES[0])["Containerfile"])
    assert run(linter, path) == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_the_tables_that_the_page_describes_are_those_there_are(page: Path) -> None:
    sql = (ROOT / "src" / "readaloud" / "morning" / "seen.sql").read_text("utf-8")
    text = page.read_text("utf-8")
    for line in sql.splitlines():
        words = line.split()
        if line.startswith("CREATE TABLE"):
            assert f"| `{words[2]}` |" in text
        elif line.startswith("  ") and words[0].islower() and words[0] != "id":
            assert f"`{words[0]}`" in text, words[0]
