"""The live bar, as a person at a terminal sees it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path


def on_a_terminal(words: list[str]) -> tuple[int, str]:
    parent, child = pty.openpty()
    process = subprocess.Popen(words, stdout=child, stderr=child, stdin=child, close_fds=True)
    os.close(child)
    shown = b""
    while True:
        try:
            data = os.read(parent, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not data:
            break
        shown += data
    os.close(parent)
    return process.wait(), shown.decode("utf-8", "replace")


def test_a_bar_while_it_works_and_a_line_at_the_end(seed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "readaloud", "build", str(seed), "--voice", "silent"]
    code, shown = on_a_terminal(
        [*command, "--out", str(tmp_path), "--cache-dir", str(tmp_path / "c")]
    )
    assert code == 0
    assert "86/86" in shown
    assert "master" in shown
    assert "4 chapters, 26 lines removed, -16.0 LUFS" in shown


def test_a_line_counts_several_editions(tmp_path: Path) -> None:
    for number in range(12):
        text = f"第{number}則\n\n今天是第{number}天。\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "5.txt").write_text("\n", encoding="utf-8")
    command = [sys.executable, "-m", "readaloud", "build", str(tmp_path), "--voice", "silent"]
    code, shown = on_a_terminal(
        [*command, "--out", str(tmp_path / "out"), "--cache-dir", str(tmp_path / "c")]
    )
    assert code == 3
    assert re.search(r"\d+ of \d+ done, 1 failed", shown)
    assert shown.count("-16.0 LUFS") == 11
    assert "12 articles: 11 made, 1 failed" in shown


def test_a_plan_has_colours_and_loses_nothing(seed: Path) -> None:
    code, shown = on_a_terminal([sys.executable, "-m", "readaloud", "plan", str(seed)])
    assert code == 0
    assert "\x1b[" in shown
    assert "26 lines removed" in shown
