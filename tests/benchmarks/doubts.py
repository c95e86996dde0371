"""How many wrong readings stand among the first that ``readaloud review`` would show.

    python tests/benchmarks/doubts.py recorded.txt

The file, and what counts as right, are those of readings.py. Each hundred sentences, one behind the
other, are taken as an article.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from readings import Marked, of_recorded

from readaloud.config.voices import find_voice
from readaloud.editions.review import LEAST_DOUBT, doubtful_groups
from readaloud.model import Utterance
from readaloud.spoken import pronounce

HUNDRED = 100
SHOWN = (10, 20, 50)


def said(marked: Marked) -> list[Utterance]:
    voice = find_voice("xiaoxiao", None)
    return [pronounce(text, voice) for text, _ in marked]


def errors_of(marked: Marked, utterances: Sequence[Utterance]) -> set[tuple[int, int]]:
    """Sentence and place of each syllable that is not what was said."""
    return {
        (number, at)
        for number, ((_, labels), utterance) in enumerate(zip(marked, utterances, strict=True))
        for at, right in labels.items()
        if len(utterance.readings) > at and utterance.readings[at] not in right
    }


def main(path: str) -> None:
    marked = iter(of_recorded(Path(path)))
    articles = listed = errors = open_to_doubt = 0
    found = dict.fromkeys(SHOWN, 0)
    while len(article := list(islice(marked, HUNDRED))) == HUNDRED:
        utterances = said(article)
        wrong = errors_of(article, utterances)
        groups = sorted(doubtful_groups(utterances, 0.0), key=lambda each: -each.doubt)
        articles, errors = articles + 1, errors + len(wrong)
        listed += sum(each.doubt >= LEAST_DOUBT for each in groups)
        open_to_doubt += sum(len(wrong.intersection(each.places)) for each in groups)
        for most in SHOWN:
            found[most] += sum(len(wrong.intersection(each.places)) for each in groups[:most])
    print(f"{articles} times {HUNDRED} sentences, {errors} errors, {listed / articles:.0f} shown")
    print(f"{open_to_doubt} of the errors are on characters with other readings in use")
    for most, count in found.items():
        print(f"among the first {most}: {count} ({100 * count / errors:.0f} %)")


if __name__ == "__main__":
    main(*sys.argv[1:])
