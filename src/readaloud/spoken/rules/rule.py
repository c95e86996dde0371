"""What a rule of the spoken form is, and the pieces that rules are written with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

HAN = "[㐀-鿿]"
DASH = "[-‐‑–—−－~～〜]"
TO = rf"(?:--|——|––|~~|～～|{DASH}|[至到])"
"""What stands between the ends of a range."""
SIGN = "[-−–－]"
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,20})?"
"""Whole or decimal, with or without thousands separators."""
SCALE = "(?:[十百千]?万亿|[十百千]?亿|[十百千]?万|千|百)"
MEASURED = r"[年月日天个次人名位万亿元余多条点台吨米岁家户件]"
"""After a number: it counts, and is no code."""
NEW = r"(?<![\d.,A-Za-z])"
"""Before a number: it begins here, and is no part of a name."""
END = r"(?!\d|[.,]\d)"
"""After a number: it is whole."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of written forms, and how it is said."""

    name: str
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]

    def apply(self, text: str) -> str:
        """The text with every occurrence said."""
        return self.pattern.sub(self.say, text)


def rule(name: str, pattern: str, say: Callable[[re.Match[str]], str]) -> Rule:
    """Compile a rule."""
    return Rule(name, re.compile(pattern), say)


def choice(words: str) -> str:
    """A group that matches any of the words (parted by spaces), the longest first."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"
