"""Numbers in English words, for what is English inside Chinese.

What stands in an English sentence is said in English (There are 3 million people); the number of a
name in a Chinese one (Windows 10) is left to the Chinese rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_GROUPS = ("", " thousand", " million", " billion", " trillion")
_LONGEST = 3 * len(_GROUPS)
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


class Book(Protocol):
    """What the sayings need of the rulebook."""

    pieces: dict[str, str]
    tables: dict[str, dict[str, str]]


def cardinal(text: str) -> str:
    """A whole or decimal number; one with a leading zero, or beyond trillions, digit by digit."""
    whole, dot, fraction = text.replace(",", "").partition(".")
    by_digits = len(whole) > _LONGEST or (whole.startswith("0") and len(whole) > 1)
    said = _digits(whole) if by_digits else _whole(int(whole))
    return f"{said} point {_digits(fraction)}" if dot else said


def _digits(text: str) -> str:
    return " ".join(_ONES[int(sign)] for sign in text if sign.isdecimal())


def _whole(value: int) -> str:
    parts, rest = [] if value else [_ONES[0]], value
    for group in _GROUPS:
        rest, below = divmod(rest, 1000)
        if below:
            parts.append(_hundreds(below) + group)
    return " ".join(reversed(parts))


def _hundreds(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    said = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        said.append(_TENS[rest // 10 - 1] + (f"-{_ONES[rest % 10]}" if rest % 10 else ""))
    elif rest or not hundreds:
        said.append(_ONES[rest])
    return " ".join(said)


def ordinal(text: str) -> str:
    """1 is first, 21 twenty-first."""
    said = cardinal(text)
    last = re.split(r"[ -]", said)[-1]
    ending = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return said.removesuffix(last) + ending


def year(text: str) -> str:
    """1984 is nineteen eighty-four, 2008 two thousand eight, 1905 nineteen oh five."""
    first, last = divmod(int(text), 100)
    if first % 10 == 0 and last < 10:
        return _whole(int(text))
    if last == 0:
        return f"{_hundreds(first)} hundred"
    return f"{_hundreds(first)} {'oh ' if last < 10 else ''}{_hundreds(last)}"


def _plain(text: str) -> str:
    """A number in a sentence: what can be a year of our time is one."""
    if re.fullmatch(r"1[1-9]\d\d|20[0-4]\d", text):
        return year(text)
    return (
        _digits(text)
        if len(text) > 6 and text.isdecimal() and text[-3:] != "000"
        else cardinal(text)
    )


def _is_ordinal(number: str, suffix: str) -> bool:
    value = int(number.replace(",", ""))
    return suffix == ("th" if value % 100 in {11, 12, 13} else _SUFFIXES.get(value % 10, "th"))


def _plural(said: str) -> str:
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def say_ordinal(_: Book, match: re.Match[str]) -> str:
    """21st, if the letters are those of the number."""
    return ordinal(match[1]) if _is_ordinal(match[1], match[2]) else match[0]


def say_date(_: Book, match: re.Match[str]) -> str:
    """July 5th, 2024."""
    said = f"{match['month']} {ordinal(match['day'])}"
    return f"{said}, {year(match['year'])}" if match["year"] else said


def say_sentence(book: Book, match: re.Match[str]) -> str:
    """Every number of a run of Latin text, if it is an English sentence or a part of one.

    The figures at its ends that touch a Chinese character belong to the Chinese.
    """
    text = match[0]
    words = re.findall(r"(?<![A-Za-z])[A-Za-z][A-Za-z'’]*", text)
    small = (word.casefold() for word in words if not word.isupper())
    if len(words) < 3 or not any(map(re.compile(book.pieces["english_word"]).fullmatch, small)):
        return text
    start, end = match.span()
    first = re.match(r"\d[\d.,]*", text) if _is_han(match.string[start - 1 : start]) else None
    last = re.search(r"[\d.,%]*\d\Z", text) if _is_han(match.string[end : end + 1]) else None
    head = first[0] if first else ""
    tail = last[0] if last else ""
    body = text[len(head) : len(text) - len(tail)]
    for pattern, say in _patterns(book):
        body = pattern.sub(say, body)
    return f"{head}{body}{tail}"


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


def _patterns(book: Book) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    units = book.tables["english_unit"]
    unit = book.pieces["english_unit"]
    return [
        (_MONEY, _money),
        (_TIME, _time),
        (re.compile(rf"(?<![\w.,])({_NUMBER})\s?({unit})(?![A-Za-z])"),
         lambda match: f"{cardinal(match[1])} {units[match[2]]}"),
        (_PERCENT, lambda match: f"{cardinal(match[1])} percent"),
        (_DECADE, lambda match: _plural(_plain(match[1]))),
        (_RANGE, lambda match: f"{_plain(match[1])} to {_plain(match[2])}"),
        (_FRACTION, _fraction),
        (_NUMBER_OF, lambda match: f"number {cardinal(match[1])}"),
        (_VERSION, lambda match: " point ".join(map(cardinal, match[0].split(".")))),
        (_ALONE, lambda match: _plain(match[0])),
        (_GLUED, _glued),
        (_AMPERSAND, lambda _: " and "),
    ]  # fmt: skip


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_BEFORE, _AFTER = r"(?<![\w.,:/])(?<!\w-)", r"(?![\w/:]|[.,]\d|-\d)"
_MONEY = re.compile(
    rf"(?:US|HK|AU|CA|S)?(?P<sign>[$£€])\s?(?P<sum>{_NUMBER})"
    r"(?:\s?(?P<scale>thousand|million|billion|trillion|bn|[kKmMbB])(?![A-Za-z]))?"
)
_TIME = re.compile(
    r"(?<![\w.:])(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?(?:\s?(?P<half>[aApP])\.?[mM]\b)?(?![\w:])"
)
_PERCENT = re.compile(rf"({_NUMBER})\s?%")
_DECADE = re.compile(r"(?<![\w.])((?:1[1-9]|20)\d0|[2-9]0)['’]?s\b")
_RANGE = re.compile(rf"{_BEFORE}({_NUMBER})[-–—~]({_NUMBER}){_AFTER}")
_FRACTION = re.compile(r"(?<![\w./])(\d{1,2})/(\d{1,2})(?![\w/]|\.\d)")
_NUMBER_OF = re.compile(r"\b[Nn]o\.\s?(\d{1,5})\b")
_VERSION = re.compile(r"(?<![\w.])\d+(?:\.\d+){2,}(?![\w.]*\d)")
_MONTH = r"(?!(?:19|20)\d\d\.(?:0[1-9]|1[0-2])(?!\d))"
_ALONE = re.compile(rf"{_BEFORE}{_MONTH}{_NUMBER}(?![\w/:]|[.,]\d|-\d)")
_GLUED = re.compile(r"(?:[A-Za-z]-?\d|\d[A-Za-z])[A-Za-z\d-]*")
_AMPERSAND = re.compile(r"\s?&\s?")
_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro"}
_SCALES = {"k": "thousand", "m": "million", "bn": "billion", "b": "billion"}


def _money(match: re.Match[str]) -> str:
    scale = _SCALES.get((match["scale"] or "").casefold(), match["scale"])
    one = match["sum"] == "1" and not scale
    parts = (cardinal(match["sum"]), scale, _CURRENCIES[match["sign"]] + ("" if one else "s"))
    return " ".join(filter(None, parts))


def _time(match: re.Match[str]) -> str:
    """10:30 is ten thirty, 9:05 nine oh five, 7:00 p.m. seven p.m."""
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if hour > 24 or not (match["minute"] or half):
        return match[0]
    said = _hundreds(hour) + (
        f" {'oh ' if minute < 10 else ''}{_hundreds(minute)}" if minute else ""
    )
    return f"{said} {half.casefold()}.m." if half else said if minute else f"{said} o'clock"


def _fraction(match: re.Match[str]) -> str:
    if (match[1], match[2]) == ("24", "7"):
        return "twenty-four seven"
    if not 0 < int(match[1]) < int(match[2]):
        return match[0]
    part = {"2": "half", "4": "quarter"}.get(match[2]) or ordinal(match[2])
    return f"{cardinal(match[1])} {part if match[1] == '1' else _plural(part)}"


def _glued(match: re.Match[str]) -> str:
    """COVID-19, 5G, B2B: the letters stay, the number is said between them."""
    said = re.sub(r"-?(\d+)-?", lambda part: f" {_named(part[1])} ", match[0])
    return said.strip()


def _named(text: str) -> str:
    """A number in a name: three figures by one and two, as in 7 37."""
    if len(text) != 3 or text[0] == "0" or text.endswith("00"):
        return _plain(text)
    return f"{_ONES[int(text[0])]} {'oh ' if text[1] == '0' else ''}{_hundreds(int(text[1:]))}"
