"""The time left, held against what was recorded of a real voice on a busy machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from readaloud.cli.pace import Pace

RECORDED = json.loads(Path(__file__).with_name("recorded_speech.json").read_text("utf-8"))
SPOKEN: list[tuple[float, int, int]] = [tuple(row) for row in RECORDED["spoken"]]
END_S = SPOKEN[-1][0]
STEP_S = 0.5


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def shown(speed: float = 1.0) -> Iterator[tuple[float, float | None]]:
    """What is left in truth and as shown, twice a second, on a machine ``speed`` times as fast."""
    clock, waiting = Clock(), list(SPOKEN)
    pace = Pace(clock)
    pace.plan(RECORDED["characters"])
    while clock.now < END_S / speed:
        until = clock.now + STEP_S
        while waiting and waiting[0][0] / speed <= until:
            at, characters, duration_ms = waiting.pop(0)
            clock.now = at / speed
            pace.hear(characters, duration_ms, cached=False)
        clock.now = until
        yield END_S / speed - until, pace.left_s


@pytest.mark.parametrize("speed", [1, 4])
def test_the_time_left_is_near_the_truth_and_does_not_jump(speed: float) -> None:
    told = [(true, left) for true, left in shown(speed) if left is not None]
    assert len(told) * STEP_S > 0.7 * END_S / speed, "it is there soon"
    errors = [abs(left - true) for true, left in told]
    assert sum(errors) / len(errors) < 0.08 * END_S / speed
    assert max(errors) < 0.25 * END_S / speed
    steps = [before[1] - after[1] for before, after in pairwise(told)]
    assert max(abs(step - STEP_S) for step in steps) < 4
    assert sum(step > 0 for step in steps) > 0.75 * len(steps), "it does not stand still"


def test_the_share_counts_characters_and_the_cache_is_no_speed() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.hear(50, 10_000, cached=True)
    assert (pace.share, pace.speed, pace.left_s) == (None, None, None)
    pace.plan(200)
    assert pace.share == 0.25
    for _ in range(5):
        pace.hear(20, 4_000, cached=False)
        clock.now += 2
    assert pace.share == 0.75
    assert (pace.audio_ms, pace.spoken_ms) == (30_000, 20_000)
    assert pace.speed == pytest.approx(2.0)
    assert pace.left_s == pytest.approx(5 - 2)
    clock.now += 60
    assert pace.left_s == 0
