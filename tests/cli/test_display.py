"""The live bar, as a person at a terminal sees it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from readaloud.cli import progress
from readaloud.cli.progress import SECONDS_BETWEEN, PlainLines
from readaloud.model import Article, Chapter, Script, Utterance


def on_a_terminal(words: list[str], **settings: str) -> tuple[int, str]:
    parent, child = pty.openpty()
    environment = os.environ | {"TERM": "xterm"} | settings
    process = subprocess.Popen(
        words, stdout=child, stderr=child, stdin=child, close_fds=True, env=environment
    )
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
    assert re.search(r"(8\d)/\1  \d+:\d\d of audio", shown)
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


def words_of(*words: object) -> list[str]:
    return [sys.executable, "-m", "readaloud", *map(str, words)]


def plain(how: str, *command: object) -> str:
    """What a command writes on a terminal: no escapes, no redrawn lines, no boxes."""
    root = ["--plain"] if how == "before" else []
    own = ["--plain"] if how == "behind" else []
    settings = {"TERM": "dumb"} if how == "dumb" else {}
    code, shown = on_a_terminal(words_of(*root, *command, *own), **settings)
    assert code == 0, shown
    assert "\x1b" not in shown
    assert "\r" not in shown.replace("\r\n", "")
    assert not set(shown) & set("├└│─━╸╺")
    return shown


@pytest.mark.parametrize("how", ["behind", "before", "dumb"])
def test_a_plain_terminal_is_told_of_stages_as_they_begin_and_end(how: str, tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    news.write_text("今日要聞\n\n春天來了。\n\n責任編輯：王小明\n", encoding="utf-8")
    shown = plain(
        how, "build", news, "--voice", "silent", "--out", tmp_path, "--cache-dir", tmp_path / "c"
    )
    stages = ("utterances, 1 line removed. Speaking.", "Joining.", "Adjusting", "Writing")
    places = [shown.index(stage) for stage in stages]
    assert places == sorted(places)


def test_a_plain_terminal_gets_whole_lines_alone(seed: Path) -> None:
    assert "chapter: c02" in plain("behind", "plan", seed)
    assert "分享到:  (share bar)" in plain("before", "plan", seed, "--explain")
    assert "voice: yunxi" in plain("dumb", "voices")


def test_how_far_an_edition_is_comes_as_a_line_every_ten_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, said = [0.0], []
    monkeypatch.setattr(progress, "say", lambda line: said.append((now[0], str(line))))
    texts = [f"第{number:02}句話說得一樣長。" for number in range(100)]
    utterances = tuple(Utterance(text, "c1", "sentence", text, text) for text in texts)
    article = Article("a", None, None, None, "zh-Hant", (Chapter("c1", None, ()),), ())
    lines = PlainLines(lambda: now[0])
    editions = [lines.begin(name) for name in ("一.txt", "二.txt")]
    for edition in editions:
        edition.planned(Script(article, utterances))
    for each in utterances:
        for edition in editions:
            now[0] += 0.5
            edition.spoke(each, 3000, cached=False)
    told = [(at, line) for at, line in said if "%" in line]
    gaps = [after[0] - before[0] for before, after in pairwise(told)]
    assert min(gaps) >= SECONDS_BETWEEN
    assert 8 <= len(told) <= 10
    assert re.fullmatch(
        r"[一二].txt: \d+ % done, \d:\d\d of audio, 3.0× real time, \d:\d\d left", told[4][1]
    )
