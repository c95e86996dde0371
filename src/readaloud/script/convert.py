"""Script conversion by opencc, one character for one, so that text and original stay aligned."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Literal

from readaloud.models import TextScript

_KEEPS_ZHU = re.compile(
    r"(?<=[土原編编名巨專专論论合譯译卓昭遺遗顯显撰拙鉅較较新])著|著(?=[名作稱称述者書书錄录譯译])"
)
_MENDED = str.maketrans({"擡": "抬"})


def detect_script(text: str) -> Literal["simplified", "traditional"]:
    """Which script a text is in, by the characters that the other script would write differently."""
    traditional = _differences(text, "t2s")
    simplified = _differences(text, "s2t")
    return "traditional" if traditional > simplified else "simplified"


def convert(text: str, target: TextScript, source: Literal["simplified", "traditional"]) -> str:
    """The text in the script a voice reads; same length as ``text``.

    Simplified text is never run through a table for Traditional text, which would spoil it.
    """
    if target == "simplified":
        return _to_simplified(text) if source == "traditional" else text
    if target == "traditional":
        return text if source == "traditional" else _aligned(text, "s2t")
    region = "tw" if target == "taiwan" else "hk"
    return _aligned(text, f"{'t' if source == 'traditional' else 's'}2{region}")


def restore(spoken: str, simplified: str, written: str, target: TextScript) -> str:
    """What was made of the Simplified text, in the characters that a Traditional voice reads.

    What is left of ``simplified`` takes its characters from ``written``, which has its length;
    words that were put in (百分之) are converted.
    """
    if spoken == simplified:
        return written
    matcher = SequenceMatcher(None, simplified, spoken, autojunk=False)
    return "".join(
        written[from_:to] if kind == "equal" else convert(spoken[start:end], target, "simplified")
        for kind, from_, to, start, end in matcher.get_opcodes()
    )


def _to_simplified(text: str) -> str:
    """tw2s, which knows 看著, with the words kept in which 著 is zhù."""
    converted = list(_aligned(text, "tw2s").translate(_MENDED))
    for match in _KEEPS_ZHU.finditer(text):
        converted[match.start()] = "著"
    return "".join(converted)


def _aligned(text: str, table: str) -> str:
    """Converted as a whole, or character by character should the length ever change."""
    converter = _converter(table)
    converted: str = converter.convert(text)
    if len(converted) == len(text):
        return converted
    pairs = ((character, converter.convert(character)) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in pairs)


def _differences(text: str, table: str) -> int:
    return sum(a != b for a, b in zip(text, _aligned(text, table), strict=True))


@lru_cache
def _converter(table: str) -> Any:
    from opencc import OpenCC

    return OpenCC(table)
