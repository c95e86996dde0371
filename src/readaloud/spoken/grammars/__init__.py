"""The grammars of Chinese text normalisation, as WeTextProcessing builds them (Apache-2.0).

Two files of the package wetext 0.1.8, unchanged, run on kaldifst. wetext itself would bring five
packages more and grammars of other languages, 46 MB instead of 1.6; what it does for Chinese is
here. It is held to the same answers by ``tests/cases/grammars.json``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

_TOKEN = re.compile(r'(\w+) \{((?: \w+: "(?:[^"\\]|\\.)*")*) \}')
_MEMBER = re.compile(r' (\w+): "(?:[^"\\]|\\.)*"')
_ORDERS = {
    "date": ("year", "month", "day"),
    "fraction": ("denominator", "numerator"),
    "measure": ("denominator", "numerator", "value"),
    "money": ("value", "currency"),
    "time": ("noon", "hour", "minute", "second"),
}
"""In which order Chinese says the parts of what the first grammar found."""


def normalise(text: str) -> str:
    """The text with its numbers, dates and measures said; white space at its ends goes.

    The first grammar names the parts of the text, the second says them.
    """
    tag, say = _load()
    return str(say(_TOKEN.sub(_reorder, tag(text.strip()).strip()))).strip()


def _reorder(token: re.Match[str]) -> str:
    name, members = token[1], list(_MEMBER.finditer(token[2]))
    order = _ORDERS.get(name, ())
    if order and ' preserve_order: "true"' not in token[2]:
        rank = {member: number for number, member in enumerate(order)}
        members.sort(key=lambda member: rank.get(member[1], len(rank)))
    return f"{name} {{{''.join(member[0] for member in members)} }}"


@lru_cache
def _load() -> tuple[Any, Any]:
    import kaldifst

    here = Path(__file__)
    paths = (here.with_name(f"grammar_{name}.fst") for name in ("tagger", "verbalizer"))
    tag, say = (kaldifst.TextNormalizer(str(path)) for path in paths)
    return tag, say
