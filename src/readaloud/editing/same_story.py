"""Whether two articles tell the same story: another site's copy, cut or led in otherwise.

A story of the day before with other figures (the weather, a count that rises) is another story, as
a line is another that differs in a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from readaloud.chinese.fold import fold
from readaloud.editing.near_duplicates import likeness

MOST_CHARS = 4_000
"""Of an article that are compared."""
LEAST_CHARS = 40
"""A shorter text has to be the same."""
ALIKE = 80.0
"""Of 100, of the common subsequence: what stands in one as in the other, with a lead of its own."""
WITHIN = 92.0
"""Of the shorter one, where it is a part of the longer."""
PART = 0.4
"""How short the shorter may be: in a long enough text any short one is found, here and there."""
NUMBERS_ALIKE = 0.7
_SHARED = 0.25
"""Of the shorter one's pairs; copies share three in four, articles on one subject one in ten."""
_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Story:
    """What is compared of an article: its letters and digits, in Simplified."""

    letters: str
    numbers: tuple[str, ...]

    @cached_property
    def threes(self) -> frozenset[str]:
        """Runs of three characters, by which stories that are nothing alike are told apart soon."""
        return frozenset(self.letters[n : n + 3] for n in range(len(self.letters) - 2))


def make_story(texts: Sequence[str]) -> Story:
    """The story of an article's texts, in their order."""
    text = fold("\n".join(texts))[: 2 * MOST_CHARS]
    return Story(_LETTERS.sub("", text)[:MOST_CHARS], tuple(_NUMBER.findall(text)))


def is_same_story(one: Story, other: Story) -> bool:
    """Whether one is the other, or a part of it."""
    if one.letters == other.letters:
        return True
    short, long = sorted((one, other), key=lambda each: len(each.letters))
    if len(short.letters) < max(LEAST_CHARS, PART * len(long.letters)):
        return False
    if len(short.threes & long.threes) < _SHARED * len(short.threes):
        return False
    if not _numbers_alike(short, long):
        return False
    both = likeness(short.letters, long.letters)
    common = both * (len(short.letters) + len(long.letters)) / 200
    return both >= ALIKE or 100 * common / len(short.letters) >= WITHIN


def _numbers_alike(short: Story, long: Story) -> bool:
    """Whether the shorter one's numbers stand in the longer."""
    mine, theirs = Counter(short.numbers), Counter(long.numbers)
    return (mine & theirs).total() >= NUMBERS_ALIKE * mine.total()
