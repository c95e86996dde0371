"""Fit the weights of closing lines, and write them.

python tests/benchmarks/closing_lines.py FOLDER

Learns from the lines in ``tests/cases/page_lines``, from the examples of the rules, from what is
spoken in ``tests/corpus``, and from the lines of articles in FOLDER (tests/corpus/wild_pages.py).
First it prints what share of lines would be known, and how many of the article's lost, where a
fifth of the files and pages is left out in turn: a file's lines are of one kind, so each kind is
met for the first time.
"""

from __future__ import annotations

import re
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_array

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from wild_pages import read_pages

from readaloud.config.rule_file import read_rule_file
from readaloud.editing.closing_lines.signs import COMMAS, SHAPES, SIZE, measure
from readaloud.editing.closing_lines.weights import BIAS, FILE
from readaloud.editing.rulebook import FOLDER

TESTS = Path(__file__).parents[1]
CASES = TESTS / "cases" / "page_lines"
CORPUS = TESTS / "corpus"
_SENTENCE = re.compile("[^。！？]{6,}[。！？][”』」）]?")
LEARNT = frozenset(
    (
        *("adverts", "bars", "bylines", "calls_to_action", "closing_notices", "credits"),
        *("interface_words", "page_frame", "picture_captions"),
    )
)
"""Files of rules whose examples are learnt from."""
OFTEN = 3
"""Pieces that so many lines have are weighed."""
PENALTY = 1.0
LIGHT = 0.12
"""What weighs less is left out."""
FOLDS = 5
LEAST_CHARS, LONGEST_LINE = 4, 200
GIVEN, RULES, KEPT, PAGES = 1.0, 1.0, 2.0, 1.0
"""How much a line counts by where it comes from."""
_HEAD = """\
# What a piece of a line adds to the log-odds that the line is the page's; made by
# tests/benchmarks/closing_lines.py. ^ and $ are a line's ends, 0 is a number, A a Latin word.
"""

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A line, whether it is the page's, how much it counts, and the file or page it is from."""

    text: str
    gone: bool
    count: float
    origin: str


def gather(folder: Path) -> Iterator[Example]:
    """All lines that are learnt from; of equal ones the first."""
    for path in sorted(CASES.glob("*.txt")):
        gone = path.stem.startswith("gone_")
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Example(line, gone, GIVEN if gone else KEPT, path.stem)
    for path in sorted(CORPUS.glob("*/wanted.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8")).get("must_speak", [])
        parts = {part for line in said for part in (line, *_SENTENCE.findall(line))}
        yield from (Example(part, False, KEPT, path.parent.name) for part in sorted(parts))
    yield from _read_rules()
    for page in read_pages(folder):
        document = page.document("text")
        for block, label in zip(document.blocks, page.labels(document, "text"), strict=True):
            if label == "body" and len(block.text) <= LONGEST_LINE:
                yield Example(block.text, False, PAGES, page.name)


def _read_rules() -> Iterator[Example]:
    """The examples of the rules for lines."""
    for path in sorted(FOLDER.glob("*.toml")):
        for rule in read_rule_file(path).rules:
            if rule.place == "within":
                continue
            drops = rule.drops if path.stem in LEARNT and not rule.below else ()
            for lines, gone in ((drops, True), (rule.keeps, False)):
                yield from (Example(line, gone, RULES, path.stem) for line in lines)


def choose_names(texts: Sequence[str]) -> list[str]:
    """The pieces that several lines have, and the signs of shape."""
    counts = Counter(name for text in texts for name in measure(text))
    pieces = (name for name, count in counts.items() if name[0] != "<" and count >= OFTEN)
    return [BIAS, SIZE, COMMAS, *SHAPES, *sorted(pieces)]


def tabulate(texts: Sequence[str], names: Sequence[str]) -> csr_array:
    """A row a line, a column a name."""
    place = {name: n for n, name in enumerate(names)}
    rows, columns, values = [], [], []
    for n, text in enumerate(texts):
        for name, value in {**measure(text), BIAS: 1.0}.items():
            if name in place:
                rows.append(n)
                columns.append(place[name])
                values.append(value)
    return csr_array((values, (rows, columns)), shape=(len(texts), len(names)))


def fit(table: csr_array, wanted: _Floats, counts: _Floats) -> _Floats:
    """Weights by logistic regression with a penalty on all but the first."""
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 1e-6

    def cost(weights: _Floats) -> tuple[float, _Floats]:
        odds = table @ weights
        loss = counts @ (np.logaddexp(0, odds) - wanted * odds) + penalty @ weights**2 / 2
        likely = 1 / (1 + np.exp(-odds))
        return float(loss), table.T @ (counts * (likely - wanted)) + penalty * weights

    found = minimize(
        cost, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return np.asarray(found.x)


def main() -> None:
    """Print what is known of lines left out, and write the weights."""
    folder = Path(sys.argv[1]).resolve()
    examples = list(
        {each.text: each for each in gather(folder) if len(each.text) >= LEAST_CHARS}.values()
    )
    texts = [each.text for each in examples]
    names = choose_names(texts)
    table = tabulate(texts, names)
    wanted = np.array([float(each.gone) for each in examples])
    counts = np.array([each.count for each in examples])
    left_out = np.array([zlib.crc32(each.origin.encode()) % FOLDS for each in examples])
    odds = np.zeros(len(wanted))
    for part in range(FOLDS):
        own = left_out != part
        odds[~own] = table[~own] @ fit(table[own], wanted[own], counts[own])
    for least in (0.0, 1.0, 2.0, 3.0, 4.0, 5.0):
        share = (odds[wanted == 1] >= least).mean()
        lost = int((odds[wanted == 0] >= least).sum())
        print(f"from {least}: {share:.1%} of the page's known, {lost} of the article's lost")
    if "--worst" in sys.argv:
        for n in np.argsort(-odds * (1 - wanted))[:150]:
            print(f"{odds[n]:6.1f} {examples[n].origin} {texts[n][:100]}")
    weights = dict(zip(names, fit(table, wanted, counts), strict=True))
    rows = (
        f"{name}\t{weight:.2f}\n"
        for name, weight in weights.items()
        if abs(weight) >= LIGHT or name == BIAS
    )
    FILE.write_text(_HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
