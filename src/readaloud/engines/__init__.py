"""Engines turn an utterance into a clip. To add one: a module, and a line in ENGINES."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, Protocol, cast

from readaloud.errors import ConfigError
from readaloud.models import Clip, Utterance, Voice

ENGINES = {
    "edge": "readaloud.engines.edge:EdgeEngine",
    "kokoro": "readaloud.engines.kokoro:KokoroEngine",
    "silent": "readaloud.engines.silent:SilentEngine",
}


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
    def describe() -> str:
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


def load_engine(name: str) -> type[Engine]:
    """Import the class of an engine of ENGINES.

    Raises:
        ConfigError: there is no such engine.
    """
    if name not in ENGINES:
        raise ConfigError(
            f"There is no engine “{name}”.", f"Engines: {', '.join(sorted(ENGINES))}."
        )
    module, _, attribute = ENGINES[name].partition(":")
    return cast("type[Engine]", getattr(import_module(module), attribute))
