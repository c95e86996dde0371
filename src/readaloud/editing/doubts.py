"""Which lines may be decided wrongly, by what stands beside them; a person has the last word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from readaloud.editing.line_shape import ends_sentence, size
from readaloud.model import Explanation

THIN = 0.3
"""How likely a line with little evidence is decided wrongly, about."""
_SHORT = 40
_SENTENCE = 20
_SURE = frozenset({"", "drop", "remembered", "repeat", "title repeat", "flood", "byline"})
"""Removals that say nothing of the lines beside them: what was cut, decided, or said before."""


def with_doubts(entries: Sequence[Explanation]) -> Iterator[Explanation]:
    """The lines with a doubt where the evidence is thin and none is stated.

    A short line without a stop beside furniture may be furniture; a whole sentence that is taken
    out alone, between lines that are spoken, may be the article's.
    """
    for index, entry in enumerate(entries):
        beside = [*entries[max(index - 1, 0) : index], *entries[index + 1 : index + 2]]
        thin = not entry.doubt and (_looks_foreign(entry, beside) or _looks_own(entry, beside))
        yield replace(entry, doubt=THIN) if thin else entry


def _looks_foreign(entry: Explanation, beside: Sequence[Explanation]) -> bool:
    if entry.verdict != "spoken" or entry.rule or ends_sentence(entry.text):
        return False
    return size(entry.text) <= _SHORT and any(_is_furniture(each) for each in beside)


def _looks_own(entry: Explanation, beside: Sequence[Explanation]) -> bool:
    if not _is_furniture(entry) or not ends_sentence(entry.text):
        return False
    alone = not any(each.verdict == "removed" for each in beside)
    return alone and len(beside) > 1 and size(entry.text) >= _SENTENCE


def _is_furniture(entry: Explanation) -> bool:
    """Whether a rule for furniture took the line, no reader and no decision of the user's."""
    return entry.verdict == "removed" and entry.rule not in _SURE and entry.rule != entry.reason
