"""Articles of the same content, in one run: the first is made, the others are the same edition."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from readaloud.model import Edition


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make the edition of a content, or the wait for whoever has it."""

    content: str
    future: Future[Edition]
    mine: bool
    firsts: Firsts

    def edition(self, make: Callable[[], Edition]) -> Edition:
        """The edition of the content; what ``make`` raises is raised for all who wait for it."""
        if not self.mine:
            return self.future.result()
        try:
            edition = make()
        except BaseException as error:
            self.firsts.give_up(self.content)
            self.future.set_exception(error)
            raise
        self.firsts.settle(self.content, edition)
        self.future.set_result(edition)
        return edition


class Firsts:
    """By content, the first edition of it: an article of several names is made once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, Edition] = {}
        self._making: dict[str, Future[Edition]] = {}

    def claim(self, content: str) -> Claim:
        """Of all who come with the same content, the first is to make it."""
        future: Future[Edition] = Future()
        with self._lock:
            if content in self._made:
                future.set_result(self._made[content])
                return Claim(content, future, mine=False, firsts=self)
            mine = content not in self._making
            future = self._making.setdefault(content, future)
        return Claim(content, future, mine, self)

    def settle(self, content: str, edition: Edition) -> None:
        """The edition of the content is there."""
        with self._lock:
            self._made[content] = edition
            del self._making[content]

    def give_up(self, content: str) -> None:
        """It could not be made; the next may try."""
        with self._lock:
            del self._making[content]
