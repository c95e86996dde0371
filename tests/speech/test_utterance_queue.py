"""The queue that editions share: whose turn it is, and what happens when workers die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import NoReturn

import psutil
import pytest

from readaloud.errors import EngineError
from readaloud.model import Article, Chapter, Script, Utterance, Voice
from readaloud.speech import child_process
from readaloud.speech import worker as speaking
from readaloud.speech import worker_processes as processes
from readaloud.speech.clip_cache import ClipCache
from readaloud.speech.edition_clips import Clips, Speaking
from readaloud.speech.engines.silent import SilentEngine
from readaloud.speech.utterance_queue import Crew, Workers, open_workers

VOICE = Voice("x", "silent", "x", "zh-CN", "female", "simplified")


class Held:
    """Speaks what is asked for, but nothing before it may."""

    def __init__(self, size: int = 1) -> None:
        self.said: list[str] = []
        self.kept: list[bytes] = []
        self.may = threading.Semaphore(0)
        self.workers = Workers(Crew(lambda: self.speak, lambda: size))

    def speak(self, utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
        self.said.append(utterance.text)
        assert self.may.acquire(timeout=10)
        return utterance.text.encode(), len(utterance.text)

    def ask(self, text: str, number: int, *, in_turn: bool = False) -> Future[int]:
        said = utterance(text)
        return self.workers.ask(text, said, VOICE, number, self.kept.append, in_turn=in_turn)

    def begin(self) -> Future[int]:
        """Have the one worker held by a first utterance."""
        first = self.ask("零", 0)
        while not self.said:
            time.sleep(0.001)
        return first

    def let_go(self) -> list[str]:
        """What is said after the first, all of it."""
        self.may.release(100)
        deadline = time.monotonic() + 10
        while self.workers._wanted and time.monotonic() < deadline:
            time.sleep(0.001)
        return self.said[1:]


def utterance(text: str) -> Utterance:
    return Utterance(text, "c1", "sentence", text, text)


def script(texts: list[str]) -> Script:
    article = Article("a", None, None, None, "zh-Hant", (Chapter("c1", None, ()),), ())
    return Script(article, tuple(map(utterance, texts)))


def test_the_earliest_edition_goes_first_and_its_longest_utterance() -> None:
    held = Held()
    held.begin()
    for text, number in (("一", 1), ("二二", 1), ("三", 0), ("四四四", 2), ("五五五", 1)):
        held.ask(text, number)
    for text, number in (("六", 0), ("七七", 0), ("八八八八", 1)):
        held.ask(text, number)
    assert held.let_go() == ["七七", "三", "六", "八八八八", "五五五", "二二", "一", "四四四"]


def test_what_is_heard_while_it_is_spoken_goes_in_its_order() -> None:
    held = Held()
    held.begin()
    for text, number in (("一", 1), ("二二", 1), ("三", 0), ("四四四", 0)):
        held.ask(text, number, in_turn=True)
    assert held.let_go() == ["三", "四四四", "一", "二二"]


def test_a_clip_that_two_editions_want_is_spoken_once() -> None:
    held = Held()
    one, other = held.begin(), held.workers.join("零")
    assert one is other
    held.let_go()
    assert (one.result(), held.said, held.kept) == (1, ["零"], ["零".encode()])
    assert held.workers.join("零") is None


def test_what_nobody_waits_for_any_more_is_not_spoken() -> None:
    held = Held()
    held.begin()
    texts = [f"句{number}" for number in range(8)]
    futures = [held.ask(text, 0) for text in texts]
    held.workers.join("句7")
    held.workers.forget(texts)
    held.workers.forget(texts[:2])
    again = held.ask("句1", 1)
    assert held.let_go() == ["句7", "句1"]
    assert [future.cancelled() for future in futures] == [True] * 7 + [False]
    assert again.result() == 2


def test_no_more_clips_are_under_way_than_there_are_workers() -> None:
    held = Held(size=3)
    for number in range(9):
        held.ask(f"句{number}", 0)
    for done in range(1, 7):
        held.may.release()
        while len(held.kept) < done or len(held.said) < done + 3:
            time.sleep(0.001)
        assert len(held.said) == done + 3
    held.let_go()
    assert len(held.kept) == 9


def test_more_workers_are_called_when_there_is_room_for_them() -> None:
    sizes = [1]
    held = Held()
    workers = Workers(Crew(lambda: held.speak, lambda: sizes[0]))
    for number in range(9):
        text = f"句{number}"
        workers.ask(text, utterance(text), VOICE, 0, held.kept.append)
    while not held.said:
        time.sleep(0.001)
    sizes[0] = 4
    held.may.release()
    while len(held.said) < 5:
        time.sleep(0.001)
    sizes[0] = 1
    held.may.release(4)
    while len(held.kept) < 5:
        time.sleep(0.001)
    time.sleep(0.05)
    assert len(held.said) == 6
    held.may.release(10)
    workers.close(at_once=False)


def test_what_two_editions_ask_for_at_once_is_spoken_once() -> None:
    """Both had looked, and nobody had asked for it yet."""
    held = Held(2)
    first = held.begin()
    one, other = held.ask("一", 1), held.ask("一", 2)
    assert held.let_go() == ["一"]
    assert [each.result(5) for each in (first, one, other)] == [1, 1, 1]


def test_a_worker_that_can_not_be_had_is_told_of() -> None:
    def hire() -> NoReturn:
        raise OSError("Too many open files")

    workers = Workers(Crew(hire, lambda: 2))
    for text in ("一", "二", "三"):
        spoken = workers.ask(text, utterance(text), VOICE, 0, lambda _: None)
        with pytest.raises(OSError, match="Too many"):
            spoken.result(5)


@pytest.fixture
def _processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The silent engine in processes; there it doesn't matter where it is."""
    monkeypatch.setattr(SilentEngine, "parallel", "processes")


