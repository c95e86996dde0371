"""Who hears how a run goes on; the command line draws its progress from it."""

from __future__ import annotations

from typing import Protocol

from readaloud.model import Outcome, Script, Utterance


class EditionObserver(Protocol):
    """Told how one edition goes on, by the thread that makes it."""

    def planned(self, script: Script) -> None:
        """The script is whole; some of it may have been spoken by now."""

    def spoke(self, utterance: Utterance, duration_ms: int, cached: bool) -> None:
        """An utterance is there, from the cache or from the voice."""

    def stage(self, name: str) -> None:
        """Another stage of the edition has begun."""

    def ended(self, outcome: Outcome) -> None:
        """The source is done, or failed; nothing is told behind it."""


class Observer(Protocol):
    """Told how a run goes on; the command line draws its progress from it.

    Several editions are made at once, each told of by a thread of its own.
    """

    def begin(self, source: str) -> EditionObserver:
        """A source is looked at now: what is told of it goes to the result."""

    def notice(self, text: str) -> None:
        """Something that the user has to know, but that is no error."""


class QuietEdition:
    """Hears of an edition and says nothing."""

    def planned(self, script: Script) -> None:
        """Say nothing."""

    def spoke(self, utterance: Utterance, duration_ms: int, cached: bool) -> None:
        """Say nothing."""

    def stage(self, name: str) -> None:
        """Say nothing."""

    def ended(self, outcome: Outcome) -> None:
        """Say nothing."""


class Quiet:
    """An observer that says nothing."""

    def begin(self, _: str) -> EditionObserver:
        """Say nothing of it."""
        return QuietEdition()

    def notice(self, text: str) -> None:
        """Say nothing."""
