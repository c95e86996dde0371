"""The articles and editions that were seen, and what became of them."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from readaloud.editing.same_story import Story, is_same_story
from readaloud.model import Source
from readaloud.morning.database import Database, iso, parse
from readaloud.morning.offers import Offer

REMEMBERED_DAYS = 30
"""How long an article's text is kept, to know its story again."""
EditionState = Literal["making", "made", "published"]


@dataclass(frozen=True, slots=True)
class Article:
    """An article that was seen, and what became of it until now."""

    id: int
    source: str
    address: str
    title: str
    published: datetime
    """Or when it was first seen, where its source doesn't say."""
    first_seen: datetime
    kept: bool
    """Whether its bytes are here."""
    late: bool
    """Whether it should have been in a bulletin before."""
    tries: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A bulletin of a day, and how far it is."""

    id: int
    day: str
    state: EditionState
    report: str


@dataclass(frozen=True, slots=True)
class KnownStory:
    """An article that another one may be a copy of."""

    article: int
    source: str
    name: str
    """Its title, or its address."""
    story: Story

    def is_told_by(self, article: Article, story: Story) -> bool:
        """Whether that article is its copy.

        Of one source only the same text is: its notices for two streets differ in a name.
        """
        if self.article == article.id:
            return False
        if self.source == article.source:
            return self.story.letters == story.letters
        return is_same_story(self.story, story)


class Seen:
    """The tables of articles and editions."""

    def __init__(self, database: Database) -> None:
        """``database`` is open."""
        self._base = database

    def offer(
        self, bulletin: str, source: str, offers: Iterable[Offer], now: datetime
    ) -> list[Offer]:
        """Remember articles; those that are known stay as they are. The new ones."""
        new: list[Offer] = []
        with self._base.writing() as base:
            for each in offers:
                published = iso(each.published) if each.published else None
                row = (bulletin, each.key, source, each.address, each.title, published, iso(now))
                made = base.execute(
                    "INSERT OR IGNORE INTO article (bulletin, address_key, source, address, title,"
                    " published, first_seen) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
                if not made.rowcount:
                    continue
                new.append(each)
                if each.refused:
                    self._leave_out(base, made.lastrowid or 0, str(each.refused))
                elif each.source:
                    self._keep(base, made.lastrowid or 0, each.source)
        return new

    def waiting(self, bulletin: str) -> list[Article]:
        """Articles that were in no bulletin yet, nor left out."""
        rows = self._base.rows(
            "SELECT * FROM article WHERE bulletin = ? AND state IN ('offered', 'kept') ORDER BY id",
            bulletin,
        )
        return [_article(row) for row in rows]

    def keep(self, article: int, source: Source) -> None:
        """Keep what was fetched of an article."""
        with self._base.writing() as base:
            self._keep(base, article, source)

    @staticmethod
    def _keep(base: sqlite3.Connection, article: int, source: Source) -> None:
        base.execute(
            "UPDATE article SET state = 'kept', stem = ?, suffix = ?, charset = ?, data = ?"
            " WHERE id = ?",
            (source.stem, source.suffix, source.charset, source.data, article),
        )

    def load(self, article: Article) -> Source:
        """What was kept of an article."""
        (row,) = self._base.rows("SELECT * FROM article WHERE id = ?", article.id)
        return Source(row["address"], row["stem"], row["suffix"], row["data"], row["charset"])

    def describe(self, article: int, title: str, story: Story) -> None:
        """An article's title and fingerprint, once it was read."""
        text = "\n".join((story.letters, *story.numbers)).encode()
        self._base.write(
            "UPDATE article SET title = ?, fingerprint = ? WHERE id = ?",
            *(title, zlib.compress(text), article),
        )

    def stories(self, bulletin: str, now: datetime) -> list[KnownStory]:
        """Those of the last month that are in a bulletin or wait for one."""
        self._base.write(
            "UPDATE article SET fingerprint = NULL WHERE fingerprint NOT NULL AND first_seen < ?",
            iso(now - timedelta(days=REMEMBERED_DAYS)),
        )
        rows = self._base.rows(
            "SELECT id, source, title, address, fingerprint FROM article WHERE bulletin = ?"
            " AND fingerprint NOT NULL AND state != 'left out'",
            bulletin,
        )
        return [
            KnownStory(row["id"], row["source"], row["title"] or row["address"], _story(row))
            for row in rows
        ]

    def put_off(self, article: int, reason: str, *, counts: bool, again: bool) -> None:
        """An article that could not be taken goes into the next bulletin, before all others.

        ``counts`` says whether it was its own fault: it is not tried for ever. ``again``: it is to
        be fetched again.
        """
        self._base.write(
            "UPDATE article SET late = 1, tries = tries + ?, reason = ?,"
            " state = iif(?, 'offered', state), data = iif(?, NULL, data) WHERE id = ?",
            *(int(counts), str(reason), again, again, article),
        )

    def leave_out(self, articles: Sequence[int], reason: str, same_as: str = "") -> None:
        """Articles that no bulletin will hold, and why."""
        with self._base.writing() as base:
            for each in articles:
                self._leave_out(base, each, str(reason), same_as)

    @staticmethod
    def _leave_out(base: sqlite3.Connection, article: int, reason: str, same_as: str = "") -> None:
        base.execute(
            "UPDATE article SET state = 'left out', reason = ?, same_as = ?, data = NULL"
            " WHERE id = ?",
            (reason, same_as, article),
        )

    def has_asked(self, bulletin: str, source: str) -> bool:
        """Whether a source has ever named an article."""
        query = "SELECT 1 FROM article WHERE bulletin = ? AND source = ? LIMIT 1"
        return bool(self._base.rows(query, bulletin, source))

    def editions(self, bulletin: str, *states: EditionState) -> list[Edition]:
        """A bulletin's editions in one of the states, the oldest first."""
        marks = ", ".join("?" * len(states))
        rows = self._base.rows(
            f"SELECT * FROM edition WHERE bulletin = ? AND state IN ({marks}) ORDER BY day",  # noqa: S608
            *(bulletin, *states),
        )
        return [Edition(row["id"], row["day"], row["state"], row["report"]) for row in rows]

    def edition_of(self, bulletin: str, day: str) -> Edition | None:
        """The bulletin of a day, as far as it is."""
        found = self.editions(bulletin, "making", "made", "published")
        return next((each for each in found if each.day == day), None)

    def begin_edition(self, bulletin: str, day: str, articles: Sequence[int]) -> Edition:
        """From here on these articles belong to the bulletin of that day, whatever happens."""
        with self._base.writing() as base:
            made = base.execute(
                "INSERT INTO edition (bulletin, day, state) VALUES (?, ?, 'making')",
                (bulletin, day),
            )
            edition = made.lastrowid or 0
            base.executemany(
                "UPDATE article SET state = 'taken', edition = ?, place = ? WHERE id = ?",
                [(edition, place, each) for place, each in enumerate(articles)],
            )
        return Edition(edition, day, "making", "")

    def articles_of(self, edition: Edition) -> list[Article]:
        """The articles of an edition, in their order."""
        rows = self._base.rows("SELECT * FROM article WHERE edition = ? ORDER BY place", edition.id)
        return [_article(row) for row in rows]

    def finish_edition(self, edition: Edition, report: str) -> None:
        """It is whole: what its articles were made of is not needed any more."""
        with self._base.writing() as base:
            base.execute(
                "UPDATE edition SET state = 'made', report = ? WHERE id = ?", (report, edition.id)
            )
            base.execute("UPDATE article SET data = NULL WHERE edition = ?", (edition.id,))

    def give_up_edition(self, edition: Edition, reason: str) -> None:
        """It can't be made: its articles wait for the next."""
        with self._base.writing() as base:
            base.execute(
                "UPDATE article SET state = 'kept', edition = NULL, late = 1, reason = ?"
                " WHERE edition = ?",
                (str(reason), edition.id),
            )
            base.execute("DELETE FROM edition WHERE id = ?", (edition.id,))

    def mark_published(self, edition: Edition) -> None:
        """It is where listeners find it."""
        self._base.write("UPDATE edition SET state = 'published' WHERE id = ?", edition.id)


def _article(row: sqlite3.Row) -> Article:
    first_seen = datetime.fromisoformat(row["first_seen"])
    return Article(
        row["id"],
        row["source"],
        row["address"],
        row["title"],
        parse(row["published"]) or first_seen,
        first_seen,
        row["state"] != "offered",
        bool(row["late"]),
        row["tries"],
    )


def _story(row: Any) -> Story:
    letters, *numbers = zlib.decompress(row["fingerprint"]).decode().split("\n")
    return Story(letters, tuple(numbers))
