"""Learns the weights by which neighbours decide a reading: neighbour_weights.tsv.gz.

    python -m pip install pypinyin g2pM "numpy<2" && npm install pinyin-pro
    python tests/benchmarks/reading_model.py cpp_dev.sent texts.txt judged.tsv [folds]

With ``folds`` nothing is written: CPP is read in fifths, each by weights learnt from the rest.

It learns from the phrases of reading_phrases.tsv and the cases of readings_more.json; from the
labels of g2pM's CPP (Apache-2.0, cpp_dev.lb beside cpp_dev.sent); from texts of many kinds, a
sentence a line, where what was learnt from the rest is said by two of four others: the rules, g2pM
(Apache-2.0), pypinyin and pinyin-pro (MIT); and from what was judged by hand where the program was
unsure of these texts: a sentence, a place in it, and the reading, parted by tabs. The texts keep
each reading as frequent as it is: phrases have as many rare ones as common ones. No sentence is
shipped.

A multinomial logistic regression a character, by AdaGrad with an L2 penalty; what the rules say is
the start, so that a character without examples stays with them.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from readings import Read, g2pm, pinyin_pro

from readaloud.spoken.character_readings import usual_readings
from readaloud.spoken.neighbours import SCALE, features_of, firm, rule_of
from readaloud.spoken.word_readings import find_pieces

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src" / "readaloud" / "spoken" / "data" / "neighbour_weights.tsv.gz"
PHRASES = Path(__file__).with_name("reading_phrases.tsv")
CASES = ROOT / "tests" / "cases" / "readings_more.json"
OF_PHRASES, OF_CPP, OF_JUDGED = 2.0, 0.3, 2.0
"""What an example of each kind weighs."""
OF_TEXTS, MOST_OF_TEXTS, LEAST_AGREED = 0.4, 3000, 2
"""What an example of the texts weighs, how many are taken of a character, and how many others must
say what was learnt."""
ROUNDS, RATE, PENALTY, SMALLEST = 12, 0.3, 0.02, 2
FOLDS = 5
SHORT = 6
"""In shorter phrases the edges mean nothing."""
Labels = Mapping[int, str]
Labelled = tuple[str, Labels]
Weights = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Example:
    features: tuple[str, ...]
    rule: str
    strength: float
    wanted: str
    weight: float


Voted = tuple[str, Example, list[str]]
"""A character, its example without what is wanted, and what the rules and others say."""


def main(cpp: str, texts: str, judged: str, folds: str = "") -> None:
    labelled, unsure = list(of_cpp(Path(cpp))), list(of_judged(Path(judged)))
    voted = list(of_texts(Path(texts), unsure))
    if folds:
        print(f"CPP in {FOLDS} folds: {cross_validate(labelled, unsure, voted):.2f} % right")
        return
    examples = gather_all(labelled, unsure, voted)
    rows = (row(character, examples[character]) for character in sorted(examples))
    text = "".join(f"{line}\n" for line in rows if line)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{TARGET}: {text.count(chr(10))} characters, {TARGET.stat().st_size:,} bytes")


def gather_all(
    labelled: Sequence[Labelled], judged: Sequence[Labelled], voted: Sequence[Voted]
) -> dict[str, list[Example]]:
    """Character -> examples of the phrases, of what is labelled and judged, and of the texts."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for text, labels in phrases():
        gather(examples, text, labels, OF_PHRASES, edges=len(text) >= SHORT)
    for text, labels in labelled:
        gather(examples, text, labels, OF_CPP)
    for text, labels in judged:
        gather(examples, text, labels, OF_JUDGED)
    first = {character: learn(character, found) for character, found in examples.items()}
    for character, found in agreed(voted, first).items():
        examples[character] += found
    return examples


def cross_validate(
    labelled: Sequence[Labelled], judged: Sequence[Labelled], voted: Sequence[Voted]
) -> float:
    """Per cent right of labels in sentences that the weights have not seen."""
    right = 0
    for fold in range(FOLDS):
        parts: tuple[list[Labelled], ...] = ([], [])
        for text, labels in labelled:
            parts[zlib.crc32(text.encode()) % FOLDS == fold].append((text, labels))
        seen, unseen = parts
        examples = gather_all(seen, judged, voted)
        weights = {character: learn(character, found) for character, found in examples.items()}
        right += sum(reads(text, labels, weights) for text, labels in unseen)
    return 100 * right / len(labelled)


def reads(text: str, labels: Labels, learnt: Mapping[str, Weights]) -> bool:
    """Whether the one label of a text comes out right."""
    [(at, wanted)] = labels.items()
    pieces = find_pieces(text)
    place = max(n for n, piece in enumerate(pieces) if piece.start <= at)
    piece = pieces[place]
    if piece.syllables:
        return piece.syllables[at - piece.start] == wanted
    rule, strength = rule_of(text, pieces, place)
    features = features_of(text, pieces, place, rule)
    example = Example(features, rule, firm(strength), wanted, 1.0)
    return best(piece.text, example, learnt.get(piece.text, {})) == wanted


def phrases() -> Iterator[Labelled]:
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            character, syllable, cell = line.split("\t")
            for text in cell.split("；"):
                yield text, {at: syllable for at, sign in enumerate(text) if sign == character}
    for case in json.loads(CASES.read_text(encoding="utf-8"))["phrases"]:
        yield case["text"], {target["i"]: target["pinyin"] for target in case["targets"]}


