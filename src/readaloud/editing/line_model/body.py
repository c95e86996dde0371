"""Where the article is in a dump: one best run of lines, with islands, or nothing for certain.

Sentences are held to be the article's wherever they stand. What is left outside is only believed
to be furniture where there is much of it and the rest reads like prose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from readaloud.editing.line_model.features import NAMES, measure
from readaloud.editing.line_model.weights import log_odds, read_weights
from readaloud.editing.line_shape import ends_sentence, has_full_stop, size

CARE = 1.0
"""Added to all odds: a line of furniture that is spoken costs less than a lost one."""
CLIP = 4.0
"""One line never says more than this."""
ISLAND = 6.0
"""What a further run has to add up to."""
CRY = -2.0
"""Odds from which a line far outside that ends in ! or ? is kept; with a full stop it always is."""
UNSURE = -3.0
"""Odds above which a line beside sentences stays with them."""
REACH = 3
MIN_SENTENCE = 10
MIN_WRAPPED = 40
MAX_LINES = 2000
"""What is longer is a book or a table, not a page."""
MIN_OUTSIDE = 10
MIN_SURE_SHARE = 0.6
MIN_AROUND = 4
"""Lines above or below all that is kept: between two sentences may stand a list of the article's."""
MIN_KNOWN = 4
MIN_KNOWN_SHARE = 0.08
"""Of the lines outside, those with words of furniture: a table has none, nor has a list of links."""
MIN_SENTENCES = 2
MIN_PROSE = 80
"""Characters of sentences that make an article."""