def _say(texts: list[str], cache: ClipCache, workers: Workers) -> Clips:
    with Speaking(VOICE, cache, lambda _: workers, lambda *_: None) as speaker:
        return speaker.finish(script(texts))


def _children() -> set[int]:
    """The processes that speak, those that live."""
    return {
        each.pid
        for each in psutil.Process().children()
        if each.status() != psutil.STATUS_ZOMBIE
        and "readaloud.speech.worker_loop" in each.cmdline()
    }


def _die(*_: object) -> None:
    os._exit(3)


@pytest.mark.usefixtures("_processes")
def test_processes_that_die_again_and_again_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    start = child_process._start

    def start_one() -> subprocess.Popen[bytes]:
        opened.append(1)
        return start()

    monkeypatch.setattr(child_process, "_start", start_one)
    monkeypatch.setattr(processes._Speaker, "warm", lambda *_: None)
    monkeypatch.setattr(speaking, "speak", _die)
    with open_workers(SilentEngine, 1) as workers:
        for _ in range(2):
            with pytest.raises(EngineError, match=r"2 utterances could not .*process died"):
                _say(["春天來了。", "夏天到了。"], ClipCache(tmp_path), workers)
    assert len(opened) == 4


@pytest.mark.usefixtures("_processes")
def test_a_process_that_dies_loses_nothing_and_leaves_the_others_alone(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    with open_workers(SilentEngine, 2) as workers:
        _say([f"第{n}句。" for n in range(8)], cache, workers)
        before = _children()
        assert len(before) == 2
        for turn in range(2):
            texts = [f"第{turn}回第{n}句話。" for n in range(60)]
            with Speaking(VOICE, cache, lambda _: workers, lambda *_: None) as speaker:
                for text in texts[:20]:
                    speaker.add(utterance(text))
                if turn == 0:
                    os.kill(min(before), signal.SIGKILL)
                clips = speaker.finish(script(texts))
            expected = [speaking.speak(utterance(text), VOICE)[1] for text in texts]
            assert [clip.duration_ms for clip in clips] == expected
        after = _children()
    assert max(before) in after
    assert len(after) == 2
    assert not _children()


def _say_and_stop(texts: list[str], cache: ClipCache) -> None:
    with open_workers(SilentEngine, 2) as workers:
        _say(texts, cache, workers)
        raise KeyboardInterrupt


@pytest.mark.usefixtures("_processes")
def test_a_run_that_is_stopped_ends_its_processes_and_no_others(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with pytest.raises(KeyboardInterrupt):
            _say_and_stop([f"第{n}句。" for n in range(8)], ClipCache(tmp_path))
        deadline = time.monotonic() + 5
        while _children() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not _children()
        assert other.poll() is None
    finally:
        other.communicate()


class UnsendableError(Exception):
    """It can be packed, but not made anew: it wants two arguments."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def _fail_oddly(*_: object) -> NoReturn:
    print("a library talks")
    raise UnsendableError("out of ", "order")


@pytest.mark.usefixtures("_processes")
def test_an_error_that_can_not_be_sent_is_told_of_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "speak", _fail_oddly)
    with (
        open_workers(SilentEngine, 1) as workers,
        pytest.raises(EngineError, match="UnsendableError: out of order"),
    ):
        _say(["春天來了。"], ClipCache(tmp_path), workers)
    assert not _children()


def _fork_and_die(*_: object) -> None:
    """As a library does that sends its statistics by a process of its own."""
    child = multiprocessing.get_context("fork").Process(target=time.sleep, args=(1,))
    child.start()
    if not child.is_alive():
        raise OSError("it did not start")
    os._exit(3)


@pytest.mark.usefixtures("_processes")
def test_processes_that_a_library_forks_hold_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "speak", _fork_and_die)
    start = time.monotonic()
    with (
        open_workers(SilentEngine, 1) as workers,
        pytest.raises(EngineError, match="process died"),
    ):
        _say(["春天來了。"], ClipCache(tmp_path), workers)
    assert time.monotonic() - start < 60
    deadline = time.monotonic() + 10
    left = _loops()
    while left and time.monotonic() < deadline:
        time.sleep(0.1)
        left = _loops()
    assert not left, "the forked ones end by themselves"


def _loops() -> list[int]:
    """All processes that speak, or were forked by one, whoever their parent is now."""
    home = str(Path.cwd())
    return [
        each.pid
        for each in psutil.process_iter(["cmdline", "cwd"])
        if each.info["cwd"] == home
        and "readaloud.speech.worker_loop" in (each.info["cmdline"] or ())
    ]


@pytest.mark.usefixtures("_processes")
def test_a_program_that_is_no_python_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with (
        open_workers(SilentEngine, 1) as workers,
        pytest.raises(EngineError, match=r"can't start one.*set_executable"),
    ):
        _say(["春天來了。"], ClipCache(tmp_path), workers)


PROGRAM = """
import sys
import readaloud
from readaloud.speech.engines.silent import SilentEngine
print("begun")
SilentEngine.parallel = "processes"
(outcome,) = readaloud.build(sys.argv[1], voice="silent", out=sys.argv[2], cache_dir=sys.argv[3])
print(outcome.error or outcome.edition.utterances)
"""


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    script = tmp_path / "embedding.py"
    script.write_text(PROGRAM, encoding="utf-8")
    article = tmp_path / "news.txt"
    article.write_text("春天來了。\n\n夏天到了。\n", encoding="utf-8")
    command = [sys.executable, str(script), str(article), str(tmp_path / "o"), str(tmp_path / "c")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.splitlines(), done.stderr) == (["begun", "2"], "")