def of_cpp(path: Path) -> Iterator[Labelled]:
    sentences = path.read_text(encoding="utf-8").splitlines()
    labels = path.with_suffix(".lb").read_text(encoding="utf-8").split()
    for sentence, label in zip(sentences, labels, strict=True):
        yield sentence.replace("▁", ""), {sentence.index("▁"): label.replace("u:", "v")}


def gather(
    examples: dict[str, list[Example]],
    text: str,
    labels: Labels,
    weight: float,
    edges: bool = True,
) -> None:
    """Add the examples that a labelled text holds: what its words leave open."""
    pieces = find_pieces(text)
    for place, piece in enumerate(pieces):
        wanted = labels.get(piece.start, "")
        if piece.syllables or piece.text == "儿" or wanted not in usual_readings(piece.text):
            continue
        rule, strength = rule_of(text, pieces, place)
        found = features_of(text, pieces, place, rule)
        kept = tuple(
            feature
            for feature in found
            if feature != "*" and (edges or not {"^", "$"} & set(feature))
        )
        examples[piece.text].append(Example(kept, rule, strength, wanted, weight))


def of_judged(path: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        text, at, syllable = line.split("\t")
        yield text, {int(at): syllable}


def of_texts(path: Path, judged: Sequence[Labelled]) -> Iterator[Voted]:
    """Open characters of unlabelled texts, and what others say of them; not what is judged."""
    known = {(text, at) for text, labels in judged for at in labels}
    texts = path.read_text(encoding="utf-8").splitlines()
    said = zip(*(load()(texts) for load in (g2pm, pypinyin, pinyin_pro)), strict=True)
    for text, lines in zip(texts, said, strict=True):
        pieces = find_pieces(text)
        for place, piece in enumerate(pieces):
            if piece.syllables or piece.text == "儿" or (text, piece.start) in known:
                continue
            rule, strength = rule_of(text, pieces, place)
            features = features_of(text, pieces, place, rule)
            votes = [line[piece.start] for line in lines if len(line) == len(text)]
            yield piece.text, Example(features, rule, strength, "", OF_TEXTS), [rule, *votes]


def pypinyin() -> Read:
    """Syllables by pypinyin, without its sandhi."""
    from pypinyin import Style, lazy_pinyin

    apart: Any = list  # what is not Chinese, a character each
    return lambda texts: [
        lazy_pinyin(text, Style.TONE3, apart, neutral_tone_with_five=True, v_to_u=False)
        for text in texts
    ]


def agreed(voted: Sequence[Voted], first: Mapping[str, Weights]) -> dict[str, list[Example]]:
    """Character -> examples of which two others say what was learnt, as many as are taken."""
    found: dict[str, list[Example]] = defaultdict(list)
    for character, example, votes in voted:
        wanted = best(character, example, first.get(character, {}))
        said = [vote.replace("u:", "v").replace("ü", "v") for vote in votes]
        if said.count(wanted) >= LEAST_AGREED and wanted in usual_readings(character):
            found[character].append(replace(example, wanted=wanted))
    chance = random.Random(5)
    return {
        character: chance.sample(every, min(len(every), MOST_OF_TEXTS))
        for character, every in found.items()
    }


def scores(readings: Sequence[str], example: Example, weights: Weights) -> list[float]:
    total = [example.strength * (reading == example.rule) for reading in readings]
    for feature in example.features:
        for index, weight in enumerate(weights.get(feature, ())):
            total[index] += weight
    return total


def best(character: str, example: Example, weights: Weights) -> str:
    readings = usual_readings(character)
    found = scores(readings, example, weights)
    return readings[found.index(max(found))]


def errors_of(readings: Sequence[str], example: Example, weights: Weights) -> list[float]:
    """By how much each reading is thought likelier than it is, between -1 and 1."""
    found = scores(readings, example, weights)
    parts = [math.exp(score - max(found)) for score in found]
    return [
        part / sum(parts) - (reading == example.wanted)
        for part, reading in zip(parts, readings, strict=True)
    ]


def learn(character: str, examples: Sequence[Example]) -> Weights:
    """Feature -> its weight for each reading of the character."""
    readings = usual_readings(character)
    weights: Weights = defaultdict(lambda: [0.0] * len(readings))
    squares: Weights = defaultdict(lambda: [1e-3] * len(readings))
    chance, order = random.Random(1), list(examples)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for example in order:
            errors = [error * example.weight for error in errors_of(readings, example, weights)]
            if abs(errors[readings.index(example.wanted)]) < 0.02 * example.weight:
                continue
            for feature in example.features:
                move(weights[feature], squares[feature], errors)
    return weights


def move(weights: list[float], squares: list[float], errors: Sequence[float]) -> None:
    for index, error in enumerate(errors):
        slope = error + PENALTY * weights[index]
        squares[index] += slope * slope
        weights[index] -= RATE * slope / math.sqrt(squares[index])


def row(character: str, examples: Sequence[Example]) -> str:
    """A line of the file: the character, its readings, and the features that matter."""
    cells = []
    for feature, weights in sorted(learn(character, examples).items()):
        if "\t" in feature:
            continue
        middle = sum(weights) / len(weights)
        whole = [round((weight - middle) * SCALE) for weight in weights]
        if max(map(abs, whole)) >= SMALLEST:
            cells.append(f"{feature} {','.join(map(str, whole))}")
    return "\t".join([character, " ".join(usual_readings(character)), *cells]) if cells else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
