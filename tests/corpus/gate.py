"""Holds what is read and edited against labels: ``python tests/corpus/gate.py``.

Beside every labelled file, whatever its format, stands a JSON file of the same name:
``{"title": str or null, "headings": [...], "must_not": [lines ...], "must": [sentences ...]}``.
Spaces never count. A ``must_not`` line is gone when it is spoken no more often than ``must``,
``title`` and ``headings`` ask for; of a line of 40 characters or more its beginning is enough.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readaloud.editing import edit
from readaloud.model import Article
from readaloud.sources.find import load_source
from readaloud.sources.readers import read

CORPUS = Path(__file__).parent
FLOORS = CORPUS / "floors.json"
BEGINNING = 40


@dataclass
class Score:
    """Counts over some articles, and what went wrong in them."""

    files: int = 0
    titles: int = 0
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
            "title": self.titles / self.files if self.files else 1.0,
            "headings_f1": 2 * self.headings_right / headings if headings else 1.0,
            "removed": self.furniture_gone / self.furniture if self.furniture else 1.0,
            "kept": self.sentences_kept / self.sentences if self.sentences else 1.0,
        }


def labelled() -> Iterator[tuple[Path, Path]]:
    """Every file of the corpus that has labels, with them."""
    for labels in sorted(CORPUS.glob("*/*.json")):
        for path in sorted(labels.parent.glob(f"{labels.stem}.*")):
            if path != labels and path.stem == labels.stem and path.suffix != ".py":
                yield path, labels


def score(path: Path, labels: Path, total: Score) -> None:
    """Read and edit one file and add what came of it."""
    expected = json.loads(labels.read_text("utf-8"))
    article = edit(read(load_source(path)))
    name = str(path.relative_to(CORPUS))
    total.files += 1
    _score_title(name, article, expected["title"], total)
    _score_headings(name, article, list(map(_bare, expected["headings"])), total)
    said = [_bare(text) for text in _spoken(article)]
    _score_removed(name, said, expected, total)
    whole = "\n".join(said)
    for sentence, times in Counter(map(_bare, expected["must"])).items():
        kept = min(times, whole.count(sentence))
        total.sentences += times
        total.sentences_kept += kept
        if kept < times:
            total.faults.append(f"{name}: lost {sentence}")


def _score_title(name: str, article: Article, title: str | None, total: Score) -> None:
    if _bare(article.title or "") == _bare(title or ""):
        total.titles += 1
    else:
        total.faults.append(f"{name}: title {article.title}, expected {title}")


def _score_headings(name: str, article: Article, expected: list[str], total: Score) -> None:
    title = _bare(article.title or "")
    titles = [_bare(c.title.text) for c in article.chapters if c.title is not None]
    found = Counter(text for text in titles if text != title)
    right = sum((found & Counter(expected)).values())
    total.headings_right += right
    total.headings_found += sum(found.values())
    total.headings_expected += len(expected)
    wrong = [f"heading {text}" for text in found - Counter(expected)]
    wrong += [f"no heading {text}" for text in Counter(expected) - found]
    total.faults += [f"{name}: {fault}" for fault in wrong]


def _score_removed(name: str, said: list[str], expected: dict[str, Any], total: Score) -> None:
    wanted = [*expected["must"], *expected["headings"], expected["title"] or ""]
    extra = Counter(said) - Counter(map(_bare, wanted))
    for line, times in Counter(map(_bare, expected["must_not"])).items():
        if len(line) < BEGINNING:
            spoken = extra[line]
        else:
            spoken = sum(count for text, count in extra.items() if text.startswith(line))
        total.furniture += times
        total.furniture_gone += times - min(times, spoken)
        if spoken:
            total.faults.append(f"{name}: spoken {line[:BEGINNING]}")


def _spoken(article: Article) -> Iterator[str]:
    for chapter in article.chapters:
        if chapter.title is not None:
            yield chapter.title.text
        yield from (block.text for block in chapter.blocks)


def _bare(text: str) -> str:
    return "".join(text.split())


def run() -> dict[str, Score]:
    """Score every labelled file, a format (a folder of the corpus) at a time."""
    scores: dict[str, Score] = {}
    for path, labels in labelled():
        score(path, labels, scores.setdefault(path.parent.name, Score()))
    return scores


def below_floors(scores: dict[str, Score]) -> list[str]:
    """What fell below the recorded floors; a folder without floors is only shown."""
    floors = json.loads(FLOORS.read_text("utf-8"))
    return [
        f"{folder}: {name} {scores[folder].figures()[name]:.3f}, floor {floor}"
        for folder, values in floors.items()
        for name, floor in values.items()
        if folder not in scores or scores[folder].figures()[name] < floor
    ]


def table(scores: dict[str, Score]) -> str:
    """The figures, a folder a line."""
    lines = [f"{'folder':12}{'files':>6}{'title':>8}{'headings':>10}{'removed':>9}{'kept':>8}"]
    for folder, found in scores.items():
        title, headings, removed, kept = found.figures().values()
        lines.append(
            f"{folder:12}{found.files:6}{title:8.3f}{headings:10.3f}{removed:9.3f}{kept:8.3f}"
        )
    return "\n".join(lines)


def main() -> int:
    """Print the table and the faults; 1 where a floor is broken."""
    scores = run()
    print(table(scores))
    for found in scores.values():
        print(*found.faults, sep="\n")
    broken = below_floors(scores)
    print(*broken, sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
