"""What servers said of themselves: their pages' validators, their robots.txt, when to ask next."""

from __future__ import annotations

from datetime import datetime

from readaloud.morning.database import Database, iso, parse


class Servers:
    """The tables of pages and hosts."""

    def __init__(self, database: Database) -> None:
        """``database`` is open."""
        self._base = database

    def page(self, address: str) -> tuple[dict[str, str], datetime | None]:
        """The conditions of a request for a page, and before when it should not be asked for."""
        for row in self._base.rows("SELECT * FROM page WHERE address = ?", address):
            conditions = {"If-None-Match": row["etag"], "If-Modified-Since": row["modified"]}
            sent = {name: value for name, value in conditions.items() if value}
            return sent, parse(row["not_before"])
        return {}, None

    def keep_page(
        self, address: str, etag: str, modified: str, not_before: datetime | None
    ) -> None:
        """What a page's server said of it."""
        self._base.write(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)",
            *(address, etag, modified, iso(not_before) if not_before else ""),
        )

    def robots(self, host: str) -> tuple[str, datetime] | None:
        """A host's robots.txt, and when it was read."""
        for row in self._base.rows("SELECT * FROM host WHERE host = ?", host):
            read = parse(row["robots_read"])
            return (row["robots"], read) if read else None
        return None

    def keep_robots(self, host: str, text: str, read: datetime) -> None:
        """What a host's robots.txt says."""
        self._base.write(
            "INSERT INTO host (host, robots, robots_read) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE"
            " SET robots = excluded.robots, robots_read = excluded.robots_read",
            *(host, text, iso(read)),
        )

    def next_request(self, host: str, now_s: float, delay_s: float) -> float:
        """When a host may be asked (Unix time); whoever asks next waits ``delay_s`` longer."""
        with self._base.writing() as base:
            found = base.execute("SELECT next_request FROM host WHERE host = ?", (host,)).fetchone()
            # A clock that was set back must not stop a host for years.
            at = max(now_s, min(found[0], now_s + 100 * delay_s)) if found else now_s
            base.execute(
                "INSERT INTO host (host, next_request) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET next_request = excluded.next_request",
                (host, at + delay_s),
            )
        return float(at)