MIN_FOREIGN = 2
FOREIGN_WORDS = 8
_NOT_FOREIGN = re.compile("[\u3400-\u9fff©]")
_WORDS = NAMES.index("words")


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of the article by index, its main run, and what is known of all lines."""

    inside: frozenset[int]
    run: tuple[int, int]
    odds: tuple[float, ...]
    measures: tuple[tuple[float, ...], ...]

    def measure(self, n: int, name: str) -> float:
        """What ``features`` measured of line ``n`` under that name."""
        return self.measures[n][NAMES.index(name)]


def find_body(texts: Sequence[str], linked: Collection[int] = ()) -> Body | None:
    """The article's lines, None where the lines are no dump or nothing is certain.

    The ``linked`` ones, by index, lead to other pages: their marks don't make them prose.
    """
    if not MIN_OUTSIDE < len(texts) <= MAX_LINES:
        return None
    rows = measure(texts)
    odds = tuple(max(-CLIP, min(CLIP, z + CARE)) for z in log_odds(rows, read_weights()))
    sentences = [n not in linked and is_sentence(text) for n, text in enumerate(texts)]
    inside = _find_runs(odds)
    inside |= {
        n
        for n, text in enumerate(texts)
        if sentences[n] and (odds[n] >= CRY or has_full_stop(text))
    }
    _gather(inside, sentences, odds)
    for n in _find_foreign(texts, inside):
        inside.add(n)
        sentences[n] = True
    body = Body(frozenset(inside), _main_run(inside, texts), odds, tuple(rows))
    furnished = sum(row[_WORDS] > 0 for n, row in enumerate(rows) if n not in inside)
    known = furnished >= max(MIN_KNOWN, (len(texts) - len(inside)) * MIN_KNOWN_SHARE)
    around = min(inside, default=0) + len(texts) - 1 - max(inside, default=0)
    framed = around >= MIN_AROUND
    return body if known and framed and _is_dump(body, texts, sentences, linked) else None


def is_sentence(text: str) -> bool:
    """Whether the line is prose as far as its marks tell: it ends a sentence, or holds one."""
    long = size(text)
    ended = ends_sentence(text) or has_full_stop(text)
    return long >= MIN_SENTENCE and (ended or (long >= MIN_WRAPPED and "。" in text))


def _find_runs(odds: Sequence[float]) -> set[int]:
    """The run of greatest sum, all others that add up to an island, and the gaps between those."""
    islands = _islands(odds)
    inside = {n for start, end in [*islands, _best_run(odds)] for n in range(start, end)}
    for (start, end), (after, last) in pairwise(islands):
        if after - end <= max(end - start, last - after):
            inside |= set(range(end, after))
    return inside


def _best_run(odds: Sequence[float]) -> tuple[int, int]:
    best, bounds, total, start = 0.0, (0, 0), 0.0, 0
    for n, z in enumerate(odds):
        if total <= 0:
            total, start = 0.0, n
        total += z
        if total > best:
            best, bounds = total, (start, n + 1)
    return bounds


def _main_run(inside: set[int], texts: Sequence[str]) -> tuple[int, int]:
    """Of the lines that stand together the ones with the most characters."""
    bounds = [n for n in sorted(inside) if n - 1 not in inside]
    ends = [n + 1 for n in sorted(inside) if n + 1 not in inside]
    stretches = list(zip(bounds, ends, strict=True))
    return max(stretches, key=lambda run: sum(map(len, texts[slice(*run)])), default=(0, 0))


def _islands(odds: Sequence[float]) -> list[tuple[int, int]]:
    """Runs by the best way through the lines in which every run costs ``ISLAND`` (Viterbi)."""
    out, run = 0.0, -inf
    came: list[tuple[bool, bool]] = []
    for z in odds:
        came.append((run > out, run >= out - ISLAND))
        out, run = max(out, run), max(run, out - ISLAND) + z
    within, end = run > out, len(odds)
    runs = []
    for n in reversed(range(len(odds))):
        before = came[n][within]
        if within and not before:
            runs.append((n, end))
        elif before and not within:
            end = n
        within = before
    return runs[::-1]


def _gather(inside: set[int], sentences: Sequence[bool], odds: Sequence[float]) -> None:
    """Take in the sentences near by, one after the other, and what stands between two of them."""
    waiting = [n for n in inside if sentences[n]]
    while waiting:
        n = waiting.pop()
        for near in range(max(n - REACH, 0), min(n + REACH + 1, len(odds))):
            if near not in inside and sentences[near] and odds[near] >= UNSURE:
                inside.add(near)
                waiting.append(near)
    for one, other in pairwise(sorted(inside)):
        if 1 < other - one <= REACH and sentences[one] and sentences[other]:
            inside |= {n for n in range(one, other) if odds[n] >= UNSURE}


def _find_foreign(texts: Sequence[str], inside: set[int]) -> set[int]:
    """Sentences in Latin letters of an article in two languages, of which the weights know nothing.

    Where some stand in the midst of the article, those close by are its own, too.
    """
    foreign = {n for n, text in enumerate(texts) if _is_foreign(text)}
    if len(foreign) < MIN_FOREIGN:
        return set()
    start, end = _main_run(inside, texts)
    for n in sorted(inside, reverse=True):
        start = n if start - REACH <= n < start else start
    for n in sorted(inside):
        end = n + 1 if end <= n < end + REACH else end
    within = foreign.intersection(range(start, end))
    near = foreign.intersection(range(start - REACH, end + REACH))
    return near if len(within) >= MIN_FOREIGN else set()


def _is_foreign(text: str) -> bool:
    """Whether a line is a sentence of some length in Latin letters."""
    if not text.rstrip("\"'”’)").endswith((".", "!", "?")) or _NOT_FOREIGN.search(text):
        return False
    return len(text.split()) >= FOREIGN_WORDS


def _is_dump(
    body: Body, texts: Sequence[str], sentences: Sequence[bool], linked: Collection[int]
) -> bool:
    """Whether enough stands outside that is surely furniture, and the inside is prose."""
    outside = [z for n, z in enumerate(body.odds) if n not in body.inside]
    prose = [size(texts[n]) for n in body.inside if sentences[n]]
    return (
        sum(z < -1 for z in outside) >= MIN_OUTSIDE
        and sum(z < CRY for z in outside) >= len(outside) * MIN_SURE_SHARE
        and len(prose) * 2 >= len(body.inside.difference(linked))
        and len(prose) >= MIN_SENTENCES
        and sum(prose) >= MIN_PROSE
    )
