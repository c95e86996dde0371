"""Numbers in words."""

from __future__ import annotations

import unicodedata

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_FORMAL = "〇壹贰叁肆伍陆柒捌玖"
_FIGURES = {figure: n for row in (_DIGITS, _FORMAL) for n, figure in enumerate(row)} | {"两": 2}
_TIMES = {"十": 10, "拾": 10, "百": 100, "千": 1000, "万": 10_000}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_WRITTEN = frozenset(_FIGURES).union(_TIMES)
_LONGEST = 4 * len(_GROUPS)


def digits(text: str, *, yao: bool = False) -> str:
    """Digits one by one, letters as they are, marks left out.

    ``yao`` says 一 as 幺, as in telephone and train numbers.
    """
    names = _DIGITS.replace("一", "幺") if yao else _DIGITS
    return "".join(
        names[int(character)] if character.isdecimal() else character
        for character in text
        if character.isalnum()
    )


def cardinal(text: str) -> str:
    """A whole number in words (2000 二千); one of more than 20 digits is read digit by digit."""
    text = text.lstrip("0") or "0"
    if len(text) > _LONGEST:
        return digits(text)
    groups = [text[max(0, end - 4) : end] for end in range(len(text), 0, -4)]
    words, gap = "", False
    for group, name in reversed(list(zip(groups, _GROUPS, strict=False))):
        if int(group) == 0:
            gap = True
            continue
        if words and (gap or group[0] == "0"):
            words += "零"
        words += _group(group.lstrip("0")) + name
        gap = False
    words = words or "零"
    return words.removeprefix("一") if words.startswith("一十") else words


def _group(text: str) -> str:
    """One to four digits without leading zeros."""
    words = ""
    for place, digit in zip(range(len(text) - 1, -1, -1), text, strict=True):
        if digit != "0":
            words += _DIGITS[int(digit)] + _UNITS[place]
        elif not words.endswith("零") and text[-place - 1 :].strip("0"):
            words += "零"
    return words


def number(text: str) -> str:
    """A whole or decimal number in words, thousands separators allowed, sign not."""
    whole, dot, fraction = text.replace(",", "").partition(".")
    return cardinal(whole) + (f"点{digits(fraction)}" if dot else "")


def counted(text: str) -> str:
    """A number that counts something: 2 is 两, and so is the 2 of 200 and before 千, 万 and 亿."""
    words = number(text)
    if words in {"二", "二百"} or words.startswith(("二千", "二万", "二亿")):
        return "两" + words[1:]
    return words


def ordinal(value: int) -> str:
    """第一, 第二十三; 负一 below zero."""
    return f"第{number(str(value))}" if value >= 0 else f"负{number(str(-value))}"


def from_words(text: str) -> int | None:
    """The value of digits, of words up to 999 or of a sign like ③; None for anything else."""
    if text.isascii():
        return int(text) if text.isdecimal() else None
    if len(text) == 1:
        value = unicodedata.numeric(text, -1.0)
        return int(value) if value >= 0 else None
    total = unit = 0
    for sign in text:
        if sign in _DIGITS:
            unit = _DIGITS.index(sign)
        elif sign in {"十", "百"}:
            total, unit = total + (unit or 1) * (10 if sign == "十" else 100), 0
        else:
            return None
    return total + unit


def value(text: str) -> int | None:
    """The whole number that is written in Chinese, Arabic or Roman figures; None where none is.

    Figures without units are read one by one (一〇二四), as years and chapters are written.
    """
    plain = unicodedata.normalize("NFKC", text)
    if plain.isdecimal():
        return int(plain)
    if plain and _ROMAN.keys() >= {*plain}:
        return _roman(plain)
    if not plain or not _WRITTEN.issuperset(plain):
        return None
    if not set(plain) & set(_TIMES):
        return int("".join(str(_FIGURES[figure]) for figure in plain))
    return _counted(plain)


def _counted(text: str) -> int:
    """一千零二十, 百二: each figure times the unit behind it."""
    total, group, figure = 0, 0, 0
    for character in text:
        if character in _FIGURES:
            figure = _FIGURES[character]
        elif character == "万":
            total, group, figure = total + (group + figure) * 10_000, 0, 0
        else:
            group, figure = group + (figure or 1) * _TIMES[character], 0
    return total + group + figure


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
