"""Holds what mornings made against what the world had: nothing twice, nothing lost, all in time."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import feedparser
from world import A_DAY, FIRST, Story, World, write_story

from readaloud.editions.check import check

COPY = "快讯："


@dataclass(slots=True)
class Ledger:
    """What was said and made from day to day."""

    world: World
    folder: Path
    expected: dict[str, Story] = field(default_factory=dict)
    """By title: what a list has shown that could be read."""
    unreadable: set[str] = field(default_factory=set)
    """Titles of articles whose pages had a day on which they held no text."""
    events: list[dict[str, Any]] = field(default_factory=list)

    def shown_today(self) -> None:
        """Note what the sites show, where they can be read."""
        for site in range(5):
            fault, stories = self.world.fault(site), self.world.stories(site)
            if fault == "changed":
                self.unreadable |= {each.title for each in stories}
            if fault in {"", "not UTF-8"}:
                self.expected |= {each.title: each for each in stories}
        for site in (7, 8):
            story = write_story(site, self.world.today, 0)
            self.expected[story.title] = story

    def bulletins(self) -> dict[str, list[str]]:
        """By day, the titles of the articles in each bulletin's report."""
        found = {}
        for path in sorted((self.folder / "out").glob("*.json")):
            report = json.loads(path.read_text("utf-8"))
            if "chapters" not in report:  # the index of the programme's page
                continue
            marks = [mark["title"] for mark in report["chapters"] if mark["level"] == 1]
            found[report["date"]] = marks[1:-1]
        return found

    def problems(self) -> Iterator[str]:
        """What is twice, lost, broken, or left out without a word."""
        titles = Counter(title for day in self.bulletins().values() for title in day)
        yield from (f"twice: {title}" for title, times in titles.items() if times > 1)
        spoken = {title.removeprefix(COPY) for title in titles}
        twice = [title for title in titles if COPY + title in titles]
        yield from (f"its copy, too: {title}" for title in twice)
        known = self._states()
        for title, story in self.expected.items():
            state, reason = known.get(title, ("unknown", ""))
            if title.removeprefix(COPY) in spoken or title in self.unreadable:
                continue
            if state not in {"offered", "kept"}:
                yield f"lost: {title} of {story.day}, {state}, {reason}"
        yield from (
            f"an empty bulletin: {day}" for day, said in self.bulletins().items() if not said
        )

    def still_waiting(self) -> list[str]:
        """Titles of what no bulletin has held yet."""
        return [
            title for title, (state, _) in self._states().items() if state in {"offered", "kept"}
        ]

    def files(self) -> Iterator[str]:
        """What ``readaloud check`` and feedparser find wrong with the folder."""
        out = self.folder / "out"
        for found in check([str(out)]):
            yield from (f"{found.file}: {problem}" for problem in found.problems)
        feed = feedparser.parse((out / "feed.xml").read_bytes())
        if feed.bozo:
            yield f"feed.xml: {feed.bozo_exception}"
        named = {Path(each.enclosures[0].href).name for each in feed.entries}
        if len(named) != len(self.bulletins()):
            yield f"feed.xml has {len(named)} items for {len(self.bulletins())} bulletins"
        left = [
            path.name for path in out.iterdir() if path.name.startswith((".part-", ".readaloud"))
        ]
        yield from (f"left behind: {name}" for name in left)

    def too_late(self, events: Iterable[dict[str, Any]], due: datetime) -> Iterator[str]:
        """Bulletins of that day that were there after their deadline."""
        for event in events:
            made = event.get("made") == f"{due:%Y-%m-%d}" and not event["error"]
            if made and datetime.fromisoformat(event["at"]) > due:
                yield f"too late: {event}"

    def _states(self) -> dict[str, tuple[str, str]]:
        """By the title that the world gives it, the state of each article and the reason."""
        titles = {}
        for site in range(9):
            for back in range((self.world.today - FIRST).days + 1):
                day = date.fromordinal(FIRST.toordinal() + back)
                for number in range(A_DAY if site < 5 else 1):
                    story = write_story(site, day, number)
                    where = self.world.address(site) + story.path if site < 5 else story.title
                    titles[where] = story.title
                    if site == 7:
                        titles[str(self.world.folder / "folder" / f"{day}.html")] = story.title
        with closing(sqlite3.connect(self.folder / "data" / "seen.sqlite")) as base:
            rows = base.execute("SELECT address, state, reason FROM article").fetchall()
        return {titles[where]: (state, reason) for where, state, reason in rows if where in titles}
