"""How many of the written-down cases come out right: one line a file of tests/cases.

Run it as ``python tests/benchmarks/quality.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from readaloud.spoken.phrases import split_long
from readaloud.spoken.pinyin import read_aloud
from readaloud.spoken.sentences import split_sentences
from readaloud.spoken.spoken_form import to_spoken

CASES = Path(__file__).parent.parent / "cases"
Score = tuple[int, int]
"""Right, and how many."""


def spoken(cases: list[dict[str, Any]]) -> Score:
    return sum(to_spoken(case["input"]) in case["expected"] for case in cases), len(cases)


def sentences(cases: list[dict[str, Any]]) -> Score:
    return sum(_split_right(case) for case in cases), len(cases)


def _split_right(case: dict[str, Any]) -> bool:
    limit = case.get("max_len", 1000)
    sentences = split_sentences(case["text"])
    found = [piece.strip() for sentence in sentences for piece in split_long(sentence, limit)]
    wanted = [case["expected"], *case.get("alternatives", [])]
    return found in [[sentence.strip() for sentence in split] for split in wanted]


def readings(groups: dict[str, Any]) -> Score:
    """Each marked syllable of each group of texts counts once."""
    results = [
        result
        for cases in groups.values()
        if isinstance(cases, list)
        for case in cases
        for result in _syllables_right(case)
    ]
    return sum(results), len(results)


def _syllables_right(case: dict[str, Any]) -> list[bool]:
    said = read_aloud(case["text"]).syllables
    return [
        said[target["i"]]
        in (target["pinyin"], target.get("surface"), *target.get("alternatives", []))
        for target in case.get("targets", [])
    ]


SCORES: dict[str, Callable[[Any], Score]] = {
    "spoken_form": spoken,
    "spoken_form_more": spoken,
    "wetext": spoken,
    "sentences": sentences,
    "readings": readings,
    "readings_more": readings,
}


def main() -> None:
    print(f"{'cases':<18}{'right':>7}{'total':>7}{'per cent':>10}")
    for name, score in SCORES.items():
        right, total = score(json.loads((CASES / f"{name}.json").read_text("utf-8")))
        print(f"{name:<18}{right:>7}{total:>7}{100 * right / total:>10.1f}")


if __name__ == "__main__":
    main()
