"""Engines turn an utterance into a clip: a module or folder each, found by its place.

To add one, put a module here that holds ``ENGINE``; nothing else changes (docs/extending.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from readaloud.errors import Message, msg
from readaloud.model import Clip, Utterance, Voice
from readaloud.plugins import Seam
from readaloud.speech.engine_options import EngineOption

__all__ = ["ENGINES", "Engine", "EngineOption", "load_engine"]


class Engine(Protocol):
    """What synthesis needs of an engine; an instance a process, which may be slow to make."""

    name: str
    max_chars: int
    """The longest ``Utterance.spoken`` that is sure to be accepted."""
    parallel: Literal["threads", "processes"]
    notice: str
    """What a person has to know before this engine is first used; mostly empty."""
    needs_readings: bool
    """Whether ``Utterance.readings`` must be filled."""
    options: tuple[EngineOption, ...]
    """What a user can set; ``Voice.option`` gives the values."""

    @staticmethod
    def can_say(character: str) -> bool:
        """Whether it says a character that has no reading, or makes a pause of it.

        Quick, and asked before an instance is made: what no voice can say goes on record.
        """

    @staticmethod
    def model_id() -> str:
        """Names model and version: a part of every kept clip's key."""

    @staticmethod
    def prepare(say: Callable[[str], None]) -> None:
        """Make what is made once on a machine; ``say`` is told of it where that takes time.

        Raises:
            MissingDependencyError, OutputError, EngineError: it can't be made.
        """

    @staticmethod
    def describe() -> Message:
        """How the engine runs on this machine, in a line."""

    def close(self) -> None:
        """Stop what is under way, at once; the engine is not used again."""

    def synthesize(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance whole.

        Raises:
            UtteranceTooLongError: over the engine's limit; engines never shorten.
            EngineUnavailableError: a failure that may pass.
            EngineError: any other failure.
        """


ENGINES: Seam[type[Engine]] = Seam(__name__, "readaloud.engines", "ENGINE", msg("engine"), type)


def load_engine(name: str) -> type[Engine]:
    """The class of an engine.

    Raises:
        ConfigError: there is no such engine.
    """
    return ENGINES.find(name)
