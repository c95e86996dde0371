"""The queue that editions share: whose turn it is, and what happens when workers die."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from readaloud.errors import EngineError
from readaloud.model import Article, Chapter, Script, Utterance, Voice
from readaloud.speech.cache import ClipCache
from readaloud.speech.clips import Clips, Speaking
from readaloud.speech.engines.silent import SilentEngine
from readaloud.speech.pool import Answers, Crew, Workers, open_workers
from readaloud.speech.worker import speak

VOICE = Voice("x", "silent", "x", "zh-CN", "female", "simplified")


class Held(Executor):
    """Keeps what is submitted until it is told to do it."""

    def __init__(self) -> None:
        self.held: list[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.held.append((future, fn, args))
        return future

    def do_next(self) -> tuple[Any, ...]:
        future, fn, args = self.held.pop(0)
        future.set_result(fn(*args))
        return args


class Deadly(Held):
    """Dies of whatever it is given."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        raise BrokenExecutor


def utterance(text: str) -> Utterance:
    return Utterance(text, "c1", "sentence", text, text)


def script(texts: list[str]) -> Script:
    article = Article("a", None, None, None, "zh-Hant", (Chapter("c1", None, ()),), ())
    return Script(article, tuple(map(utterance, texts)))


def ask(workers: Workers, text: str, number: int, answers: Answers) -> bool:
    return workers.ask(text, utterance(text), VOICE, number, answers)


def test_the_earliest_edition_goes_first_and_its_longest_utterance() -> None:
    pool, answers = Held(), SimpleQueue[Any]()
    workers = Workers(Crew(lambda: pool, lambda: 1))
    for text, number in (("一", 1), ("二二", 1), ("三", 0), ("四四四", 2), ("五五五", 1)):
        ask(workers, text, number, answers)
    for text, number in (("六", 0), ("七七", 0), ("八八八八", 1)):
        ask(workers, text, number, answers)
    said = []
    while pool.held:
        said.append(pool.do_next()[0].text)
        workers.wait_for(answers)
    assert said == ["一", "二二", "三", "四四四", "七七", "六", "八八八八", "五五五"]


def test_a_clip_that_two_editions_want_is_spoken_once() -> None:
    pool, one, other = Held(), SimpleQueue[Any](), SimpleQueue[Any]()
    workers = Workers(Crew(lambda: pool, lambda: 1))
    assert ask(workers, "好", 0, one)
    assert not ask(workers, "好", 1, other)
    pool.do_next()
    assert not pool.held
    assert one.get()[1] is other.get()[1]


def test_what_nobody_waits_for_any_more_is_not_spoken() -> None:
    pool, gone, there = Held(), SimpleQueue[Any](), SimpleQueue[Any]()
    workers = Workers(Crew(lambda: pool, lambda: 1))
    for number in range(8):
        ask(workers, f"句{number}", 0, gone)
    ask(workers, "句7", 1, there)
    workers.forget(gone)
    said = []
    while pool.held:
        said.append(pool.do_next()[0].text)
        workers.wait_for(there)
    assert said == ["句0", "句1", "句2", "句3", "句7"]


def test_clips_that_nobody_takes_stop_the_workers() -> None:
    pool, answers = Held(), SimpleQueue[Any]()
    workers = Workers(Crew(lambda: pool, lambda: 1))
    for number in range(9):
        ask(workers, f"句{number}", 0, answers)
    done = 0
    while pool.held:
        pool.do_next()
        workers.hand_out()
        done += 1
    assert done == answers.qsize() == 4
    workers.wait_for(answers)
    assert len(pool.held) == 1
    workers.forget(answers)
    ask(workers, "別的", 1, answers)
    assert len(pool.held) == 2


def test_workers_start_once_and_no_more_of_them_than_there_is_work() -> None:
    pool, answers = Held(), SimpleQueue[Any]()
    workers = Workers(Crew(lambda: pool, lambda: 8, engine="silent"))
    workers.warm(1)
    ask(workers, "一", 0, answers)
    assert [fn.__name__ for _, fn, _ in pool.held] == ["warm"]
    ask(workers, "二", 0, answers)
    ask(workers, "三", 0, answers)
    assert [fn.__name__ for _, fn, _ in pool.held] == ["warm", "speak", "speak"]
    pool.do_next()
    workers.wait_for(answers)
    assert [fn.__name__ for _, fn, _ in pool.held] == ["speak"] * 3
    workers.warm(1)
    assert len(pool.held) == 3


def test_a_pool_that_dies_again_and_again_is_given_up(tmp_path: Path) -> None:
    opened: list[Executor] = []

    def open_pool() -> Executor:
        opened.append(Deadly())
        return opened[-1]

    workers = Workers(Crew(open_pool, lambda: 2))
    for _ in range(3):
        with (
            Speaking(VOICE, ClipCache(tmp_path), workers, lambda *_: None) as speaker,
            pytest.raises(EngineError, match=r"2 utterances could not be spoken.*process died"),
        ):
            speaker.finish(script(["春天來了。", "夏天到了。"]))
    assert len(opened) == 4


@pytest.fixture
def _processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The silent engine in processes; there it doesn't matter where it is."""
    monkeypatch.setattr(SilentEngine, "parallel", "processes")


@pytest.mark.usefixtures("_processes")
def test_a_process_that_dies_loses_nothing(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    with open_workers(SilentEngine, 1) as workers:
        pool = workers._pool
        for turn in range(2):
            texts = [f"第{turn}回第{n}句話。" for n in range(20)]
            clips = _speak_while_dying(texts, cache, workers)
            expected = [speak(utterance(text), VOICE)[1] for text in texts]
            assert [clip.duration_ms for clip in clips] == expected
        assert workers._pool is not pool


def _speak_while_dying(texts: list[str], cache: ClipCache, workers: Workers) -> Clips:
    with Speaking(VOICE, cache, workers, lambda *_: None) as speaker:
        workers._pool.submit(os._exit, 3)
        return speaker.finish(script(texts))
