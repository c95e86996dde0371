"""What rules say where a template can't: dates that must exist, ranges, signs, units.

``WAYS`` put one text in words and are named in a template, as ``{1:cardinal}``; ``SAYINGS`` say a
whole match and are named alone, as ``@date``. A match that they can't say stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from readaloud.chinese.numerals import cardinal, counted, digits, number
from readaloud.spoken import english_numbers as english

_PARTS_OF_DAY = ("午", "晚上", "早上", "凌晨", "傍晚")


class Words(Protocol):
    """What sayings need of the rulebook."""

    pieces: dict[str, str]
    tables: dict[str, dict[str, str]]


def clock(text: str) -> str:
    """A time of day, 9:30 or 9:30:15; whole hours lose their minutes."""
    hour, minute, second = (*map(int, re.split("[:：∶]", text)), 0, 0)[:3]
    if hour > 24 or minute > 59 or second > 59:
        return text
    said = ("两" if hour == 2 else cardinal(str(hour))) + "点"
    if minute or second:
        said += _sixtieth(minute) + "分"
    return said + (_sixtieth(second) + "秒" if second else "")


def _sixtieth(value: int) -> str:
    return ("零" if 0 < value < 10 else "") + cardinal(str(value))


def version(text: str) -> str:
    """2.1.3: short parts as numbers, long ones and those with a leading zero digit by digit."""
    return "点".join(
        cardinal(part) if len(part) < 3 and not part.startswith("0") else digits(part)
        for part in text.split(".")
    )


def model(text: str) -> str:
    """Short, round and decimal numbers as numbers, others digit by digit (A4, P100, A380)."""
    if text.startswith("0") and "." not in text:
        return digits(text)
    long_name = len(text) > 2 and "." not in text and not text.endswith("00")
    return digits(text) if long_name else number(text)


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵏᵐⁱˣʸᵗᵖ", "0123456789+-nkmixytp")


def raised(text: str) -> str:
    """Figures and letters as small raised ones: -6 is ⁻⁶."""
    return text.replace("−", "-").translate({b: a for a, b in _RAISED.items()})


def power(text: str) -> str:
    """A raised number or letter behind its base: 平方, 六次方, 负六次方, n加一次方."""
    plain = text.translate(_RAISED)
    if plain in {"2", "3"}:
        return "平方" if plain == "2" else "立方"
    said = re.sub(r"\d+", lambda match: cardinal(match[0]), plain)
    sign = "负" if plain.startswith("-") else ""
    return sign + said.lstrip("+-").replace("+", "加").replace("-", "减") + "次方"


def dotted(text: str) -> str:
    """An address in a network, a standard: every part digit by digit."""
    return "点".join(map(digits, text.split(".")))


def listed(text: str) -> str:
    """Numbers with slashes between them, one after the other."""
    return "、".join(map(number, re.split("[/／]", text)))


def race(text: str) -> str:
    """How long it took: 2:01:09 is 两小时零一分零九秒, 1:53.4 一分五十三秒四."""
    whole, _, fraction = text.partition(".")
    *hours, minute, second = re.split("[:：∶]", whole)
    said = f"{counted(hours[0])}小时" if hours else ""
    said += (_sixtieth(int(minute)) if hours else counted(str(int(minute)))) + "分"
    return said + _sixtieth(int(second)) + "秒" + digits(fraction)


def yao(text: str) -> str:
    """Digit by digit, 一 as 幺, marks left out."""
    return digits(text, yao=True)


def stars(text: str) -> str:
    """Stars that hide digits, each by its name."""
    return "星" * len(text)


_SPOKEN_PATH = 24
"""Characters of an address behind its site that are still said."""


def _address(book: Words, match: re.Match[str]) -> str:
    """A web or e-mail address: words and digits, its marks by name.

    Of one that leads deep into a site only the site is said: nobody types the rest by ear.
    """
    text = match[0].rstrip(".,:?/")
    tail = match[0][len(text) :].lstrip("/")
    bare = re.sub(r"\A[a-z]+://", "", text)
    host, _, path = bare.partition("/")
    if len(path) > _SPOKEN_PATH or "?" in bare:
        bare, tail = host.partition("?")[0], f"的网页{tail}"
    parts = re.findall(r"[A-Za-z\d]+|[^A-Za-z\d]", bare)
    return "".join(digits(part) or book.tables["mark"].get(part, part) for part in parts) + tail


def _scores(book: Words, match: re.Match[str]) -> str:
    """The scores of several sets."""
    versus = book.pieces["versus"]
    return re.sub(rf"(?<=\d){versus}(?=\d)", "比", match[0]).replace("/", "，")


_COMPARED = {
    sign: said
    for signs, said in (
        ("= ＝", "等于"), ("< ＜", "小于"), ("> ＞", "大于"),
        ("<= ＜＝ ＜= <＝", "小于等于"), (">= ＞＝ ＞= >＝", "大于等于"),
    )
    for sign in signs.split()
}  # fmt: skip
_SIGNS = {"-": "减", "−": "减", "–": "减", "+": "加", "＋": "加"}


def _formula(book: Words, match: re.Match[str]) -> str:
    """A sum with its signs said; what has no relation and no product may be a range."""
    text = match[0]
    between = r"(?<=[\dA-Za-zα-ωΑ-Ω²³⁰¹⁴-⁹ⁿ)）])\s?([-−–+＋])\s?(?=[\dA-Za-zα-ωΑ-Ω(（])"
    relations = re.findall(book.pieces["relation"], text)
    sums = re.search(between, text) and (relations or re.search("[×÷²³⁴-⁹]", text))
    if not sums and len(relations) < 2:
        return text
    text = re.sub(between, lambda sign: _SIGNS[sign[1]], text)
    text = re.sub(r"[-−–](?=[\dA-Za-zα-ω])", "负", text)
    text = re.sub(r"\s?([<>＜＞][=＝]?|[=＝])\s?", lambda sign: _COMPARED[sign[1]], text)
    return re.sub(r"(?<![A-Za-z\d.])[\d.]+(?=[减加等大小×÷])", lambda term: number(term[0]), text)


def _date(_: Words, match: re.Match[str]) -> str:
    """2020-01-23, 08-2008, where it can be a date."""
    year, month, day = match["year"], match["month"], match["day"]
    if not (1 <= int(month) <= 12 and 1 <= int(day or 1) <= 31):
        return match[0]
    return f"{digits(year)}年{cardinal(month)}月" + (f"{cardinal(day)}日" if day else "")


def _rising_years(_: Words, match: re.Match[str]) -> str:
    """1941-1945, where the second can follow the first."""
    first, second = match[1], match[2]
    return f"{digits(first)}到{digits(second)}" if int(first) < int(second) else match[0]


def _half_day(_: Words, match: re.Match[str]) -> str:
    """9:30 a.m. is 上午九点三十分; from six on, p.m. is 晚上."""
    hour, said = int(match["hour"]), clock(match["clock"])
    if said == match["clock"]:
        return match[0]
    if hour > 12 or match.string[: match.start()].endswith(_PARTS_OF_DAY):
        return said
    return ("上午" if match["half"] in "aA" else "晚上" if 6 <= hour < 12 else "下午") + said


def _temperature(_: Words, match: re.Match[str]) -> str:
    """A temperature or a range of two; below zero it is 零下."""
    parts = match.groupdict()
    unit = "度" if match["unit"] == "度" else "摄氏度"
    last = ("零下" if match["minus"] else "") + number(match["last"]) + unit
    if not parts.get("first"):
        return last
    first = ("零下" if match["below"] else "") + number(match["first"])
    same_side = bool(match["below"]) == bool(match["minus"])
    return f"{first}{'' if same_side else unit}到{last}"


def _percentage(_: Words, match: re.Match[str]) -> str:
    """One percentage or per mille, or a range of two; the sign is said before it."""
    name = "千分之" if match["unit"] == "‰" else "百分之"
    whole_hundred = match["last"] == "100"
    last = _signed(match["sign"], name + ("百" if whole_hundred else number(match["last"])))
    if not match["first"]:
        return last
    return f"{_signed(match['lower'], name + number(match['first']))}到{last}"


def _signed(sign: str | None, said: str) -> str:
    return {"+": "正", "＋": "正", "±": "正负"}.get(sign, "负") + said if sign else said


def _measure(book: Words, match: re.Match[str]) -> str:
    """A number or a range with a unit in letters, with what it is per."""
    units = book.tables["unit"] | book.tables["short_unit"]
    parts = match.groupdict()
    unit = units[match["unit"]]
    say = number if unit in {"度", "分", "秒"} else counted
    said = say(match["last"]) + (match["scale"] or "") + unit
    if match["first"]:
        said = f"{say(match['first'])}到{said}"
    return _per(parts, units, unit, said) if parts.get("per") else said


def _per(parts: Mapping[str, str], units: Mapping[str, str], unit: str, said: str) -> str:
    many, base = parts["many"], units.get(parts["per"], parts["per"])
    if many:
        return f"每{'百' if many == '100' else counted(many)}{base}{said}"
    if parts["speed"]:
        return parts["speed"] + said
    behind = unit.endswith("摩尔") or base == "平方秒"
    return f"{said}每{base}" if behind else f"每{base}{said}"


def _fraction(_: Words, match: re.Match[str]) -> str:
    if not 0 < int(match[1]) < int(match[2]) <= 1000:
        return match[0]
    return f"{cardinal(match[2])}分之{cardinal(match[1])}"


def _range(book: Words, match: re.Match[str]) -> str:
    """From A to B; a falling pair of whole numbers that counts nothing is a score."""
    first, second, unit = match[1], match[2], match[3]
    falling = float(first.replace(",", "")) >= float(second.replace(",", ""))
    pieces = book.pieces
    counts = unit and re.match(f"{pieces['counted']}|{pieces['scale']}|{pieces['named']}", unit)
    if falling and not counts and "." not in first + second:
        return f"{number(first)}比{number(second)}{unit}"
    say = counted if unit and re.match(pieces["counted"], unit) else number
    return f"{say(first)}到{say(second)}{unit}"


WAYS: dict[str, Callable[[str], str]] = {
    "cardinal": cardinal,
    "power": power,
    "raised": raised,
    "dotted": dotted,
    "list": listed,
    "race": race,
    "digits": digits,
    "yao": yao,
    "stars": stars,
    "number": number,
    "counted": counted,
    "clock": clock,
    "version": version,
    "model": model,
    "english": english.cardinal,
    "english_year": english.year,
    "english_number": lambda written: "number " if written else "",
}
SAYINGS: dict[str, Callable[[Words, re.Match[str]], str]] = {
    "address": _address,
    "silent": lambda _book, _match: "",
    "formula": _formula,
    "scores": _scores,
    "date": _date,
    "rising_years": _rising_years,
    "half_day": _half_day,
    "temperature": _temperature,
    "percentage": _percentage,
    "measure": _measure,
    "fraction": _fraction,
    "range": _range,
    "english_date": english.say_date,
    "english_ordinal": english.say_ordinal,
    "english_sentence": english.say_sentence,
}
