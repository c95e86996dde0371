"""Mornings that are published by runs killed at random moments, while a listener asks all along.

    python tests/publishing/cut_runs.py KIND MORNINGS [SEED]

Each morning the folder changes: an edition comes, one may be corrected, one may go. Runs are killed
(SIGKILL) at random moments, then one is left to end. After it the place has to equal the folder.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from servers import KINDS, Place, open_place

sys.path.insert(0, str(Path(__file__).parents[1] / "podcast"))
from test_feed import add_edition

BASE = "https://pod.example.org/news"
RECORDS = ".readaloud-published.json"
_URL = f"//@url[starts-with(., '{BASE}/')] | //@href[starts-with(., '{BASE}/')]"


def named(feed: bytes) -> set[str]:
    """What a feed names below its address."""
    return {str(each).removeprefix(f"{BASE}/") for each in etree.fromstring(feed).xpath(_URL)}


@dataclass
class Listener:
    """Asks for the feed and all that it names, again and again."""

    place: Place
    feeds: int = 0
    gaps: int = 0
    """A file was away when asked for, and there when asked again."""
    missing: list[str] = field(default_factory=list)
    """A file that the feed still named, and that was away twice."""
    torn: int = 0
    """The feed was there and no XML."""
    ended: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        """Until told to end."""
        while not self.ended.is_set():
            self.ask_once()
            time.sleep(0.01)

    def ask_once(self) -> None:
        """One round."""
        feed = self.place.get("feed.xml")
        if feed is None:
            return
        try:
            names = named(feed)
        except etree.XMLSyntaxError:
            self.torn += 1
            return
        self.feeds += 1
        for name in sorted(names):
            if self.place.get(name) is None:
                self._ask_again(name)

    def _ask_again(self, name: str) -> None:
        now = self.place.get("feed.xml")
        if now is not None and name in named(now):
            time.sleep(0.05)
            if self.place.get(name) is None:
                self.missing.append(name)
            else:
                self.gaps += 1


def write_settings(folder: Path, place: Place, **more: object) -> Path:
    """A ``readaloud.toml`` for that place."""
    values = {"to": place.to, **place.settings, **more}
    told = "\n".join(f"{key} = {_toml(value)}" for key, value in values.items())
    path = folder / "readaloud.toml"
    path.write_text(
        f'[feed]\ntitle = "晨间新闻"\naddress = "{BASE}"\n\n[publish]\n{told}\n', encoding="utf-8"
    )
    return path


def _toml(value: object) -> str:
    return str(value) if isinstance(value, int | float) else f'"{value}"'


def wanted(out: Path) -> dict[str, bytes]:
    """What has to lie at the place: all but hidden files and reports."""
    return {
        path.name: path.read_bytes()
        for path in out.iterdir()
        if not path.name.startswith(".") and path.suffix != ".json"
    }


def differences(out: Path, place: Place) -> list[str]:
    """Where the place does not equal the folder."""
    here, there = wanted(out), place.names() - {RECORDS}
    names = [f"only here: {name}" for name in sorted(here.keys() - there)]
    names += [f"only there: {name}" for name in sorted(there - here.keys())]
    return names + [
        f"other bytes: {n}" for n in sorted(here.keys() & there) if place.get(n) != here[n]
    ]


def change(out: Path, morning: int, chance: random.Random) -> None:
    """What a day does to the folder; MP3s are large enough to be cut."""
    mp3 = add_edition(out, f"day {morning:03}", ".vtt", date=f"2026-01-{morning % 28 + 1:02}")
    mp3.write_bytes(chance.randbytes(chance.randrange(50_000, 1_500_000)))
    stems = sorted({path.stem for path in out.glob("day*.json")} - {mp3.stem})
    if len(stems) > 2 and chance.random() < 0.5:
        (out / f"{chance.choice(stems)}.mp3").write_bytes(chance.randbytes(400_000))
    if len(stems) > 3 and chance.random() < 0.4:
        for path in out.glob(f"{chance.choice(stems)}.*"):
            path.unlink()


def publish(out: Path, config: Path, place: Place, seconds: float | None) -> tuple[int, float]:
    """A run of the program, killed after so many seconds; its exit code and how long it took."""
    words = [sys.executable, "-m", "readaloud", "publish", str(out), "--config", str(config)]
    begun = time.monotonic()
    with subprocess.Popen(
        words, env={**os.environ, **place.environment}, stdout=subprocess.DEVNULL
    ) as run:
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.kill()
        return run.wait(), time.monotonic() - begun


def mornings(kind: str, root: Path, count: int, seed: int, cuts: int = 3) -> Listener:
    """That many mornings at a place of that kind.

    Raises AssertionError where it does not equal the folder.
    """
    chance, out = random.Random(seed), root / "out"
    usual_s = 2.0
    with open_place(kind, root / "place") as place:
        listener = Listener(place)
        thread = threading.Thread(target=listener.ask)
        thread.start()
        try:
            config = write_settings(root, place, old="delete", old_after_hours=0)
            for morning in range(count):
                change(out, morning, chance)
                for _ in range(cuts):
                    publish(out, config, place, chance.uniform(0.3, 1.0) * usual_s)
                code, usual_s = publish(out, config, place, None)
                assert code == 0, (kind, seed, morning, code)
                assert differences(out, place) == [], (kind, seed, morning)
        finally:
            listener.ended.set()
            thread.join()
    return listener


def main(words: Sequence[str]) -> None:
    """Run them and print what the listener saw."""
    kinds = KINDS if words[0] == "all" else words[:1]
    seed = int(words[2]) if len(words) > 2 else random.randrange(1_000_000)
    for kind in kinds:
        with tempfile.TemporaryDirectory() as name:
            heard = mornings(kind, Path(name), int(words[1]), seed)
        print(
            f"{kind}, seed {seed}: {words[1]} mornings, each with 3 runs killed; equal each time. "
            f"Feeds seen {heard.feeds}, files missing {len(heard.missing)} {heard.missing[:5]}, "
            f"away for a moment {heard.gaps}, torn feeds {heard.torn}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
