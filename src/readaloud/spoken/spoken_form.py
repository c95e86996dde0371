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
from readaloud.spoken.grammars import normalise
from readaloud.spoken.rulebook import load_rulebook

_TRIGGERS = re.compile(r"[\d½⅓⅔¼¾⅕⅖⅛Ⅰ-Ⅻⅰ-ⅻ@./⁰¹⁴-⁹⁺⁻ⁿ<>＜＞]")
_FULL_WIDTH = (
    {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    | {ord("〇"): "零"}
    | {ord(digit): str(value) for value, digit in enumerate("₀₁₂₃₄₅₆₇₈₉")}
)
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_FULL_WIDTH_POINT = re.compile(r"(?<=\d)．(?=\d)")
_ENCLOSED = re.compile("[①-⑳⑴-⒇⒈-⒛⓪-⓿㈠-㈩㉑-㉟㊀-㊉㊱-㊿❶-➓]")
_GAP = re.compile(r"(?<=[一-鿿])[ \u3000](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \u3000](?=[一-鿿])")
_CLAUSE = re.compile('[^，。！？；：、（）“”‘’「」『』《》【】…"\\\\\n]+')
_LONGEST_CLAUSE = 120
_PLAIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l",
    "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h",
    "Ħ": "H", "ŋ": "ng", "Ŋ": "Ng", "ɑ": "a", "ɡ": "g",
}  # fmt: skip
_OTHER_MEANING = ("<super>", "<fraction>", "<square>", "<circle>")
"""Compatibility characters that are not said like what they are made of: 10⁴, ª, ⅗."""
_PAUSES = frozenset(
    "，、。．！？：；…—–―～~“”「」『』«»《》〈〉【】〔〕（）()[]{}\"‘’'·・•-‐‑−－_/／|,.!?:;`"
)


def to_spoken(text: str) -> str:
    """The text as it is said.

    ``text`` is Simplified Chinese, maybe with Latin words, which stay for the voice to spell or
    to pronounce. Punctuation stays, for the voice makes pauses of it; ``unspeakable`` signs go.
    """
    return say_signs(in_words(text))


def in_words(text: str) -> str:
    """Numbers, dates, units and codes in words; signs that no rule says are still there."""
    said = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    said = _OTHER_DIGIT.sub(lambda match: str(int(match[0])), said)
    said = _ENCLOSED.sub(_open_enclosed, _FULL_WIDTH_POINT.sub(".", said))
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
    return tuple(run for run in runs if not all(map(_is_invisible, run)))


def plain_letters(character: str) -> str:
    """Letters that are said like it, for voices that don't know it: ễ is e, ß ss. Empty for none."""
    if unicodedata.decomposition(character).startswith(_OTHER_MEANING):
        return ""
    parts = unicodedata.normalize("NFKD", character)
    plain = "".join(_PLAIN.get(part, part) for part in parts if not unicodedata.combining(part))
    return plain if plain.isalnum() and plain != character else ""


def is_speakable(character: str) -> bool:
    """Whether a character has a sound, a name or a pause."""
    if character.isalnum() or character.isspace():
        return True
    return character in _PAUSES or character in load_rulebook().tables["symbol"]


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Mn"}


def _open_enclosed(match: re.Match[str]) -> str:
    """① and ❶ are 1, ㈠ is 一."""
    opened = unicodedata.normalize("NFKC", match[0]).strip("().")
    return opened if opened != match[0] else str(int(unicodedata.numeric(opened)))


def _say_clause(match: re.Match[str]) -> str:
    """The grammars say a clause with a digit.

    What runs on for longer than any clause is a table, code or noise: the grammars know nothing of
    it and take half a millisecond for each character, so only its numbers are said.
    """
    clause = match[0]
    if not any(sign.isdecimal() for sign in clause):
        return clause
    return _normalise(clause) if len(clause) <= _LONGEST_CLAUSE else _say_numbers(clause)


def _say_numbers(text: str) -> str:
    return re.sub(load_rulebook().pieces["number"], lambda match: number(match[0]), text)


@lru_cache(maxsize=4096)
def _normalise(clause: str) -> str:
    """The grammars strip white space and fail on some long numbers; what they left is ours."""
    body = clause.strip()
    return clause.replace(body, _say_numbers(normalise(body)), 1)
