"""Many articles in one run: shared workers, one line each, flat memory, and a run that goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from typer.testing import Result

import readaloud
from readaloud.editions.in_order import in_order
from readaloud.editions.observer import EditionObserver, Quiet
from readaloud.editions.same_content import Firsts
from readaloud.errors import EngineError
from readaloud.model import Edition

Cli = Callable[..., Result]


def write_archive(folder: Path, count: int) -> Path:
    """So many short articles, no two alike."""
    for number in range(count):
        file = folder / f"{number // 100:02}" / f"n{number:04}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"第{number}則\n\n今天是第{number}天。\n", encoding="utf-8")
    return folder


def command(folder: Path) -> list[str]:
    words = [sys.executable, "-m", "readaloud", "build", str(folder / "in"), "--voice", "silent"]
    words += ["--out", str(folder / "out"), "--cache-dir", str(folder / "cache"), "--json"]
    return [*words, "--log-json", str(folder / "log.jsonl")]


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_article_is_logged_as_it_ends_and_told_of_in_order(cli: Cli, tmp_path: Path) -> None:
    archive, log = write_archive(tmp_path / "in", 12), tmp_path / "log.jsonl"
    (archive / "00" / "n0003.txt").write_text("\n", encoding="utf-8")
    (archive / "00" / "n0007.txt").write_text("第6則\n\n今天是第6天。\n", encoding="utf-8")
    build = ("build", archive, "--voice", "silent", "--out", tmp_path / "out", "--log-json", log)
    result = cli(*build)
    assert result.exit_code == 3
    summary = result.stderr.splitlines()[-1]
    assert summary.startswith(
        "12 articles: 10 made, 1 the same as another, 1 failed; 0:47 of audio, made in "
    )
    told = lines(log)
    states = {Path(str(line["source"])).stem: line["state"] for line in told}
    assert states == {f"n{n:04}": "made" for n in range(12)} | {"n0003": "failed", "n0007": "same"}
    assert all("has no text" in str(line["error"]) for line in told if line["state"] == "failed")
    assert all(line["seconds"] for line in told)
    again = cli(*build, "--json")
    sources = [json.loads(line)["source"] for line in again.stdout.splitlines()]
    assert sources == sorted(str(path) for path in archive.rglob("*.txt"))
    assert [line["state"] for line in lines(log)[12:]].count("fresh") == 10


def test_a_log_that_can_not_be_written_is_said_before_anything_is_made(
    cli: Cli, tmp_path: Path
) -> None:
    archive = write_archive(tmp_path / "in", 1)
    result = cli("build", archive, "--out", tmp_path / "out", "--log-json", tmp_path)
    assert (result.exit_code, "--log-json" in result.stderr) == (5, True)
    assert not (tmp_path / "out").exists()


def test_a_killed_run_leaves_whole_lines_and_the_next_goes_on(tmp_path: Path) -> None:
    write_archive(tmp_path / "in", 60)
    process = subprocess.Popen(command(tmp_path), stdout=subprocess.DEVNULL)
    log = tmp_path / "log.jsonl"
    while process.poll() is None and not (log.exists() and log.stat().st_size > 1000):
        time.sleep(0.005)
    assert process.poll() is None
    process.kill()
    process.wait()
    assert log.read_bytes().endswith(b"\n")
    before = lines(log)
    assert 0 < len(before) < 60
    subprocess.run(command(tmp_path), check=True, stdout=subprocess.DEVNULL)
    after = lines(log)[len(before) :]
    assert len(after) == 60
    made = {line["source"] for line in before}
    assert {line["source"] for line in after if line["state"] == "fresh"} >= made
    assert len(list((tmp_path / "out").iterdir())) == 120


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_tidies_up_at_once(tmp_path: Path, sign: signal.Signals) -> None:
    write_archive(tmp_path / "in", 200)
    process = subprocess.Popen(command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    log = tmp_path / "log.jsonl"
    while process.poll() is None and not (log.exists() and log.stat().st_size > 1000):
        time.sleep(0.005)
    process.send_signal(sign)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    stopped = "Stopped. Everything spoken so far is kept: run again to continue."
    assert said.decode().splitlines() == [stopped]
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_memory_does_not_grow_with_the_number_of_articles(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "in", 240)
    sizes: list[int] = []

    class Weighing(Quiet):
        def begin(self, source: str) -> EditionObserver:
            sizes.append(psutil.Process().memory_info().rss)
            return super().begin(source)

    options: readaloud.BuildOptions = {
        "voice": "silent",
        "out": tmp_path / "out",
        "cache_dir": tmp_path / "cache",
        "formats": "json",
    }
    outcomes = readaloud.build(archive, observer=Weighing(), **options)
    assert all(outcome.edition for outcome in outcomes)
    assert min(sizes[160:]) < max(sizes[40:80]) * 1.05  # single sizes go up and down by a tenth


def test_results_keep_their_order_and_tasks_are_drawn_when_there_is_room() -> None:
    under_way: set[int] = set()
    most = 0
    lock = threading.Lock()

    def work(number: int, task: int) -> int:
        nonlocal most
        with lock:
            under_way.add(number)
            most = max(most, len(under_way))
        time.sleep(0.02 if number % 4 == 0 else 0.001)
        with lock:
            under_way.discard(number)
        return task * 10

    assert list(in_order(iter(range(40)), work, lambda: 3)) == [n * 10 for n in range(40)]
    assert 1 < most <= 3


def test_whoever_stops_listening_stops_the_threads() -> None:
    ended: list[str] = []

    def work(number: int, task: str) -> str:
        if number == 0:
            return task
        try:
            for _ in range(1000):
                time.sleep(0.01)
        except KeyboardInterrupt:
            ended.append(task)
            raise
        return task

    results = in_order(iter("abc"), work, lambda: 2)
    assert next(results) == "a"
    before = threading.active_count()
    results.close()  # type: ignore[attr-defined]
    assert ended
    assert threading.active_count() < before


def test_what_a_task_raises_is_raised() -> None:
    def work(number: int, task: int) -> int:
        raise OSError(task)

    with pytest.raises(OSError, match="0"):
        list(in_order(range(3), work, lambda: 2))


def test_the_programs_own_files_survive_a_killed_neighbour(tmp_path: Path) -> None:
    """What is of a process that lives is not cleared away."""
    archive = write_archive(tmp_path / "in", 1)
    alive = tmp_path / "out" / f".readaloud-{os.getppid()}-x"
    dead = tmp_path / "out" / f".readaloud-{_dead_pid()}-x"
    for folder in (alive, dead):
        folder.mkdir(parents=True)
    readaloud.build(archive, voice="silent", out=tmp_path / "out", cache_dir=tmp_path / "c")
    assert (alive.exists(), dead.exists()) == (True, False)


def _dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_an_article_that_another_is_making_is_waited_for_and_tried_again_if_that_failed() -> None:
    firsts, said = Firsts(), []
    make, wait = firsts.claim("x"), firsts.claim("x")

    def wait_for_it() -> None:
        with pytest.raises(EngineError, match="no voice") as caught:
            wait(unwanted)
        said.append(caught.value.message)

    def fail() -> Edition:
        raise EngineError("no voice")

    def unwanted() -> Edition:
        raise AssertionError

    waiting = threading.Thread(target=wait_for_it)
    waiting.start()
    with pytest.raises(EngineError):
        make(fail)
    waiting.join(5)
    assert said == ["no voice"]
    with pytest.raises(EngineError):
        firsts.claim("x")(fail)
