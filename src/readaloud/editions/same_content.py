"""Articles of the same content, in one run: the first is made, the others are the same edition."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from readaloud.model import Edition

Make = Callable[[], Edition]


class Firsts:
    """By content, the first edition of it: an article of several names is made once."""

    def __init__(self) -> None:
        self._editions: dict[str, Edition | Future[Edition]] = {}
        """Futures only while they are made: a run may have a hundred thousand."""

    def claim(self, content: str) -> Callable[[Make], Edition]:
        """Of all who come with the same content, the first is to make it; if it fails, the next.

        What is returned gives the edition once it is there; what its maker raised is raised for all
        who wait for it.
        """
        mine: Future[Edition] = Future()
        found = self._editions.setdefault(content, mine)
        if isinstance(found, Edition):
            return lambda _: found
        if found is not mine:
            return lambda _: found.result()
        return partial(self._make, content, mine)

    def _make(self, content: str, future: Future[Edition], make: Make) -> Edition:
        try:
            edition = make()
        except BaseException as error:
            del self._editions[content]
            future.set_exception(error)
            raise
        self._editions[content] = edition
        future.set_result(edition)
        return edition
