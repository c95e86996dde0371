"""What of a Markdown text is code: fences, and spans between backquotes."""

from __future__ import annotations

import re
from collections.abc import Callable

CODE = re.compile(
    r"^(?P<before>[ \t>]{0,12})(?P<fence>`{3,9}|~{3,9})[ \t]{0,9}(?P<info>[^\n`]{0,80})\n"
    r"(?P<inside>.*?)(?:^[ \t>]{0,12}(?P=fence)[`~]{0,9}[ \t]{0,9}$|\Z)"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]{1,300}(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)


def outside_code(
    text: str,
    line: int,
    change: Callable[[str, int], str],
    say_code: Callable[[re.Match[str], int], str] = lambda match, _: match[0],
) -> str:
    """The text, changed where it is no code.

    Args:
        text: as it is written.
        line: the number of its first line.
        change: makes the new form of a part; it is told the line in which the part begins.
        say_code: the same for code.
    """
    pieces: list[str] = []
    start = 0
    for match in CODE.finditer(text):
        pieces.append(change(text[start : match.start()], line))
        line += text.count("\n", start, match.start())
        pieces.append(say_code(match, line))
        line += match[0].count("\n")
        start = match.end()
    return "".join([*pieces, change(text[start:], line)])
