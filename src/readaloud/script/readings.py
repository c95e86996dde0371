"""Spoken text -> pinyin, a syllable a character, and where its words begin.

Words and parts of speech come from jieba's dictionary (rjieba), readings of words from pypinyin's
phrases, then from our own lists, which know what both get wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from readaloud.script.overrides import CHARACTERS, SURNAMES, TRADITIONAL, WORDS
from readaloud.script.sandhi import apply_sandhi

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff〇]")
_PARTICLES = {("得", "ud"): "de5", ("地", "uv"): "de5", ("的", "uj"): "de5", ("着", "uz"): "zhe5",
              ("了", "ul"): "le5"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """Pinyin with tone numbers, one a character ('' for what is not Chinese), and word starts."""

    syllables: tuple[str, ...]
    word_starts: tuple[int, ...]


def read_aloud(spoken: str, original: str | None = None) -> Reading:
    """Readings of Simplified text; ``original`` is the Traditional text it was converted from.

    The original is used where it has the same length: 乾 隻 髮 hold readings that 干 只 发 lose.
    """
    syllables: list[str] = []
    starts: list[int] = []
    words = _segment(spoken)
    for index, (word, tag) in enumerate(words):
        starts.append(len(syllables))
        before = words[index - 1][0] if index else ""
        after = words[index + 1][0] if index + 1 < len(words) else ""
        syllables += _read_word(word, tag, before, after)
    if original is not None and len(original) == len(spoken):
        _restore(syllables, original)
    return Reading(apply_sandhi(spoken, syllables, starts), tuple(starts))


def is_readable(character: str) -> bool:
    """False for a Chinese character for which no dictionary has a reading."""
    return not is_han(character) or bool(_dictionary_readings(character)[0])


def is_han(character: str) -> bool:
    """Whether a character is Chinese, rare ones and 〇 included."""
    return _HAN.match(character) is not None


def _segment(text: str) -> list[tuple[str, str]]:
    import rjieba

    return _corrected(rjieba.tag(text))


def _corrected(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join neighbours that our list knows as one word (mis-split by the dictionary)."""
    joined: list[tuple[str, str]] = []
    index = 0
    while index < len(words):
        for size in (3, 2):
            group = words[index : index + size]
            text = "".join(word for word, _ in group)
            if len(group) == size and text in WORDS:
                joined.append((text, "x"))
                index += size
                break
        else:
            joined.append(words[index])
            index += 1
    return joined


def _read_word(word: str, tag: str, before: str, after: str) -> list[str]:
    if not any(map(is_han, word)):
        return [""] * len(word)
    if word in WORDS:
        return list(WORDS[word])
    if (word, tag) in _PARTICLES:
        return [_PARTICLES[word, tag]]
    if len(word) == 1:
        return [_read_character(word, before, after)]
    if before.endswith("姓") and word[0] in SURNAMES:
        return [SURNAMES[word[0]], *_dictionary_readings(word)[1:]]
    return list(_dictionary_readings(word))


def _read_character(character: str, before: str, after: str) -> str:
    """A character that is a word by itself, by what stands around it."""
    if before.endswith("姓") and character in SURNAMES:
        return SURNAMES[character]
    for pattern, syllable in CHARACTERS.get(character, ()):
        if pattern.search(f"{before[-2:]}_{after[:2]}"):
            return syllable
    return _dictionary_readings(character)[0]


@lru_cache(maxsize=65536)
def _dictionary_readings(word: str) -> tuple[str, ...]:
    """Pypinyin's readings; the parts that our list knows go before them."""
    from pypinyin import Style, lazy_pinyin

    # "?" for each character without a reading; pypinyin takes a list too, its types don't say so.
    unread: Any = lambda text: ["?"] * len(text)  # noqa: E731
    found = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors=unread)
    syllables = [_clean(syllable) for syllable in found]
    for size in range(min(4, len(word) - 1), 1, -1):
        for start in range(len(word) - size + 1):
            known = WORDS.get(word[start : start + size])
            if known:
                syllables[start : start + size] = known
    return tuple(syllables)


def _clean(syllable: str) -> str:
    """Pypinyin's ü is our v; 〇 and the like come without a tone."""
    return syllable.replace("ü", "v") if syllable and syllable[-1].isdecimal() else ""


def _restore(syllables: list[str], original: str) -> None:
    """Where the Traditional character has one reading only, it is the reading."""
    for index, character in enumerate(original):
        if character in TRADITIONAL and syllables[index]:
            syllables[index] = TRADITIONAL[character]
