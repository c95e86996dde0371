"""Script conversion by opencc, one character for one, so that text and original stay aligned."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from operator import add
from typing import Any, Literal

from readaloud.model import TextScript

_ZHE = re.compile(
    r"(?<![土原編编名巨專专論论合譯译卓昭遺遗顯显撰拙鉅較较新所知])著(?![名作稱称述者書书錄录譯译有《])"
)
"""著 that stands for 着: 看著, 睡著了, but not 名著 and 著名."""
_MENDED = str.maketrans({"擡": "抬"})


def detect_script(text: str) -> Literal["simplified", "traditional"]:
    """Which script a text is in, by the characters that the other script writes differently."""
    only = _of_one_script()
    traditional = sum(character in only.traditional for character in text)
    simplified = sum(character in only.simplified for character in text)
    return "traditional" if traditional > simplified else "simplified"


def zhe_for_zhu(text: str) -> str:
    """The text with 着 where 著 stands for it, as it often does in mixed and older text."""
    return _ZHE.sub("着", text)


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
    """tw2s, with 着 for 著 in all words but those in which it is zhù."""
    converted = list(_aligned(text, "tw2s").translate(_MENDED))
    for index, character in enumerate(_ZHE.sub("着", text)):
        if text[index] == "著":
            converted[index] = character
    return "".join(converted)


def _aligned(text: str, table: str) -> str:
    """Converted as a whole, or character by character should the length ever change."""
    quick = _quick(table)
    if not quick.has_phrase(text):
        text_of_variants = text.translate(quick.first)
        if text_of_variants == text or not quick.has_phrase(text_of_variants):
            return text.translate(quick.all)
    converter = _converter(table)
    converted: str = converter.convert(text)
    if len(converted) == len(text):
        return converted
    pairs = ((character, converter.convert(character)) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in pairs)


class _Characters(dict[int, str]):
    """What a table makes of single characters, for ``str.translate``; each is asked for once."""

    def __init__(self, known: set[str], converter: Any) -> None:
        super().__init__()
        self._known = known
        self._converter = converter

    def __missing__(self, code: int) -> str:
        character = chr(code)
        new = self._converter.convert(character) if character in self._known else character
        self[code] = new if len(new) == 1 else character
        return self[code]


@dataclass(frozen=True, slots=True)
class _Quick:
    """What a text without any of a table's phrases needs: its characters, after one step and all.

    opencc looks for the longest entry at every position, in Python; most texts hold no phrase.
    """

    phrases: dict[str, list[str]]
    """By their first two characters."""
    first: dict[int, str]
    all: dict[int, str]

    def has_phrase(self, text: str) -> bool:
        """Whether a phrase stands anywhere in a text."""
        beginnings = self.phrases.keys() & set(map(add, text, text[1:]))
        return any(phrase in text for start in beginnings for phrase in self.phrases[start])


@lru_cache
def _quick(table: str) -> _Quick:
    package = resources.files("opencc")
    config = json.loads((package / "config" / f"{table}.json").read_text(encoding="utf-8"))
    steps = [_entries(package, step["dict"]) for step in config["conversion_chain"]]
    phrases: dict[str, list[str]] = {}
    for key in (key for step in steps for key in step if len(key) > 1):
        phrases.setdefault(key[:2], []).append(key)
    singles = {key for step in steps for key in step if len(key) == 1}
    first = {ord(c): new for c, new in steps[0].items() if len(c) == len(new) == 1}
    return _Quick(phrases, first, _Characters(singles, _converter(table)))


def _entries(package: Traversable, dictionary: dict[str, Any]) -> dict[str, str]:
    """Entry -> its first conversion; the dictionaries of a group go by their order."""
    if dictionary["type"] == "group":
        parts = [_entries(package, part) for part in dictionary["dicts"]]
        return {key: value for part in reversed(parts) for key, value in part.items()}
    return {key: values[0] for key, values in _rows(package, dictionary["file"]).items()}


@dataclass(frozen=True, slots=True)
class _OfOneScript:
    """Characters that the other script writes differently, most often or always."""

    traditional: frozenset[str]
    simplified: frozenset[str]


@cache
def _of_one_script() -> _OfOneScript:
    """乾 is most often Traditional, though 乾坤 is written so in both; 后 and 里 tell nothing."""
    package = resources.files("opencc")
    traditional = _rows(package, "TSCharacters.txt")
    simplified = _rows(package, "STCharacters.txt")
    return _OfOneScript(
        frozenset(old for old, new in traditional.items() if new[0] != old),
        frozenset(old for old, new in simplified.items() if old not in new),
    )


def _rows(package: Traversable, file: str) -> dict[str, list[str]]:
    """Entry -> its conversions, the commonest first."""
    text = (package / "dictionary" / file).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {key: values.split(" ") for key, values in rows}


@lru_cache
def _converter(table: str) -> Any:
    from opencc import OpenCC

    return OpenCC(table)
