"""Fit the weights of closing lines, and write them.

python tests/benchmarks/closing_lines.py FOLDER

Learns from ``tests/cases/closing_lines.toml``, from the examples of the rules, and from the lines
of articles in FOLDER (described in tests/corpus/wild_pages.py). First it prints what share of lines
would be known, and how many of the article's lost, where a fifth is left out in turn.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_array

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from wild_pages import read_pages

from readaloud.chinese.fold import fold
from readaloud.config.rule_file import read_rule_file
from readaloud.editing.closing_lines.signs import COMMAS, LONGEST, SHAPES, SIZE, measure
from readaloud.editing.closing_lines.weights import BIAS, FILE
from readaloud.editing.rulebook import FOLDER

TESTS = Path(__file__).parents[1]
CASES = TESTS / "cases" / "closing_lines.toml"
WORDS = TESTS / "cases" / "closing_words.txt"
LEARNT = frozenset(
    (
        *("adverts", "bars", "bylines", "calls_to_action", "closing_notices", "credits"),
        *("interface_words", "page_frame", "picture_captions"),
    )
)
"""Files of rules whose examples are learnt from."""
OFTEN = 3
"""A pair of characters that so many lines have is weighed."""
PENALTY = 1.0
LIGHT = 0.12
"""What weighs less is left out."""
FOLDS = 5
GIVEN, RULES, KEPT, PAGES = 3.0, 2.0, 6.0, 1.0
"""How much a line counts by where it comes from."""
_HEAD = """\
# What a piece of a line adds to the log-odds that the line is the page's; made by
# tests/benchmarks/closing_lines.py. ^ and $ are a line's ends, 0 is a number, A a Latin word.
"""

_Floats = npt.NDArray[np.float64]
Example = tuple[str, bool, float]


def gather(folder: Path) -> Iterator[Example]:
    """Lines, whether they are the page's, and how much each counts."""
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))
    yield from ((line, True, GIVEN) for lines in cases["gone"].values() for line in lines)
    yield from ((line, False, KEPT) for line in cases["kept"])
    for path in sorted(FOLDER.glob("*.toml")):
        for rule in read_rule_file(path).rules:
            if rule.place == "within":
                continue
            if path.stem in LEARNT and not rule.below:
                yield from ((line, True, RULES) for line in rule.drops if len(line) > OFTEN)
            yield from ((line, False, RULES) for line in rule.keeps if len(line) > OFTEN)
    yield from ((line, False, PAGES) for line, label in read_lines(folder) if label == "body")


def read_lines(folder: Path) -> Iterator[tuple[str, str]]:
    """The lines of labelled pages that are long enough to say something, and their labels."""
    for page in read_pages(folder):
        document = page.document("text")
        for block, label in zip(document.blocks, page.labels(document, "text"), strict=True):
            if OFTEN < len(block.text) <= 200:
                yield block.text, label


def choose_names(examples: Sequence[Example], folder: Path) -> list[str]:
    """The words by hand, the pairs that are frequent in the page's lines, and the signs.

    What only lines have that were made up (names of their towns) is no word of pages.
    """
    rows = WORDS.read_text(encoding="utf-8").splitlines()
    words = {fold(word) for row in rows if not row.startswith("#") for word in row.split()}
    pairs = Counter(
        piece for text, gone, _ in examples if gone for piece in measure(text) if len(piece) == 2
    )
    real = Counter(
        piece
        for line, label in read_lines(folder)
        if label == "furniture"
        for piece in measure(line)
        if piece in pairs
    )
    frequent = (pair for pair, count in pairs.items() if min(count, real[pair]) >= OFTEN)
    known = {word for word in words if len(word) <= LONGEST} | set(frequent)
    return [BIAS, SIZE, COMMAS, *SHAPES, *sorted(known)]


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
    examples = list(dict.fromkeys(gather(folder)))
    names = choose_names(examples, folder)
    texts = [text for text, _, _ in examples]
    table = tabulate(texts, names)
    wanted = np.array([float(gone) for _, gone, _ in examples])
    counts = np.array([count for _, _, count in examples])
    left_out = np.random.default_rng(1).integers(0, FOLDS, len(wanted))
    odds = np.zeros(len(wanted))
    for part in range(FOLDS):
        own = left_out != part
        odds[~own] = table[~own] @ fit(table[own], wanted[own], counts[own])
    for least in (0.0, 1.0, 2.0, 3.0):
        share = (odds[wanted == 1] >= least).mean()
        lost = int((odds[wanted == 0] >= least).sum())
        print(f"from {least}: {share:.1%} of the page's known, {lost} of the article's lost")
    if "--worst" in sys.argv:
        for n in np.argsort(-odds * (1 - wanted))[:70]:
            print(f"{odds[n]:6.1f} {texts[n][:100]}")
    weights = dict(zip(names, fit(table, wanted, counts), strict=True))
    rows = (
        f"{name}\t{weight:.2f}\n"
        for name, weight in weights.items()
        if abs(weight) >= LIGHT or name == BIAS
    )
    FILE.write_text(_HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
