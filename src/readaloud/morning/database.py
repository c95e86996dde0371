"""The SQLite file of what was seen, in the data folder; ``seen.sql`` has its tables.

Several runs may use it at once: it keeps a write-ahead log, and what reads in order to write is one
transaction. A run that dies leaves it as it was after the last whole step.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from readaloud.errors import OutputError, msg

FILE_NAME = "seen.sqlite"
_WAIT_S = 30.0
"""For another run to end its transaction."""
_VERSION = 1


class Database(AbstractContextManager["Database"]):
    """The file, open; what the system refuses is an OutputError."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            OutputError: it can't be made or opened, or a newer program made it.
        """
        self._path = path
        self._lock = threading.RLock()
        with self._refusals():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(
                path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
            )
            self._base.row_factory = sqlite3.Row
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
        self._make_tables()

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._base.close()

    def _make_tables(self) -> None:
        with self.writing() as base:
            version = base.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise OutputError(
                    msg("{path} was made by a newer readaloud.", path=self._path),
                    msg("Update readaloud."),
                )
            if not version:
                script = resources.files(__package__) / "seen.sql"
                for statement in script.read_text(encoding="utf-8").split(";"):
                    base.execute(statement)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other run's comes between."""
        with self._lock, self._refusals():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """What a query finds."""
        with self._lock, self._refusals():
            return self._base.execute(query, values).fetchall()

    def write(self, query: str, *values: object) -> None:
        """One statement that changes something."""
        with self.writing() as base:
            base.execute(query, values)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise OutputError(
                msg("{path} can't be used: {reason}.", path=self._path, reason=error),
                msg("Free some space, and check that you may write there."),
            ) from error


def iso(time: datetime) -> str:
    """A time as the tables have it."""
    return time.astimezone(UTC).isoformat(timespec="seconds")


def parse(text: str | None) -> datetime | None:
    """Likewise, read; None for none."""
    return datetime.fromisoformat(text) if text else None
