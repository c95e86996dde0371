"""Goes on learning the weights by which neighbours decide a reading, from sentences read whole.

    python tests/benchmarks/reading_refine.py [--write] [SENTENCES.txt ...]

Two lines a sentence: the text, then a syllable a Chinese character, without sandhi; without files,
tests/cases/everyday.txt. It begins with the weights that are shipped and holds on to them, so that
the sentences, of which there are few, move only what they speak of. Prints how many characters are
wrong before and after; with ``--write`` the weights are shipped.

What ``reading_model.py`` learns from the beginning needs this again.
"""

from __future__ import annotations

import gzip
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from reading_model import TARGET, Example, Labelled, Weights, errors_of, gather

from readaloud.spoken import neighbours
from readaloud.spoken.character_readings import usual_readings
from readaloud.spoken.neighbours import SCALE
from readaloud.spoken.pinyin import is_han, read_aloud

SENTENCES = Path(__file__).parents[1] / "cases" / "everyday.txt"
ROUNDS, RATE, HOLD, SMALLEST, STEADY = 8, 0.2, 0.5, 2, 0.1
"""How often, how fast, how firmly the old weights are held; the least weight that is kept; what the
squares of slopes begin with."""
CERTAIN = 0.1
"""An example that is wrong by less teaches nothing."""
FREE = frozenset("一不儿谁")
"""Their tone or colour depends on the neighbours' tones, or either reading is right."""


def read_sentences(path: Path) -> Iterator[Labelled]:
    """Each sentence with the syllable at the place of each Chinese character."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    for text, said in zip(lines[::2], lines[1::2], strict=True):
        places = [at for at, sign in enumerate(text) if is_han(sign)]
        yield text, dict(zip(places, said.split(), strict=True))


def is_right(said: str, wanted: str) -> bool:
    """Whether two syllables are one, tone 2 for 3 and a neutral tone on one side aside."""
    if said[:-1] != wanted[:-1]:
        return False
    tones = {said[-1], wanted[-1]}
    return len(tones) == 1 or "5" in tones or tones == {"2", "3"}


def find_wrong(sentences: Iterable[Labelled]) -> list[str]:
    """The characters that are read otherwise, each with its sentence."""
    return [
        f"{text}: {text[at]} {said}, not {wanted}"
        for text, labels in sentences
        for at, said in enumerate(read_aloud(text).syllables)
        if at in labels and text[at] not in FREE and not is_right(said, wanted := labels[at])
    ]


def gather_all(sentences: Iterable[Labelled]) -> Mapping[str, Sequence[Example]]:
    """Character -> examples; none where only the neutral tone is in question: 上, 里, 下."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for text, labels in sentences:
        said = read_aloud(text).syllables
        taught = {
            n: wanted
            for n, wanted in labels.items()
            if text[n] not in FREE and (said[n] == wanted or not is_right(said[n], wanted))
        }
        gather(examples, text, taught, 1.0)
    return examples


def learn_on(
    examples: Sequence[Example], readings: Sequence[str], old: Mapping[str, Sequence[float]]
) -> Weights:
    """The weights of one character, moved from ``old`` by AdaGrad as far as the examples ask."""
    weights: Weights = defaultdict(lambda: [0.0] * len(readings))
    weights.update({feature: list(row) for feature, row in old.items()})
    squares: Weights = defaultdict(lambda: [STEADY] * len(readings))
    nothing = [0.0] * len(readings)
    chance, order = random.Random(1), [e for e in examples if e.wanted in readings]
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for example in order:
            errors = errors_of(readings, example, weights)
            if abs(errors[readings.index(example.wanted)]) < CERTAIN:
                continue
            for feature in example.features:
                row, held = weights[feature], old.get(feature, nothing)
                for n, error in enumerate(errors):
                    slope = error + HOLD * (row[n] - held[n])
                    squares[feature][n] += slope * slope
                    row[n] -= RATE * slope / math.sqrt(squares[feature][n])
    return weights


def as_row(readings: Sequence[str], weights: Weights) -> str:
    """A character's row of the file, without the character."""
    cells = []
    for feature, row in sorted(weights.items()):
        middle = sum(row) / len(row)
        whole = [round((weight - middle) * SCALE) for weight in row]
        if "\t" not in feature and max(map(abs, whole)) >= SMALLEST:
            cells.append(f"{feature} {','.join(map(str, whole))}")
    return "\t".join([" ".join(readings), *cells])


def main(*arguments: str) -> None:
    """Learn, tell what it brought, and write it where that is asked for."""
    paths = [Path(name) for name in arguments if not name.startswith("--")] or [SENTENCES]
    sentences = [each for path in paths for each in read_sentences(path)]
    before = len(find_wrong(sentences))
    rows = dict(neighbours._rows())
    for character, found in gather_all(sentences).items():
        known, old = neighbours._learnt(character)
        readings = known or usual_readings(character)
        rows[character] = as_row(readings, learn_on(found, readings, old))
    with patch.object(neighbours, "_rows", lambda: rows):
        neighbours._learnt.cache_clear()
        after = find_wrong(sentences)
    print("\n".join(after))
    print(f"{len(sentences)} sentences: {before} characters wrong before, {len(after)} after")
    if "--write" in arguments:
        kept = (f"{character}\t{row}\n" for character, row in sorted(rows.items()) if "\t" in row)
        TARGET.write_bytes(gzip.compress("".join(kept).encode(), 9, mtime=0))
        print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
