"""What becomes of single characters: other forms of usual ones, plain letters, or nothing to say.

One rule for all voices. After ``fold``, the rules of the spoken form and ``plain``, there are left
Chinese characters with a reading, letters of English with or without accents, single Greek letters,
marks and spaces: what every voice says.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

from readaloud.spoken.pinyin import is_han, is_readable
from readaloud.spoken.rulebook import load_rulebook

PAUSES = frozenset(
    "，、。．！？：；…—–―～~“”「」『』«»《》〈〉【】〔〕（）()[]{}\"‘’'·・•-‐‑−－_/／|,.!?:;`"
)
_FORMS = re.compile(
    "[\u2e80-\u2fdf\u3036-\u303a\u32c0-\u33ff\uf900-\ufaff\ufb00-\ufb06\ufe30-\ufe6f\U0002f800-\U0002fa1f"
    "\u2100-\u214f\u24b6-\u24e9\u249c-\u24b5\U0001d400-\U0001d7ff\U0001f100-\U0001f189\U0001f200-\U0001f251"
    "\u2090-\u209c\u1d62-\u1d6a\uff65-\uff9f]"
)
"""Radicals, squared words, compatibility characters, ligatures, letters for mathematics and in
circles, letters below the line, half-width kana."""
_ENCLOSED = re.compile("[①-⑳⑴-⒇⒈-⒛⓪-⓿㈠-㈩㉑-㉟㊀-㊉㊱-㊿❶-➓]+")
_NOTE_MARK = re.compile("(?<=[一-鿿”’」』）》。，！？；：])[¹²³⁰⁴-⁹]{1,3}(?![⁰-⁹⁺⁻ⁿ])")
_COUNTED = re.compile(r"[\d一二三四五六七八九十百千万亿几数两半每/][一-鿿]{0,4}$|[米里尺寸克升]$")
_LETTER = re.compile(r"LATIN (?:\w+ )*?LETTER (?:SMALL CAPITAL )?([A-Z]{1,2})\b")
_CIRCLED = re.compile(r"(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])$")
_PLAIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l",
    "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h",
    "Ħ": "H", "ŋ": "ng", "Ŋ": "Ng", "ɑ": "a", "ɡ": "g", "ʻ": "'", "ʼ": "'",
}  # fmt: skip
_OTHER_MEANING = ("<super>", "<fraction>", "<square>", "<circle>")
"""Compatibility characters that are not said like what they are made of: 10⁴, ª, ⅗."""
_GREEK = frozenset("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω")
_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MOST_PARTS = 20
"""Of a fraction that has a sign of its own."""


def fold(text: str) -> str:
    """The text in the usual forms of its characters; ① is 1, ①② 1、2, ⼀ 一, 𝐀 A, and ㍿ 株式会社."""
    if text.isascii():
        return text
    said = unicodedata.normalize("NFC", text)
    said = _FORMS.sub(lambda match: _usual(match[0]), said)
    said = _ENCLOSED.sub(lambda match: "、".join(map(_open_enclosed, match[0])), said)
    return "".join(map(_number, said))


def take_note_marks(text: str) -> tuple[str, list[str]]:
    """The text without the small numbers behind words that lead to notes (据介绍¹), and these."""
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        if _COUNTED.search(text, max(0, match.start() - 8), match.start()):
            return match[0]  # 5平方米²: a power, however odd
        marks.append(match[0])
        return ""

    return _NOTE_MARK.sub(take, text), marks


_ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0308\u030a\u030c\u0327")
"""Grave, acute, circumflex, tilde, macron, diaeresis, ring, caron, cedilla."""


@lru_cache(maxsize=8192)
def plain(character: str) -> str:
    """The character itself if every voice says it; else plainer letters said alike, or nothing."""
    if is_han(character):
        return character if is_readable(character) else ""
    if character.isspace() or character in PAUSES or character in _GREEK:
        return character
    if character.isascii():
        return character if character.isalnum() or _is_named(character) else ""
    if character <= "\u024f" and character.isalpha() and _is_accented(character):
        return character
    return character if _is_named(character) else plain_letters(character)


def plain_letters(character: str) -> str:
    """Letters that are said like it, for voices that don't know it: ễ is e, ß ss. Empty for none."""
    if unicodedata.decomposition(character).startswith(_OTHER_MEANING):
        return ""
    said = "".join(_PLAIN.get(part, part) for part in _letters(character))
    if said == character and (found := _LETTER.match(unicodedata.name(character, ""))):
        said = found[1] if character.isupper() else found[1].lower()
    known = all(
        part in _GREEK or (part.isascii() and part.isalnum()) or part == "'" for part in said
    )
    return said if known and said != character else ""


def is_invisible(character: str) -> bool:
    """Controls, and what only chooses the form of the character before it."""
    return unicodedata.category(character) in {"Cc", "Cf"} or bool(_SELECTORS.match(character))


def is_speakable(character: str) -> bool:
    """Whether a character has a sound, a name or a pause."""
    if character.isalnum() or character.isspace():
        return True
    return character in PAUSES or _is_named(character)


def _is_named(character: str) -> bool:
    return character in load_rulebook().tables["symbol"]


def _is_accented(character: str) -> bool:
    """Whether it is a letter with an accent of French, German or Spanish, or of pinyin."""
    other = unicodedata.decomposition(character).startswith(_OTHER_MEANING)
    apart = unicodedata.normalize("NFD", character)
    return not other and apart[0].isascii() and _ACCENTS.issuperset(apart[1:])


def _letters(character: str) -> str:
    """Without its marks."""
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _usual(character: str) -> str:
    if _is_named(character):
        return character
    if found := _CIRCLED.search(unicodedata.name(character, "")):
        return found[1]
    usual = unicodedata.normalize("NFKC", character)
    return usual.strip("()") if len(usual) == 3 and usual[0] == "(" else usual


def _open_enclosed(sign: str) -> str:
    """① and ❶ are 1, ㈠ is 一."""
    opened = unicodedata.normalize("NFKC", sign).strip("().")
    return opened if opened != sign else str(int(unicodedata.numeric(opened)))


@lru_cache(maxsize=8192)
def _number(character: str) -> str:
    """A digit or number of another script in our digits; fractions that have a sign in words."""
    if character.isascii() or is_han(character) or character == "〇":
        return character
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.digit(character))
    value = unicodedata.numeric(character, -1.0) if kind in {"No", "Nl"} else -1.0
    if (
        value < 0
        or character <= "\u00ff"
        or "\u2070" <= character <= "\u2079"
        or _by_rule(character)
    ):
        return character
    if value.is_integer():
        return str(int(value))
    part = Fraction(value).limit_denominator(_MOST_PARTS)
    from readaloud.chinese.numerals import cardinal

    return f"{cardinal(str(part.denominator))}分之{cardinal(str(part.numerator))}"


def _by_rule(character: str) -> bool:
    """Whether rules say it by what stands around it: ⅗, Ⅷ."""
    tables = load_rulebook().tables
    return character in tables["fraction"] or character in tables["roman"]
