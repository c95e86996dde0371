"""Fit the line model to a folder of labelled pages, and write its weights.

python tests/benchmarks/line_model.py FOLDER

The folder is described in tests/corpus/wild_pages.py. What comes out, whole sites left out, is
printed by ``python tests/corpus/wild_gate.py FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from line_fit import fit
from wild_pages import read_pages

from readaloud.editing.line_model.features import NAMES
from readaloud.editing.line_model.weights import FILE

_HEAD = """\
# The line model: what each measure of a line adds to the log-odds that the line is the article's.
# Made by tests/benchmarks/line_model.py from {pages} pages of {sites} sites; features.py says what
# the measures are.
"""


def main() -> None:
    """Write the weights and print them, the heaviest first."""
    pages = [page for page in read_pages(Path(sys.argv[1]).resolve()) if page.is_prose]
    weights = dict(zip(NAMES, fit(pages), strict=True))
    head = _HEAD.format(pages=len(pages), sites=len({page.site for page in pages}))
    lines = (f'"{name}" = {weight:.2f}\n' for name, weight in weights.items())
    FILE.write_text(head + "".join(lines), encoding="utf-8")
    for name, weight in sorted(weights.items(), key=lambda pair: -abs(pair[1])):
        print(f"{name:28}{weight:8.2f}")


if __name__ == "__main__":
    main()
