"""Sentences in the user's own words, with places to be filled: ``今天是{date}[，{solar_term}]``.

A name in braces is a place. What stands in square brackets is left out where a place in it stays
empty, as most days have no solar term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from readaloud.errors import Message, Several, msg

_PLACE = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def find_fault(template: str, known: Collection[str]) -> Message | None:
    """What is wrong with a template; None where nothing is. ``known`` are the places' names."""
    for name in _PLACE.findall(template):
        if name not in known:
            return msg(
                "there is no place “{name}”; there are {known}", name=name, known=Several(known)
            )
    for bracket in _PLACE.sub("", _OPTIONAL.sub(r"\1", template)):
        if bracket in "[]{}":
            return msg("“{bracket}” stands alone", bracket=bracket)
    return None


def fill(template: str, value_of: Callable[[str], str]) -> str:
    """The template with its places filled; each value is asked for only where it is needed."""

    def optional(found: re.Match[str]) -> str:
        inside = found[1]
        return inside if all(map(value_of, _PLACE.findall(inside))) else ""

    return _PLACE.sub(lambda place: value_of(place[1]), _OPTIONAL.sub(optional, template))
