"""Reads what the signs and commands of formulas are called, from ``vocabulary.toml``."""

from __future__ import annotations

import tomllib
from importlib import resources

_DATA = tomllib.loads((resources.files(__package__) / "vocabulary.toml").read_text("utf-8"))
_ROWS: list[list[str]] = [*_DATA["letters"], *_DATA["operators"]]

COMMANDS: dict[str, str] = {command: said for command, _, said in _ROWS} | _DATA["names"]
"""Command without its backslash -> what is said."""
SIGNS: dict[str, str] = {sign: said for _, sign, said in _ROWS} | _DATA["signs"]
"""Sign -> what is said."""
ACCENTS: dict[str, str] = _DATA["accents"]
"""Command with one part -> how that part is said; empty: the command says nothing."""

RANGED = frozenset({"求和", "连乘", "积分", "二重积分", "环路积分"})
"""What is taken from one bound to another."""
LITERAL = frozenset({"text", "mathrm", "textrm", "textbf", "mbox", "operatorname", "rm", "textit"})
"""Commands whose part is text."""
_LAYOUT = (
    "left right big Big bigg Bigg bigl bigr Bigl Bigr quad qquad limits nolimits scriptstyle "
    "nonumber , ; : ! >"
)
SILENT = frozenset({" ", *_LAYOUT.split(" ")})
"""Commands that only lay out."""

_TRADITIONAL = str.maketrans(
    "于号阶负减开对数从应积连环两维确项为当仅约远无穷趋组标绝转点伽马尔龙兰姆达欧缪纽",
    "於號階負減開對數從應積連環兩維確項為當僅約遠無窮趨組標絕轉點伽馬爾龍蘭姆達歐繆紐",
)


def to_traditional(words: str) -> str:
    """The words of this module in Traditional characters."""
    return words.translate(_TRADITIONAL)
