"""Killed builds: nothing half made is seen, and the next run ends with the same audio."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ARTICLE = "# 長篇\n\n" + "\n\n".join(
    f"## 第{n}章\n\n" + "".join(f"第{n}章的第{k}句話說的是平常的事。" for k in range(12))
    for n in range(1, 4)
)


def command(article: Path, folder: Path, voice: str) -> list[str]:
    words = [sys.executable, "-m", "readaloud", "build", str(article), "--voice", voice, "--json"]
    return [*words, "--out", str(folder / "out"), "--cache-dir", str(folder / "cache")]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def kill_after(words: list[str], clips: Path, most: int) -> None:
    """Kill the run as soon as it has kept so many clips; it may end before."""
    with subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while process.poll() is None and len(list(clips.rglob("*.flac"))) < most:
            time.sleep(0.002)
        process.kill()


def test_killed_at_random_moments_it_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    article = tmp_path / "long.md"
    article.write_text(ARTICLE, encoding="utf-8")
    whole = subprocess.run(
        command(article, tmp_path / "a", "silent"), check=True, capture_output=True, text=True
    )
    chance = random.Random(2026)
    out, clips = tmp_path / "b" / "out", tmp_path / "b" / "cache" / "clips"
    # Counted in clips, not in seconds: a busy machine spends most of them on loading.
    for most in sorted(chance.randint(1, 39) for _ in range(3)):
        kill_after(command(article, tmp_path / "b", "silent"), clips, most)
        if out.is_dir():
            for name in names(out):  # a final name is there only when the file is whole
                assert (out / name).read_bytes() == (tmp_path / "a" / "out" / name).read_bytes()
    again = subprocess.run(
        command(article, tmp_path / "b", "silent"), check=True, capture_output=True, text=True
    )
    made, undisturbed = json.loads(again.stdout), json.loads(whole.stdout)
    assert made["synthesized"] < undisturbed["synthesized"]
    assert (out / "long.mp3").read_bytes() == (tmp_path / "a" / "out" / "long.mp3").read_bytes()
    assert {path.name for path in out.iterdir()} == {"long.mp3", "long.json"}


@pytest.mark.voice
def test_a_stopped_build_says_so_and_keeps_what_was_spoken(tmp_path: Path) -> None:
    """By Ctrl-C; SIGTERM does the same, as ``test_archive.py`` shows without a voice to load."""
    article = tmp_path / "a.txt"
    article.write_text("春天來了。\n\n夏天到了。\n\n秋天過了。\n\n冬天下雪了。", encoding="utf-8")
    process = subprocess.Popen(
        command(article, tmp_path, "xiaoxiao"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    clips = tmp_path / "cache" / "clips"
    deadline = time.monotonic() + 60
    while not list(clips.rglob("*.flac")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)  # a second press changes nothing
    try:
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130, said
    stopped = "Stopped. Everything spoken so far is kept: run again to continue."
    assert said.decode().strip() == stopped
    assert names(tmp_path / "out") == set()
    assert list(clips.rglob("*.flac"))
