"""Shares of the corpus that come out as labelled: ``python tests/corpus/gate.py``.

A case is a folder here: ``input.*`` and ``wanted.toml``, whose keys are those of ``Wanted`` in
labelled.py. Its format follows from the suffix of its input.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field

from holding import (
    Heard,
    bare,
    lost_sentences,
    spoken_furniture,
    title_is_right,
    wanted_headings,
)
from labelled import CORPUS, Case, Wanted, find_cases

from readaloud.errors import ReadaloudError

FLOORS = CORPUS / "floors.json"


@dataclass
class Score:
    """Counts over some articles, and what went wrong in them."""

    files: int = 0
    titles: int = 0
    titles_right: int = 0
    headings_right: int = 0
    headings_found: int = 0
    headings_expected: int = 0
    furniture: int = 0
    furniture_gone: int = 0
    sentences: int = 0
    sentences_kept: int = 0
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares between 0 and 1; 1 where there was nothing to get right."""
        headings = self.headings_found + self.headings_expected
        return {
            "title": self.titles_right / self.titles if self.titles else 1.0,
            "headings_f1": 2 * self.headings_right / headings if headings else 1.0,
            "removed": self.furniture_gone / self.furniture if self.furniture else 1.0,
            "kept": self.sentences_kept / self.sentences if self.sentences else 1.0,
        }


def score(case: Case, wanted: Wanted, total: Score) -> None:
    """Plan one case and add what came of it; one that can't be planned has nothing right."""
    planned = case.plan()
    heard = Heard() if isinstance(planned, ReadaloudError) else Heard.of(planned)
    total.files += 1
    found = [str(planned)] if isinstance(planned, ReadaloudError) else []
    found += [*_score_title(wanted, heard, total), *_score_headings(wanted, heard, total)]
    lost, extra = lost_sentences(wanted, heard), spoken_furniture(wanted, heard)
    total.sentences += len(wanted.must_speak)
    total.sentences_kept += len(wanted.must_speak) - lost.total()
    total.furniture += len(wanted.must_not_speak)
    for line, times in Counter(map(bare, wanted.must_not_speak)).items():
        total.furniture_gone += times - min(times, extra[line])
    found += [f"lost {line}" for line in lost] + [f"spoken {line}" for line in extra]
    total.faults += [f"{case.name}: {fault}" for fault in found]


def _score_title(wanted: Wanted, heard: Heard, total: Score) -> list[str]:
    if wanted.title is None:
        return []
    total.titles += 1
    if title_is_right(wanted, heard):
        total.titles_right += 1
        return []
    return [f"title {heard.title}, expected {wanted.title}"]


def _score_headings(wanted: Wanted, heard: Heard, total: Score) -> list[str]:
    if wanted.headings is None:
        return []
    found, expected = Counter(heard.headings), Counter(wanted_headings(wanted, heard))
    total.headings_right += (found & expected).total()
    total.headings_found += found.total()
    total.headings_expected += expected.total()
    wrong = [f"heading {text}" for text in found - expected]
    return wrong + [f"no heading {text}" for text in expected - found]


def run() -> dict[str, Score]:
    """Score every labelled case that is meant to be read, a format at a time."""
    scores: dict[str, Score] = {}
    labelled = (case for case in find_cases() if case.labels.exists())
    for case in sorted(labelled, key=lambda case: case.format):
        wanted = case.wanted()
        if wanted.exit == 0:
            score(case, wanted, scores.setdefault(case.format, Score()))
    return scores


def below_floors(scores: dict[str, Score]) -> list[str]:
    """What fell below the recorded floors; a format without floors is only shown."""
    floors = json.loads(FLOORS.read_text("utf-8"))
    return [
        f"{kind}: {name} {scores[kind].figures()[name]:.3f}, floor {floor}"
        for kind, values in floors.items()
        for name, floor in values.items()
        if kind not in scores or scores[kind].figures()[name] < floor
    ]


def table(scores: dict[str, Score]) -> str:
    """The figures, a format a line."""
    lines = [f"{'format':12}{'files':>6}{'title':>8}{'headings':>10}{'removed':>9}{'kept':>8}"]
    for kind, found in scores.items():
        title, headings, removed, kept = found.figures().values()
        lines.append(
            f"{kind:12}{found.files:6}{title:8.3f}{headings:10.3f}{removed:9.3f}{kept:8.3f}"
        )
    return "\n".join(lines)


def main() -> int:
    """Print the table and the faults; 1 where a floor is broken."""
    scores = run()
    broken = below_floors(scores)
    faults = [fault for found in scores.values() for fault in found.faults]
    print(table(scores), *faults, *broken, sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
