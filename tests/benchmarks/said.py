"""What each rule of the spoken form makes of a folder of texts, so that eyes see what it overdoes.

    python tests/benchmarks/said.py FOLDER [RULE ...]

Every line of the text files below the folder goes through the rules as an article's lines do. Each
rule prints how often it spoke and up to eight places, what stood there and what it made of it.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from readaloud.chinese.convert import convert, detect_script
from readaloud.spoken.characters import fold
from readaloud.spoken.rulebook import load_rulebook

AROUND = 12
SHOWN = 8


def main(folder: str, *names: str) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for line in lines(Path(folder)):
        said = fold(line)
        for rule in load_rulebook().rules:
            if not names or rule.name in names:
                places[rule.name] += changes(rule.pattern, rule.say, said)
            said = rule.apply(said)
    for name, found in sorted(places.items()):
        if found:
            distinct = list(dict.fromkeys(found))
            print(f"{name}: {len(found)}")
            step = max(1, len(distinct) // SHOWN)
            print(*(f"    {place}" for place in distinct[::step][:SHOWN]), sep="\n")


def lines(folder: Path) -> Iterator[str]:
    """The lines of all text files, in Simplified characters."""
    for path in sorted(folder.rglob("*.txt")) + sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8", errors="ignore")
        yield from convert(text, "simplified", detect_script(text)).splitlines()


def changes(pattern: re.Pattern[str], say: object, text: str) -> Iterator[str]:
    """Each place that a rule changes, with what stands around it."""
    assert callable(say)
    for match in pattern.finditer(text):
        if (made := say(match)) != match[0]:
            before, after = (
                text[max(0, match.start() - AROUND) : match.start()],
                text[match.end() :],
            )
            yield f"{before}[{match[0]}→{made}]{after[:AROUND]}"


if __name__ == "__main__":
    main(*sys.argv[1:])
