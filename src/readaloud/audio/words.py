"""Word times of what is said -> word times of what is shown.

A voice says 二零二零年 where 2020年 is shown, and 简 where 簡 stands. What is alike holds
the rest in place; between, times are spread over the characters in proportion.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from sys import intern

from readaloud.model import Word


def into_words(times: Sequence[Word], spoken: str, starts: Sequence[int]) -> list[Word]:
    """Times of characters put together into words, which begin at ``starts`` in ``spoken``.

    Without ``starts`` nothing is known of words: the times stay as they are. What is parted by a
    mark is no one word.
    """
    if not starts:
        return list(times)
    words: list[Word] = []
    end = -1
    for time in times:
        start = spoken.find(time.text, max(end, 0))
        if start == end and start not in starts:
            before = words[-1]
            words[-1] = Word(before.text + time.text, before.start_ms, time.end_ms)
        else:
            words.append(time)
        end = start + len(time.text)
    return words


def to_shown(words: Sequence[Word], spoken: str, text: str) -> tuple[Word, ...]:
    """The words with the stretch of ``text`` that each stands for.

    Words come in order, each a part of ``spoken``. Marks between two words stay with the first;
    words that share a stretch (a number said in many) become one.
    """
    if not words or not text:
        return ()
    borders = _borders(spoken, text)
    starts, position = [], 0
    for word in words:
        found = spoken.find(word.text, position)
        position = found if found >= 0 else position
        starts.append(borders[position])
        position += len(word.text)
    starts[0] = 0
    ends = [*starts[1:], len(text)]
    shown: list[Word] = []
    for word, start, end in zip(words, starts, ends, strict=True):
        if end > start:
            # Interned: hours of speech are hundreds of thousands of few different characters.
            shown.append(Word(intern(text[start:end]), word.start_ms, word.end_ms))
        elif shown:
            shown[-1] = Word(shown[-1].text, shown[-1].start_ms, word.end_ms)
    return tuple(shown)


def _borders(spoken: str, text: str) -> list[int]:
    """For each position in ``spoken``, and its end, the position in ``text``; never falling."""
    if len(spoken) == len(text):
        return list(range(len(text) + 1))
    borders: list[int] = []
    matcher = SequenceMatcher(None, spoken, text, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            borders += range(from_, to)
        elif kind in {"replace", "delete"}:
            borders += [from_ + (to - from_) * n // (end - start) for n in range(end - start)]
    return [*borders, len(text)]
