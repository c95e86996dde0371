"""The rules for single lines that a site or an account puts around its articles.

A rule sees one short line, whole: it never speaks about a sentence that merely mentions its
subject. Patterns hold both scripts, and every quantifier in them is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of line; ``pattern`` has to match it from end to end, decoration aside."""

    name: str
    reason: str
    pattern: re.Pattern[str]
    max_chars: int = 60


def rule(name: str, reason: str, pattern: str, max_chars: int = 60) -> Rule:
    """Make a rule; its pattern is compiled once."""
    return Rule(name, reason, re.compile(pattern), max_chars)
