"""The first utterance is spoken before the last is planned; workers start for work alone."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import readaloud
from readaloud.model import Clip, Utterance, Voice
from readaloud.speech import worker as speaking
from readaloud.speech.engines.silent import SilentEngine
from readaloud.speech.worker_processes import _Speaker
from readaloud.spoken import script

ARTICLE = "今日要聞\n\n" + "\n\n".join(f"第{n}段講的是一件平常的事。" for n in range(12))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_speech_begins_while_the_article_is_planned(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    say, speak = script._Maker.utterance, SilentEngine.synthesize

    def slowly(self: Any, place: Any, start: int, said: Any) -> Utterance:
        time.sleep(0.03)
        events.append("planned")
        return say(self, place, start, said)

    def heard(self: SilentEngine, utterance: Utterance, voice: Voice) -> Clip:
        events.append("spoken")
        return speak(self, utterance, voice)

    options: dict[str, Any] = {"voice": "silent", "out": tmp_path / "o", "formats": "json"}
    (undisturbed,) = readaloud.build(article, cache_dir=tmp_path / "c0", **options)
    monkeypatch.setattr(script._Maker, "utterance", slowly)
    monkeypatch.setattr(SilentEngine, "synthesize", heard)
    (outcome,) = readaloud.build(article, cache_dir=tmp_path / "c1", rebuild=True, **options)
    assert events.count("planned") == events.count("spoken") == 13
    assert events.index("spoken") <= 4
    assert outcome.edition == undisturbed.edition


class Counting:
    """Processes that are none, and know what they were asked for."""

    def __init__(self) -> None:
        self.ready, self.spoken = 0, 0
        self._lock = threading.Lock()

    def warm(self, _: str) -> None:
        with self._lock:
            self.ready += 1
        time.sleep(0.2)

    def speak(self, utterance: Utterance, voice: Voice) -> tuple[bytes, int]:
        with self._lock:
            self.spoken += 1
        return speaking.speak(utterance, voice)


def test_workers_are_started_for_what_has_to_be_spoken_alone(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SilentEngine, "parallel", "processes")
    options: dict[str, Any] = {"voice": "silent", "out": tmp_path / "o", "formats": "json"}

    def make(source: Path, jobs: int) -> tuple[int, int]:
        counting = Counting()
        monkeypatch.setattr(_Speaker, "warm", staticmethod(counting.warm))
        monkeypatch.setattr(_Speaker, "speak", staticmethod(counting.speak))
        (outcome,) = readaloud.build(source, cache_dir=tmp_path / "c", jobs=jobs, **options)
        assert outcome.edition is not None
        return counting.ready, counting.spoken

    assert make(article, 8) == (8, 13)
    assert make(article, 8) == (0, 0)
    article.write_text(ARTICLE.replace("第3段", "第33段"), encoding="utf-8")
    assert make(article, 8) == (1, 1)
    few = article.with_name("few.txt")
    few.write_text("春天還沒有來。\n\n夏天也沒有到。\n", encoding="utf-8")
    assert make(few, 8) == (2, 2)


@pytest.mark.voice
def test_an_edited_sentence_starts_one_process(article: Path, tmp_path: Path) -> None:
    """Seen by the model's load, which each process that speaks has to do once."""
    program = (
        "import sys\n"
        "import readaloud\n"
        "from readaloud.speech import child_process\n"
        "start = child_process._start\n"
        "def told():\n"
        "    print('started')\n"
        "    return start()\n"
        "child_process._start = told\n"
        "out, cache = sys.argv[2:]\n"
        "readaloud.build(sys.argv[1], out=out, cache_dir=cache, jobs=2, formats='json')\n"
    )
    script = tmp_path / "build.py"
    script.write_text(program, encoding="utf-8")
    command = [sys.executable, str(script), str(article), str(tmp_path / "o"), str(tmp_path / "c")]
    article.write_text("春天來了。\n\n夏天到了。\n", encoding="utf-8")
    for text, processes in (("秋天", 2), ("冬天", 1)):
        article.write_text(f"{text}來了。\n\n夏天到了。\n\n雪下了。\n", encoding="utf-8")
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert done.stdout.split() == ["started"] * processes


def test_a_worker_that_is_warm_has_its_engine() -> None:
    speaking.close_engines()
    speaking.warm("silent")
    assert list(speaking._engines) == ["silent"]
    speaking.close_engines()
