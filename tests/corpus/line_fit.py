"""The weights of the line model, fitted to labelled pages: logistic regression, by Newton's way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from wild_pages import Page

from readaloud.editing.line_model.features import NAMES, measure

MAX_LINES = 100
"""A longer page counts no more than one of so many lines."""
PENALTY = 1.0
_STEPS = 12
_KNOWN = {"body": 1.0, "furniture": 0.0}
_Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=512)
def _examples(page: Page) -> tuple[_Floats, _Floats]:
    """The measured lines of a page that are body or furniture, and which they are."""
    document = page.document("text")
    rows = measure([block.text for block in document.blocks])
    labels = page.labels(document, "text")
    known = [n for n, label in enumerate(labels) if label in _KNOWN]
    lines = np.array([rows[n] for n in known]).reshape(-1, len(NAMES))
    return lines, np.array([_KNOWN[labels[n]] for n in known])


def fit(pages: Iterable[Page]) -> tuple[float, ...]:
    """One weight a name of ``NAMES``, in their order; only pages of prose are learnt from."""
    examples = [_examples(page) for page in pages if page.is_prose]
    x = np.vstack([lines for lines, _ in examples])
    y = np.concatenate([wanted for _, wanted in examples])
    share = np.concatenate([np.full(len(w), min(1, MAX_LINES / len(w))) for _, w in examples])
    penalty = np.eye(len(NAMES)) * PENALTY
    penalty[0, 0] = 1e-6
    weights = np.zeros(len(NAMES))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (y - likely)) - penalty @ weights
        bend = (x * (share * likely * (1 - likely))[:, None]).T @ x + penalty
        weights = weights + np.linalg.solve(bend, slope)
    return tuple(map(float, weights))
