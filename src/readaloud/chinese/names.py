"""Names of persons, as they look in Chinese."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from readaloud.chinese.fold import fold


def is_name(text: str) -> bool:
    """Whether a word looks like a name: a family name and one to three more, or a dot inside."""
    return "·" in text or (2 <= len(text) <= 4 and fold(text[0]) in _surnames())


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    """The first characters of family names."""
    file = resources.files("readaloud.chinese") / "surnames.txt"
    return frozenset(file.read_text("utf-8")) - {"\n"}
