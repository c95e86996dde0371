"""LaTeX -> Chinese words: a fraction of 72 and r is r分之72."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readaloud.sources.readers.shared.formulas.vocabulary import (
    ACCENTS,
    COMMANDS,
    LITERAL,
    RANGED,
    SIGNS,
    SILENT,
)

MAX_WORDS = 60
"""Characters of a formula that an ear can follow."""
_MAX_SOURCE = 400
_MAX_DEPTH = 8

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_RANGE = re.compile(r"(?<=\d)(?:相似于|~)(?=\d)")
_SPLIT = re.compile("[加减乘]|除以|等于|小于|大于|分之")
_MINUS = re.compile(r"(^|等于|小于|大于|左括号|趋于|，|乘|除以|到)减")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-ni0123456789+-")
_ESCAPED = {"{": "左括号", "}": "右括号", "%": "%", "$": "美元", "_": "", "#": "井号", "&": "和"}
_KNOWN = COMMANDS | dict.fromkeys(SILENT, "") | _ESCAPED


class _UnknownError(Exception):
    """Something that has no words."""


def say_latex(source: str) -> str:
    """A formula in words, its numbers as digits; empty where it is too long, or can't be said.

    Args:
        source: LaTeX without the marks around it.
    """
    if len(source) > _MAX_SOURCE:
        return ""
    try:
        words = _Parser(source).say_all()
    except _UnknownError:
        return ""
    words = _negative(words).strip("，。 ")
    return words if 0 < len(words) <= MAX_WORDS else ""


@dataclass(slots=True)
class _Parser:
    """Reads the tokens of one formula from left to right."""

    tokens: list[str]
    at: int = 0
    depth: int = 0

    def __init__(self, source: str) -> None:
        self.tokens = _TOKEN.findall(source)
        self.at = self.depth = 0

    def say_all(self) -> str:
        words = self._sequence(())
        if self.at < len(self.tokens):
            raise _UnknownError
        return words

    def _sequence(self, ends: tuple[str, ...]) -> str:
        """Everything up to one of the ends, which is left to the caller."""
        parts: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in ends:
            if self.tokens[self.at] == "}":
                raise _UnknownError
            parts.append(self._scripted())
        return _join(parts)

    def _scripted(self) -> str:
        """An atom with what is raised and lowered behind it."""
        base = self._atom()
        below = above = ""
        while (mark := self._peek()) in {"^", "_"} or (mark == "\\limits" and base in RANGED):
            self.at += 1
            if mark == "^":
                above = above + self._atom()
            elif mark == "_":
                below = self._atom()
        return _script(base, below, above) if below or above else base

    def _peek(self) -> str:
        start = self.at
        while start < len(self.tokens) and self.tokens[start].isspace():
            start += 1
        if start < len(self.tokens) and self.tokens[start] in {"^", "_"}:
            self.at = start
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _atom(self) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at >= len(self.tokens):
            return ""
        sign = self.tokens[self.at]
        self.at += 1
        if sign == "{":
            return self._group("}")
        if sign == "|":
            return f"{self._group('|')}的绝对值"
        if sign.startswith("\\"):
            return self._command(sign[1:].rstrip("*"))
        return _plain(sign)

    def _part(self) -> str:
        """A part of a command: what stands in braces, else one sign, of a number one digit."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if token.isdigit() and len(token) > 1:
            self.tokens[self.at] = token[1:]
            return token[0]
        return self._atom()

    def _group(self, end: str) -> str:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise _UnknownError
        words = self._sequence((end,))
        if self.at >= len(self.tokens):
            raise _UnknownError
        self.at += 1
        self.depth -= 1
        return words

    def _command(self, name: str) -> str:
        if name in {"frac", "dfrac", "tfrac", "cfrac"}:
            above, below = self._part(), self._part()
            return f"{_bracket(below)}分之{_bracket(above)}"
        if name == "sqrt":
            return self._root()
        if name in LITERAL:
            return self._literal()
        if name in ACCENTS:
            return ACCENTS[name].format(self._atom()) if ACCENTS[name] else ""
        if name not in _KNOWN:
            raise _UnknownError
        return _KNOWN[name]

    def _root(self) -> str:
        degree = ""
        if self.tokens[self.at : self.at + 1] == ["["]:
            self.at += 1
            degree = f"{self._group(']')}次"
        return f"{degree}根号{_bracket(self._atom())}"

    def _literal(self) -> str:
        """Text inside a formula, as it is written."""
        if self.tokens[self.at : self.at + 1] != ["{"]:
            return ""
        start = self.at + 1
        try:
            self.at = self.tokens.index("}", start) + 1
        except ValueError:
            raise _UnknownError from None
        text = "".join(self.tokens[start : self.at - 1])
        if "\\" in text or "{" in text:
            raise _UnknownError
        return COMMANDS.get(text, text.replace("_", ""))


def _plain(token: str) -> str:
    if token in SIGNS:
        return SIGNS[token]
    if _raised(token):
        return f"的{_raised(token)}次方"
    if token[0].isalnum():
        return token
    raise _UnknownError


def _raised(sign: str) -> str:
    """The plain form of a raised sign; empty where it is none."""
    return sign.translate(_SUPERSCRIPTS) if sign in "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱ" else ""


def _script(base: str, below: str, above: str) -> str:
    """A base with its index and its power, by what the base is."""
    if base in RANGED:
        bounds = f"从{below}到{above}" if below and above else f"{below or above}"
        return f"{bounds}{base}"
    if base == "极限":
        return f"当{below}时的极限"
    if base == "对数" and below:
        return f"以{below}为底的对数"
    if below:
        base = f"{base}{below}" if len(below) <= 2 and below.isalnum() else f"{base}下标{below}"
    return f"{base}{_power(above)}" if above else base


def _power(above: str) -> str:
    if above in {"度", "撇", "撇撇"}:
        return above
    if above in {"2", "3"}:
        return "的平方" if above == "2" else "的立方"
    if above in {"T", "乘"}:
        return "的转置" if above == "T" else "星"
    return f"的{_negative(above)}次方"


def _bracket(words: str) -> str:
    """A part that is more than one thing, kept together."""
    words = _negative(words)
    return f"左括号{words}右括号" if _SPLIT.search(words) else words


def _negative(words: str) -> str:
    """A minus that takes nothing away is a sign: 负."""
    return _MINUS.sub(r"\1负", _RANGE.sub("到", words))


def _join(parts: list[str]) -> str:
    """Parts in a row; two names side by side stay apart."""
    said = ""
    for part in parts:
        if said and part and said[-1].isascii() and part[0].isascii():
            digits = said[-1].isdigit() and part[0].isdigit()
            said += " " if digits or (len(part) > 1 and part[:2].isascii()) else ""
        said += part
    return said
