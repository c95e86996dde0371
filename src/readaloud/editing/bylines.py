"""Who wrote it: names in a credit line or in brackets at the very end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readaloud.chinese.names import is_name
from readaloud.editing.rulebook import as_written, mark
from readaloud.model import Block

_LABELLED = mark("labelled names")
_REPORTED = mark("reporter")
_OPENING = mark("opening reporter")
_SIGNATURE = mark("signature")
_BETWEEN = mark("role between names")
_BRACKETED = re.compile(r"[（(]([^（）()]{2,60})[）)]$")
_GAP = re.compile("[ 、,，]{1,2}")
_NEAR = 8
"""Blocks from either end in which a credit is looked for."""


def find_byline(blocks: Sequence[Block]) -> str | None:
    """The authors' names as the article gives them, separated as they are there."""
    ends = [*blocks[:_NEAR], *blocks[max(_NEAR, len(blocks) - _NEAR) :]]
    credits_ = (read_credit(block.text) for block in ends)
    stated = next((names for names in credits_ if names), None)
    opened = (_read_opening(block.text) for block in blocks[:_NEAR])
    return (
        stated
        or next((names for names in opened if names), None)
        or (_read_trailing(blocks[-1].text) if blocks else None)
    )


def is_credit(text: str) -> bool:
    """Whether a line does nothing but name its authors."""
    return read_credit(text) is not None


def read_credit(text: str) -> str | None:
    """The names in a line that does nothing but name the authors."""
    if len(text) > 60:
        return None
    if labelled := _LABELLED.find(text):
        role, names = labelled["role"], as_written(text, labelled, "names")
        # 记者：你们累不累 is a question in an interview.
        # 口述｜我在盐场三十年 is a column and its title.
        asked = ("者" in role and role[0] not in "作译") or role == "口述"
        return read_names(names) if asked else names
    reported = _REPORTED.find(text)
    return read_names(as_written(text, reported, "names")) if reported else None


def _read_opening(text: str) -> str | None:
    match = _OPENING.find(text[:60])
    names = (as_written(text, match, group) for group in ("desk", "wire")) if match else ()
    return next((read_names(found) for found in names if found), None)


def _read_trailing(text: str) -> str | None:
    bracketed = _BRACKETED.search(text[-70:])
    inside = bracketed[1].strip() if bracketed else ""
    signed = _SIGNATURE.find(inside)
    return read_names(as_written(inside, signed, "names")) if signed else None


def read_names(text: str) -> str | None:
    """The names without roles between them; None where a part is not like a name."""
    names = _BETWEEN.cut_from(text)
    return names if all(map(is_name, _GAP.split(names))) else None
