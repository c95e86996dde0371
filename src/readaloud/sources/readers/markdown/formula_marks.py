"""Formulas in Markdown: in words before it is parsed, for their signs look like its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readaloud.model import Removal
from readaloud.sources.readers.shared.formulas.in_text import (
    is_traditional,
    say_formulas,
    say_or_skip,
)

_VERBATIM = re.compile(
    r"^(?P<before>[ \t>]{0,12})(?P<fence>`{3,9}|~{3,9})[ \t]{0,9}(?P<info>[^\n`]{0,80})\n"
    r"(?P<inside>.*?)(?:^[ \t>]{0,12}(?P=fence)[`~]{0,9}[ \t]{0,9}$|\Z)"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]{1,300}(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
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
    pieces: list[str] = []
    removed: list[Removal] = []
    start = 0

    def add(part: str) -> None:
        line = first + text.count("\n", 0, start)
        said, found = say_formulas(part, traditional)
        for formula in found:
            place = line + part.count("\n", 0, formula.start)
            removed.append(Removal(place, " ".join(formula.written.split()), formula.reason))
        pieces.append(said)

    for match in _VERBATIM.finditer(text):
        add(text[start : match.start()])
        start = match.start()
        if (match["info"] or "").strip().lower() in _MATH:
            words, reason = say_or_skip(match["inside"].strip(), traditional)
            place = first + text.count("\n", 0, start)
            removed.append(Removal(place, " ".join(match["inside"].split()), reason))
            pieces.append(f"{match['before']}{words}" + "\n" * match[0].count("\n"))
        else:
            pieces.append(match[0])
        start = match.end()
    add(text[start:])
    return "".join(pieces).split("\n"), removed
