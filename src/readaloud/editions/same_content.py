"""Articles of the same content, in one run: the first is made, the others are the same edition."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from readaloud.model import Edition


class Firsts:
    """By content, the first edition of it: an article of several names is made once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._editions: dict[str, Edition | Future[Edition]] = {}
        """Futures only while they are made: an edition needs less memory."""

    def claim(self, content: str) -> Claim:
        """Of all who come with the same content, the first is to make it; if it fails, the next."""
        future: Future[Edition] = Future()
        with self._lock:
            found = self._editions.setdefault(content, future)
        if isinstance(found, Edition):
            future.set_result(found)
            return Claim(self, content, future, mine=False)
        return Claim(self, content, found, mine=found is future)

    def settle(self, content: str, edition: Edition | None) -> None:
        """The edition of the content is there, or could not be made."""
        with self._lock:
            if edition is None:
                del self._editions[content]
            else:
                self._editions[content] = edition


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make the edition of a content, or the wait for whoever has it."""

    firsts: Firsts
    content: str
    future: Future[Edition]
    mine: bool

    def edition(self, make: Callable[[], Edition]) -> Edition:
        """The edition of the content; what ``make`` raises is raised for all who wait for it."""
        if self.mine:
            try:
                edition = make()
            except BaseException as error:
                self.firsts.settle(self.content, None)
                self.future.set_exception(error)
            else:
                self.firsts.settle(self.content, edition)
                self.future.set_result(edition)
        return self.future.result()
