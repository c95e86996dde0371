"""Formulas in Markdown: in words before it is parsed, for their signs look like its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readaloud.model import Removal
from readaloud.sources.readers.markdown.verbatim import outside_code
from readaloud.sources.readers.shared.formulas.in_text import (
    is_traditional,
    say_formulas,
    say_or_skip,
)

_MATH = frozenset({"math", "latex", "tex", "katex"})


def take_formulas(lines: Sequence[str], first: int) -> tuple[list[str], list[Removal]]:
    """The lines with their formulas in words; as many, and the formulas as they were written.

    Args:
        lines: those of the article.
        first: the number of the first of them.
    """
    text = "\n".join(lines)
    if "$" not in text and "\\" not in text and "math" not in text:
        return list(lines), []
    traditional = is_traditional(text)
    removed: list[Removal] = []

    def say(part: str, line: int) -> str:
        said, found = say_formulas(part, traditional)
        for formula in found:
            place = line + part.count("\n", 0, formula.start)
            removed.append(Removal(place, " ".join(formula.written.split()), formula.reason))
        return said

    def say_fence(match: re.Match[str], line: int) -> str:
        if (match["info"] or "").strip().lower() not in _MATH:
            return match[0]
        words, reason = say_or_skip(match["inside"].strip(), traditional)
        removed.append(Removal(line, " ".join(match["inside"].split()), reason))
        return f"{match['before']}{words}" + "\n" * match[0].count("\n")

    return outside_code(text, first, say, say_fence).split("\n"), removed
