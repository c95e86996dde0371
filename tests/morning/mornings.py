"""Mornings one after another, with faults injected.

python tests/morning/mornings.py [MORNINGS] [SEED]

Five sites on loopback, a folder and a mailbox, the silent voice, a clock that is set to two minutes
before the deadline. Each morning has its faults by chance: sites that are down, slow, changed, not
in UTF-8, feeds that break off, a voice that dies midway, a disk that is full, a run that is killed
at a random moment, or started twice. What was killed or stopped is run again, as a timer would the
morning after or a person the same day. The last two mornings have no fault. It ends with what is
wrong: something twice, lost, late, or broken; with nothing, all is well.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from ledger import Ledger
from world import FIRST, VOICE, Fault, World, open_world

ONE = Path(__file__).with_name("one_morning.py")
MINUTES = 2
LIST_FAULTS: tuple[Fault, ...] = ("down", "slow", "changed", "broken")


def prepare(folder: Path, world: World) -> Path:
    """The settings, and a voice in a hurry."""
    (folder / "voices").mkdir()
    (folder / "voices" / "quick.toml").write_text(VOICE, encoding="utf-8")
    places = {"out": "out", "cache_dir": "cache", "voices_dir": "voices"}
    path = folder / "readaloud.toml"
    own = {key: str(folder / name) for key, name in places.items()}
    path.write_text(world.settings(**own), encoding="utf-8")
    return path


def run_one(
    config: Path, start: datetime, *more: object, kill_after_s: float | None = None
) -> list[dict[str, Any]]:
    """One run of a morning; its events, as far as it came."""
    words = [sys.executable, ONE, config, start.isoformat(), *more]
    run = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, text=True)
    try:
        out, _ = run.communicate(timeout=kill_after_s)
    except subprocess.TimeoutExpired:
        run.kill()
        out, _ = run.communicate()
    return [json.loads(line) for line in out.splitlines() if line.endswith("}")]


def inject(world: World, dice: random.Random, before: dict[int, Fault]) -> None:
    """Faults of today; no site's list fails two days in a row, or its articles are gone."""
    world.faults = {}
    for site in range(5):
        fault: Fault = dice.choice(get_args(Fault)) if dice.random() < 0.4 else ""
        if fault in LIST_FAULTS and before.get(site, "") in LIST_FAULTS:
            fault = ""
        world.faults[site] = fault


def one_day(world: World, config: Path, ledger: Ledger, dice: random.Random, *, calm: bool) -> str:
    """A morning with its faults; what happened, in a word."""
    due = datetime(world.today.year, world.today.month, world.today.day, 7).astimezone()
    start = due - timedelta(minutes=MINUTES)
    kind = "calm" if calm else dice.choice(["", "", "killed", "killed", "full", "voice", "twice"])
    events: list[dict[str, Any]] = []
    if kind == "killed":
        events += run_one(config, start, kill_after_s=dice.uniform(0.5, 9))
        start += timedelta(seconds=30)
    elif kind == "full":
        events += run_one(config, start, "--largest-file", dice.choice([20_000, 200_000, 600_000]))
        start += timedelta(seconds=30)
    elif kind == "twice":
        events += run_one(config, start)
    more = ("--voice-dies", dice.randint(0, 60)) if kind == "voice" else ()
    events += run_one(config, start, *more)
    ledger.events += events
    for line in ledger.too_late(events, due):
        print("WRONG", line)
    return kind


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    with tempfile.TemporaryDirectory() as name, open_world(Path(name)) as world:
        config = prepare(Path(name), world)
        ledger = Ledger(world, Path(name))
        for number in range(count):
            world.today = FIRST + timedelta(days=number)
            calm = number >= count - 2
            inject(world, dice, world.faults)
            world.faults = {} if calm else world.faults
            world.drop(world.today)
            ledger.shown_today()
            kind = one_day(world, config, ledger, dice, calm=calm)
            faults = {site: fault for site, fault in world.faults.items() if fault}
            titles = ledger.bulletins().get(str(world.today), [])
            print(world.today, kind or "-", faults, f"{len(titles)} articles", flush=True)
        wrong = [*ledger.problems(), *ledger.files()]
        fates = Counter(event["fate"] for event in ledger.events if "fate" in event)
        print(f"{len(ledger.bulletins())} bulletins of {count} mornings; {dict(fates)}")
        print(f"waiting: {len(ledger.still_waiting())}")
        print(*wrong or ["nothing is wrong"], sep="\n")
        sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
