"""Until when a bulletin has to be there, and what that leaves for each stage."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from readaloud.errors import ConfigError, msg

Clock = Callable[[], datetime]
"""What time it is, with its zone."""
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_PASSED_H = 12
"""A time of day that was less than so many hours ago has passed; else it is to come."""
_GATHER_SHARE, _GATHER_S = 0.25, 600.0
"""Of the time there is: what asking and fetching may take, and how long at most."""
_FINISH_S, _FINISH_SHARE = 5.0, 0.05
"""What joining, mastering and writing take: this, and a share of the audio's length."""


def now() -> datetime:
    """The time of this machine, in its own zone."""
    return datetime.now().astimezone()


def parse_time(text: str) -> tuple[int, int]:
    """Hour and minute of a time of day.

    Raises:
        ConfigError: it is none.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ConfigError(
            msg("“{text}” is no time of day.", text=text), msg("Give one like 07:00.")
        )
    return int(found[1]), int(found[2])


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the files have to be there; without ``at`` there is time without end."""

    at: datetime | None
    clock: Clock
    began: datetime

    def left_s(self) -> float:
        """Seconds until then."""
        return math.inf if self.at is None else (self.at - self.clock()).total_seconds()

    def gather_ends(self) -> float:
        """Until when it may be asked and fetched, in seconds of ``time.monotonic``."""
        used = (self.clock() - self.began).total_seconds()
        whole = math.inf if self.at is None else (self.at - self.began).total_seconds()
        return time.monotonic() + min(_GATHER_S, whole * _GATHER_SHARE) - used

    def speaking_ends(self, audio_s: float) -> float:
        """Until when so much audio may be spoken: then there is still time to finish it."""
        return time.monotonic() + self.left_s() - _FINISH_S - _FINISH_SHARE * audio_s


def make_deadline(by: str, spare_minutes: float, clock: Clock) -> tuple[Deadline, datetime | None]:
    """The deadline for a time of day, and that time where it has passed: then there is none.

    Raises:
        ConfigError: ``by`` is no time of day.
    """
    began = clock()
    if not by:
        return Deadline(None, clock, began), None
    hour, minute = parse_time(by)
    due = began.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if began - due >= timedelta(hours=_PASSED_H):
        due += timedelta(days=1)
    elif due - began > timedelta(hours=24 - _PASSED_H):
        due -= timedelta(days=1)
    if due <= began:
        return Deadline(None, clock, began), due
    spare = min(timedelta(minutes=spare_minutes), (due - began) / 4)
    return Deadline(due - spare, clock, began), None


def day_of(by: str, clock: Clock) -> datetime:
    """Of which day the bulletin is: of its deadline's, where that is to come after midnight."""
    deadline, passed = make_deadline(by, 0, clock)
    return passed or deadline.at or clock()
