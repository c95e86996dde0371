"""Written -> spoken: numbers, dates, units, codes and symbols in words.

Our own rules (``rules/*.toml``) come first, each for a class that the general grammars get wrong;
WeTextProcessing's grammars (``grammars.py``) say what is left. They are asked only for clauses with a
digit left, for they cost milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from readaloud.chinese.numerals import number
from readaloud.spoken.characters import fold, is_invisible, is_speakable
from readaloud.spoken.grammars import normalise
from readaloud.spoken.rulebook import load_rulebook

_TRIGGERS = re.compile(
    r"[\d½¼¾⅐-⅞Ⅰ-Ⅻⅰ-ⅻ@./⁰¹⁴-⁹²³⁺⁻ⁿ<>＜＞=＝≈≤≥^$&＆～~〜+√△∠⊥]"
    r"|[IVX](?![A-Za-z])|[CF]#|(?:周|星期|礼拜)[一二三四五六日末天][-–—－]"
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))} | {
    ord("〇"): "零"
}
_FULL_WIDTH_COMMA = re.compile(r"(?<=\d)，(?=(?:\d{3}，)*000(?!\d))")
"""Between thousands: 10，000年."""
_FULL_WIDTH_POINT = re.compile(r"(?<=\d)．(?=\d)")
_GAP = re.compile(r"(?<=[一-鿿])[ \u3000](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \u3000](?=[一-鿿])")
_LETTERS = re.compile(r"([A-Za-zÀ-ɏͰ-Ͽ]+)")
_HAN = re.compile("[一-鿿]")
_CLAUSE = re.compile('[^，。！？；：、（）“”‘’「」『』《》【】…"\\\\\n]+')
_LONGEST_CLAUSE = 120


def to_spoken(text: str) -> str:
    """The text as it is said.

    ``text`` is Simplified Chinese, maybe with Latin words, which stay for the voice to spell or
    to pronounce. Punctuation stays, for the voice makes pauses of it; ``unspeakable`` signs go.
    """
    return say_signs(in_words(text))


def in_words(text: str) -> str:
    """Numbers, dates, units and codes in words; signs that no rule says are still there."""
    said = _FULL_WIDTH_POINT.sub(".", fold(text).translate(_FULL_WIDTH))
    said = _FULL_WIDTH_COMMA.sub(",", said)
    if _TRIGGERS.search(said):
        for rule in load_rulebook().rules:
            said = rule.apply(said)
        said = _CLAUSE.sub(_say_clause, said)
    return said


def say_signs(said: str) -> str:
    """The rest of what ``in_words`` leaves: signs by their names, and those without a sound gone."""
    symbols = load_rulebook().tables["symbol"]
    named = (symbols.get(sign, sign) for sign in said if is_speakable(sign))
    return _GAP.sub("", "".join(named))


def drop_unspeakable(text: str) -> str:
    """The text as it is written, without the signs that have no sound."""
    return "".join(filter(is_speakable, unicodedata.normalize("NFC", text)))


def unspeakable(text: str) -> tuple[str, ...]:
    """The signs that ``say_signs`` leaves out: pictures, ornaments, controls; neighbours together."""
    runs: list[str] = []
    after_sign = False
    for character in unicodedata.normalize("NFC", text):
        if not is_speakable(character):
            runs[-1:] = [runs[-1] + character] if after_sign else [*runs[-1:], character]
            after_sign = True
        else:
            after_sign = False
    return tuple(run for run in runs if not all(map(is_invisible, run)))


def silent_marks(text: str) -> tuple[str, ...]:
    """What rules leave unsaid: the numbers of notes in brackets."""
    rules = (rule for rule in load_rulebook().rules if rule.silent)
    return tuple(found[0] for rule in rules for found in rule.pattern.finditer(text))


def _say_clause(match: re.Match[str]) -> str:
    """The grammars say a clause with a digit.

    What runs on for longer than any clause is a table, code or noise: the grammars know nothing of
    it and take half a millisecond for each character, so only its numbers are said.
    """
    clause = match[0]
    if not _has_digit(clause):
        return clause
    if len(clause) > _LONGEST_CLAUSE:
        return _say_numbers(clause)
    parts = _LETTERS.split(clause)
    return "".join(map(_say_part, parts)) if len(parts) > 1 else _normalise(clause)


def _say_part(part: str) -> str:
    """What stands between letters: of 3 million a grammar would make three miles and llion."""
    if not _has_digit(part):
        return part
    return _normalise(part) if _HAN.search(part) else _say_numbers(part)


def _has_digit(text: str) -> bool:
    return any(sign.isdecimal() for sign in text)


def _say_numbers(text: str) -> str:
    return re.sub(load_rulebook().pieces["number"], lambda match: number(match[0]), text)


@lru_cache(maxsize=4096)
def _normalise(clause: str) -> str:
    """The grammars strip white space and fail on some long numbers; what they left is ours."""
    body = clause.strip()
    return clause.replace(body, _say_numbers(normalise(body)), 1)
