"""Options of engines: each declares its own, and they are checked here, whoever gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from readaloud.errors import ConfigError, Message, Several, msg
from readaloud.model import OptionValue, Voice

_KINDS: dict[type, Message] = {
    str: msg("a text"),
    int: msg("a whole number"),
    float: msg("a number"),
    bool: msg("true or false"),
}


@dataclass(frozen=True, slots=True)
class EngineOption:
    """One option of an engine."""

    name: str
    kind: type[str] | type[int] | type[float] | type[bool]
    default: OptionValue
    help: str
    """What it does, in a sentence."""
    secret: bool = False
    """A key or a password: it is shown nowhere, and no clip or edition is kept under it."""
    choices: tuple[OptionValue, ...] = ()
    """All that it may be; anything where this is empty."""

    def read(self, value: object) -> OptionValue:
        """The value, from TOML or as the text of a flag.

        Raises:
            ConfigError: it is of a wrong kind, or none of the choices.
        """
        found = _convert(value, self.kind)
        shown = msg("a secret") if self.secret else repr(value)
        if found is None:
            raise ConfigError(
                msg(
                    "The engine option {name} is {shown}; expected {kinds}.",
                    name=self.name,
                    shown=shown,
                    kinds=_KINDS[self.kind],
                ),
                self.help,
            )
        if self.choices and found not in self.choices:
            raise ConfigError(
                msg(
                    "The engine option {name} is {shown}; it must be one of {known}.",
                    name=self.name,
                    shown=shown,
                    known=Several(self.choices),
                ),
                self.help,
            )
        return found


def with_options(
    voice: Voice, declared: tuple[EngineOption, ...], *given: Mapping[str, object]
) -> Voice:
    """The voice with a value for each option of its engine; of what is ``given``, the last wins.

    Raises:
        ConfigError: an option is not declared, or has a value that it can't have.
    """
    known = {option.name: option for option in declared}
    values: dict[str, object] = {name: option.default for name, option in known.items()}
    for each in given:
        for name in each:
            if name not in known:
                raise ConfigError(
                    msg(
                        "The engine {engine} has no option “{name}”.",
                        engine=voice.engine,
                        name=name,
                    ),
                    msg("Its options: {listed}.", listed=Several(known))
                    if known
                    else msg("It has none."),
                )
        values |= each
    read = {name: known[name].read(value) for name, value in values.items()}
    return replace(
        voice,
        options=tuple((name, value) for name, value in read.items() if not known[name].secret),
        secrets=tuple((name, value) for name, value in read.items() if known[name].secret),
    )


def _convert(value: object, kind: type) -> OptionValue | None:
    """The value as that kind; None where it is none."""
    if kind is bool:
        word = str(value).casefold()
        return word == "true" if word in {"true", "false"} else None
    if kind is str:
        return value if isinstance(value, str) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
        return number if kind is float else int(value) if number == int(number) else None
    except (ValueError, OverflowError):
        return None
