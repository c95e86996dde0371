"""Three mornings of a made-up world on loopback: nothing twice, nothing lost, all in time.

``python tests/morning/mornings.py`` has thirty, each fault by chance.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ledger import Ledger
from mornings import ONE, prepare
from one_morning import clock_from, tell
from world import FIRST, World, open_world

from readaloud.config.run_options import make_options
from readaloud.errors import EngineError
from readaloud.morning import deadline
from readaloud.morning.run import run_morning
from readaloud.morning.settings import read_morning
from readaloud.speech.engines.silent import SilentEngine

Events = list[dict[str, Any]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as world:
        yield world


@pytest.fixture
def ledger(world: World, tmp_path: Path) -> Ledger:
    return Ledger(world, tmp_path)


@pytest.fixture
def config(world: World, tmp_path: Path) -> Path:
    return prepare(tmp_path, world)


def due(world: World) -> datetime:
    return datetime(world.today.year, world.today.month, world.today.day, 7).astimezone()


@pytest.fixture
def run(world: World, config: Path) -> Callable[..., Events]:
    """A morning in this process, well before its deadline."""

    def morning(**how: Any) -> Events:
        settings, options = read_morning(config), make_options({}, config)
        clock = clock_from(due(world) - timedelta(minutes=20))
        events = run_morning(settings, options, config=config, clock=clock, **how)
        return [tell(event, clock) for event in events]

    return morning


def test_three_mornings_with_faults(
    world: World,
    ledger: Ledger,
    config: Path,
    run: Callable[..., Events],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The first: a site is down, a feed breaks off; the run is killed while it makes the bulletin.
    world.drop(world.today)
    world.faults = {0: "broken", 3: "down"}
    ledger.shown_today()
    kill_when_made(config, due(world) - timedelta(minutes=20))
    events = run()
    failed = {event["source"]: event["reason"] for event in events if event.get("fate") == "failed"}
    assert failed.keys() <= {"江城日报", "北岭时报"}
    assert not list(ledger.too_late(events, due(world)))
    assert not list(ledger.problems())
    assert len(ledger.bulletins()[str(FIRST)]) >= 7

    # The second: the voice dies midway, and pages are not in UTF-8.
    world.today += timedelta(days=1)
    world.drop(world.today)
    world.faults = {0: "not UTF-8", 1: "not UTF-8"}
    ledger.shown_today()
    speak, spoken = SilentEngine.synthesize, iter(range(25))

    def dies(self: SilentEngine, utterance: Any, voice: Any) -> Any:
        if next(spoken, None) is None:
            raise EngineError("The voice is dead.")
        return speak(self, utterance, voice)

    monkeypatch.setattr(SilentEngine, "synthesize", dies)
    events = run()
    monkeypatch.setattr(SilentEngine, "synthesize", speak)
    late = [event["title"] for event in events if event.get("fate") == "late"]
    assert late
    assert not list(ledger.too_late(events, due(world)))
    assert not list(ledger.problems())

    # The third: a site is slow, the list page has changed; what was late comes first; run twice.
    world.today += timedelta(days=1)
    world.drop(world.today)
    world.faults = {2: "slow", 4: "changed"}
    ledger.shown_today()
    monkeypatch.setattr(deadline, "_GATHER_S", 5.0)
    events = run()
    assert {"none": f"the bulletin of {world.today} is there already"} in run()
    named = {event["source"] for event in events if event.get("fate") == "failed"}
    assert named == {"河畔新闻", "南桥周刊"}
    assert set(late) <= set(ledger.bulletins()[str(world.today)])
    assert not list(ledger.too_late(events, due(world)))
    assert not list(ledger.problems())
    assert not list(ledger.files())
    assert len(ledger.bulletins()) == 3


def kill_when_made(config: Path, start: datetime) -> None:
    """A run that is killed as soon as the first file of its bulletin is there, or all but there."""
    with subprocess.Popen(
        [sys.executable, ONE, config, start.isoformat()], stdout=subprocess.DEVNULL
    ) as run:
        ends = time.monotonic() + 120
        while run.poll() is None and not list((config.parent / "out").glob("*.mp3")):
            assert time.monotonic() < ends
            time.sleep(0.005)
        run.kill()


def test_a_full_disk_costs_no_article(world: World, ledger: Ledger, config: Path) -> None:
    """The bulletin can't be written; the next run makes it of the same articles."""
    world.drop(world.today)
    ledger.shown_today()
    start = due(world) - timedelta(minutes=20)
    words = [sys.executable, str(ONE), str(config), start.isoformat()]
    first = subprocess.run(
        [*words, "--largest-file", "200000"], capture_output=True, text=True, check=True
    )
    assert "can't be" in first.stdout
    assert not ledger.bulletins()
    subprocess.run(words, capture_output=True, check=True)
    assert not list(ledger.problems())
    assert not list(ledger.files())
    assert len(ledger.bulletins()[str(FIRST)]) == 11


def test_two_runs_at_once_make_one_bulletin(world: World, ledger: Ledger, config: Path) -> None:
    world.drop(world.today)
    ledger.shown_today()
    start = due(world) - timedelta(minutes=20)
    words = [sys.executable, str(ONE), str(config), start.isoformat()]
    runs = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [json.loads(line) for run in runs for line in run.communicate()[0].splitlines()]
    assert [run.returncode for run in runs] == [0, 0]
    assert sum("made" in each for each in said) == 1
    stopped = [each["stopped"] for each in said if "stopped" in each]
    assert all("Another run is making" in each for each in stopped)
    assert stopped or {"none": f"the bulletin of {FIRST} is there already"} in said
    assert not list(ledger.problems())
