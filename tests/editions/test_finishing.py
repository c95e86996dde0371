"""Where editions are finished: here or in processes of their own, and the same wherever it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import readaloud
from readaloud.editions import finishing
from readaloud.speech.child_process import ChildProcess, DiedError


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(5):
        text = f"第{n}条消息\n\n今天的天气是第{n}种。\n\n明天再说。\n"
        (folder / f"n{n}.txt").write_text(text, encoding="utf-8")
    return folder


def build(articles: Path, out: Path) -> dict[str, bytes]:
    """The files of all editions, by name."""
    options: dict[str, Any] = {
        "voice": "silent",
        "out": out,
        "cache_dir": out.parent.parent / "cache",
    }
    outcomes = list(readaloud.build(articles, **options))
    assert all(outcome.edition is not None for outcome in outcomes), outcomes
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_processes_make_the_same_files(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = build(articles, tmp_path / "1" / "out")
    assert len(here) == 10
    tasks: list[object] = []
    run = ChildProcess.run

    def counted(self: ChildProcess, *task: Any) -> Any:
        tasks.append(self)
        return run(self, *task)

    monkeypatch.setattr(ChildProcess, "run", counted)
    monkeypatch.setattr(finishing, "FEW", 1)
    assert build(articles, tmp_path / "2" / "out") == here
    assert len(tasks) == 4
    tasks.clear()
    monkeypatch.setattr(finishing, "MOST_UTTERANCES", 2)
    assert build(articles, tmp_path / "3" / "out") == here
    assert tasks == []


def test_what_a_process_died_of_is_made_here(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = build(articles, tmp_path / "1" / "out")
    died: list[object] = []

    def die(self: ChildProcess, *_: object) -> object:
        died.append(self)
        raise DiedError

    monkeypatch.setattr(ChildProcess, "run", die)
    monkeypatch.setattr(finishing, "FEW", 1)
    assert build(articles, tmp_path / "2" / "out") == here
    assert len(died) == 4


def test_an_error_in_a_process_is_that_of_its_article(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finishing, "FEW", 0)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "n2.mp3").mkdir()
    outcomes = readaloud.build(articles, voice="silent", out=tmp_path / "out")
    errors = [outcome.error for outcome in outcomes]
    assert [error is None for error in errors] == [True, True, False, True, True]
    assert "is a folder" in str(errors[2])
