"""Text brought to one script, so that a rule is written once. Only for looking, never for saying."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_LINE = 300
"""Longer texts are not kept."""


def fold(text: str) -> str:
    """The text with its Traditional characters as Simplified ones, one for one.

    A place in the result is the same place in ``text``. Which of a character's meanings is meant
    is not asked (乾坤 becomes 干坤): what is spoken or recorded is always the text itself.
    """
    return _fold_line(text) if len(text) <= _LINE else _fold(text)


def unfold(characters: Iterable[str]) -> frozenset[str]:
    """The characters, and those of which ``fold`` makes them."""
    written, folded = _table().written, frozenset(characters)
    return folded.union(*(written[each] for each in folded if each in written))


def _fold(text: str) -> str:
    table = _table()
    return text.translate(table.characters) if table.traditional.search(text) else text


_fold_line = lru_cache(maxsize=1024)(_fold)
"""Many rules ask for the same lines, one after the other."""


@dataclass(frozen=True, slots=True)
class _Table:
    characters: dict[int, str]
    written: dict[str, set[str]]
    """The other way: of which characters each is made."""
    traditional: re.Pattern[str]
    """Any of the characters: most texts have none, and the search takes a twentieth of the time."""


@lru_cache
def _table() -> _Table:
    """The characters of opencc, the first of each one's meanings."""
    file = resources.files("opencc") / "dictionary" / "TSCharacters.txt"
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line)
    pairs = {old: new.split(" ")[0] for old, new in rows}
    # 薴 is written 苧, which is a Traditional character itself.
    final = {old: pairs.get(new, new) for old, new in pairs.items()}
    changed = {old: new for old, new in final.items() if old != new and len(old) == len(new) == 1}
    # A class is quick only as long as its rare characters stand in it as one range.
    usual = "".join(old for old in changed if old <= "\uffff")
    characters = {ord(old): new for old, new in changed.items()}
    written: dict[str, set[str]] = defaultdict(set)
    for old, new in changed.items():
        written[new].add(old)
    return _Table(characters, written, re.compile(f"[{usual}\U00020000-\U0003ffff]"))
