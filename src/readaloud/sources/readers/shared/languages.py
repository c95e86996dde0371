"""Which language a passage of a page is in, as its ``lang`` says, where it is not the page's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lxml import etree

from readaloud.sources.readers.shared.repair import repair
from readaloud.sources.readers.shared.xml_parts import attribute

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_WHOLE = frozenset({"html", "body"})
"""Their language is the page's; many say en and are Chinese."""
_CHINESE = frozenset({"zh", "cmn", "und", "mul", "zxx", "chi", "zho"})
_WITH_HAN = frozenset({"ja", "ko", "yue", "nan", "wuu", "hak", "gan", "lzh", "vi"})
"""Languages that are written with Chinese characters too."""


def language_of(element: etree._Element, tag: str, above: str) -> str:
    """The language of the text in an element, an empty string for the page's own.

    Args:
        element: the element.
        tag: its name.
        above: the language of what it lies in.
    """
    stated = (attribute(element, "lang") or element.get("xml:lang", "")).strip()
    if tag in _WHOLE or not stated:
        return above
    known = _TAG.fullmatch(stated) and stated.partition("-")[0].lower() not in _CHINESE
    return stated if known else ""


def merge(pieces: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Neighbouring pieces of one language as one, without those that aren't of it by their script.

    Templates say en of whole pages: a screen reader must not read Chinese in an English voice.
    """
    joined: list[tuple[str, str]] = []
    for text, language in pieces:
        if joined and joined[-1][1] == language:
            joined[-1] = (joined[-1][0] + text, language)
        else:
            joined.append((text, language))
    found = ((repair(" ".join(text.split())), language) for text, language in joined)
    return tuple(
        (text, language) for text, language in found if language and _may_be(text, language)
    )


def _may_be(text: str, language: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    if language.partition("-")[0].lower() in _WITH_HAN:
        return bool(letters)
    return bool(letters) and not any(map(_is_han, letters))


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK ")
