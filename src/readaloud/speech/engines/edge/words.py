"""Word boundaries of the service -> word times of the text that was sent.

The service cuts Chinese in its own way, normalises numbers, and leaves marks out: boundaries are
looked for in the text one after the other; one that is not found takes what lies between its
neighbours, or no time of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from readaloud.model import Word
from readaloud.speech.engines.edge.client import Boundary

_REACH = 12
"""How far ahead of the last match a boundary is looked for, in characters."""
_SURE = 0.7
"""Share of boundaries that must be found before what is missing at the end means anything."""


def align(boundaries: Sequence[Boundary], spoken: str) -> tuple[Word, ...]:
    """Words of the text with their times; empty where too few of the boundaries are in it."""
    places = _places(boundaries, spoken)
    if sum(place is not None for place in places) < _SURE * len(boundaries):
        return ()
    return tuple(
        Word(spoken[place[0] : place[1]], boundary.start_ms, boundary.end_ms)
        for boundary, place in zip(boundaries, places, strict=True)
        if place is not None
    )


def reaches_end(boundaries: Sequence[Boundary], spoken: str) -> bool:
    """Whether the text was heard to its end, or to a last character, as far as can be told."""
    places = _places(boundaries, spoken)
    found = [place for place in places if place is not None]
    if len(found) < _SURE * len(boundaries):
        return True
    rest = spoken[found[-1][1] :] if found else spoken
    unfound = 0
    for place in reversed(places):
        if place is not None:
            break
        unfound += 1
    return unfound > 0 or sum(character.isalnum() for character in rest) <= 1


def _places(boundaries: Sequence[Boundary], spoken: str) -> list[tuple[int, int] | None]:
    places: list[tuple[int, int] | None] = []
    position = missed = 0
    for boundary in boundaries:
        wanted = boundary.text.strip()
        limit = position + _REACH * (missed + 1) + len(wanted)
        start = spoken.find(wanted, position, limit) if wanted else -1
        if start < 0:
            places.append(None)
            missed += 1
            continue
        position, missed = start + len(wanted), 0
        places.append((start, position))
    return places
