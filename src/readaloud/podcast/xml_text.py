"""Text as XML can hold it (XML 1.0, 2.2): for feed, list of programmes and show notes."""

from __future__ import annotations


def clean(text: str) -> str:
    """Text without what XML can't hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and _is_character(c)))


def _is_character(character: str) -> bool:
    return not ("\ud800" <= character <= "\udfff" or character in "\ufffe\uffff")
