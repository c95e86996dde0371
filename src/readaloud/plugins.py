"""Readers, engines and formats, found by their place: ours in their folder, others by entry point.

Every module or folder of a room is one part of it, ``shared`` apart; it holds the part under the
seam's attribute (``READER``, ``ENGINE``, ``FORMAT``) and imports nothing heavy at its top. Somebody
else's package names its parts in the seam's entry-point group; ours win over a namesake.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar, cast

from readaloud.errors import ConfigError, Message, Several, msg

Part = TypeVar("Part")

_SHARED = "shared"
"""The folder of a room that holds what several of its parts need, and is none itself."""


@dataclass(frozen=True)
class Seam(Generic[Part]):
    """A kind of part that can be added without touching anything else."""

    room: str
    """The package whose modules and folders are the built-in parts."""
    group: str
    """The entry-point group of other people's."""
    attribute: str
    """What a module calls its part."""
    noun: Message
    """What messages call a part."""
    contract: type[Any]
    """What every part is an instance of, at run time."""

    def find(self, name: str) -> Part:
        """The part of that name.

        Raises:
            ConfigError: there is none, or it can't be loaded; the remedy lists the names there are.
        """
        if name in _built_in(self.room):
            return self._checked(name, self._import(name))
        for part in self.all():
            if _name_of(part) == name:
                return part
        known = Several(map(_name_of, self.all()))
        raise ConfigError(
            msg("There is no {noun} “{name}”.", noun=self.noun, name=name),
            msg("Choose one of {known}.", known=known),
        )

    def all(self) -> tuple[Part, ...]:
        """Every part, by its ``order`` and then its name.

        Raises:
            ConfigError: somebody else's can't be loaded, or is no such part.
        """
        ours = [self._checked(name, self._import(name)) for name in _built_in(self.room)]
        names = {_name_of(part) for part in ours}
        theirs = [self._load(point) for point in _entry_points(self.group)]
        parts = [*ours, *(part for part in theirs if _name_of(part) not in names)]
        return tuple(sorted(parts, key=lambda part: (getattr(part, "order", 0), _name_of(part))))

    def _import(self, name: str) -> object:
        return getattr(import_module(f"{self.room}.{name}"), self.attribute)

    def _load(self, point: EntryPoint) -> Part:
        try:
            part = point.load()
        except Exception as error:  # whatever a stranger's module may raise
            raise ConfigError(
                msg(
                    "The {noun} “{name}” ({value}) can't be loaded: {error}.",
                    noun=self.noun,
                    name=point.name,
                    value=point.value,
                    error=error,
                ),
                msg("Fix or uninstall the package it comes from."),
            ) from error
        return self._checked(point.name, part)

    def _checked(self, name: str, part: object) -> Part:
        if not isinstance(part, self.contract) or not getattr(part, "name", ""):
            raise ConfigError(
                msg(
                    "“{name}” is not a valid {noun}: {part}.",
                    name=name,
                    noun=self.noun,
                    part=repr(part),
                ),
                msg("Fix or uninstall the package it comes from. See docs/extending.md."),
            )
        return cast("Part", part)


def _name_of(part: object) -> str:
    return str(getattr(part, "name", ""))


@lru_cache
def _built_in(room: str) -> tuple[str, ...]:
    """The names of a room's modules and folders."""
    found = pkgutil.iter_modules(import_module(room).__path__)
    return tuple(module.name for module in found if module.name != _SHARED)


@lru_cache
def _entry_points(group: str) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=group))
