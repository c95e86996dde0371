"""Traditional characters by their readings: 发 is 發 where it is said fā, and 髮 where it is fà.

opencc looks for its phrases in the whole line and finds 理发 in 心理发展, 天干 in 今天干炒. Here the
words are cut first, and a form with another reading than the word has is replaced.
"""

from __future__ import annotations

from functools import cache

from readaloud.chinese.convert import convert
from readaloud.chinese.fold import fold
from readaloud.model import TextScript
from readaloud.spoken.pinyin import read_aloud
from readaloud.spoken.reading_lists import TRADITIONAL

_OF_MANY_FORMS = frozenset("干发")
"""Characters whose forms the phrases of opencc confuse most."""


def to_traditional(simplified: str, target: TextScript) -> str:
    """Simplified text in Traditional characters; same length."""
    converted = list(convert(simplified, target, "simplified"))
    if not _OF_MANY_FORMS & set(simplified):
        return "".join(converted)
    reading = read_aloud(simplified)
    ends = [*reading.word_starts[1:], len(simplified)]
    for start, end in zip(reading.word_starts, ends, strict=True):
        word = simplified[start:end]
        forms = convert(word, target, "simplified")
        for index, character in enumerate(word, start):
            if character in _OF_MANY_FORMS:
                form, said = forms[index - start], reading.syllables[index]
                fits = TRADITIONAL.get(form, said) == said
                converted[index] = form if fits else _forms().get((character, said), form)
    return "".join(converted)


@cache
def _forms() -> dict[tuple[str, str], str]:
    """A Simplified character and its reading -> the Traditional character."""
    return {(fold(form), said): form for form, said in TRADITIONAL.items()}
