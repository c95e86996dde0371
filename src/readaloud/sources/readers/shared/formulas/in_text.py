"""Finds formulas between the marks of LaTeX in a text, and puts what is said in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readaloud.errors import msg
from readaloud.sources.readers.shared.formulas.latex import say_latex
from readaloud.sources.readers.shared.formulas.vocabulary import to_traditional

SAID = msg("formula, said in words")
SKIPPED = msg("formula")
ANNOUNCED = "（公式略）"

_HAN = re.compile("[\u3400-\u9fff]")
_SENTENCE_END = re.compile("[。！？]")
_BEHIND = re.compile(r"[。！？；，、]\s*$")
"""A mark of the sentence around a formula, which some write inside the formula's own marks."""
_TEXT_PART = re.compile(r"\\(?:text|mathrm|mbox|textrm|operatorname)\{[^{}]*\}")
_TRADITIONAL = re.compile("[個們來為國說時會對這過發後裡種經麼學現當沒動還開從與長機關點業將]")
_SIMPLIFIED = re.compile("[个们来为国说时会对这过发后里种经么学现当没动还开从与长机关点业将]")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_NAMES = frozenset(["sin", "cos", "tan", "cot", "log", "ln", "exp", "max", "min", "lim", "mod"])
_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]{1,2000}?)\$\$"
    r"|\\{1,2}\[(?P<brackets>.{1,2000}?)\\{1,2}\]"
    r"|\\{1,2}\((?P<round>[^\n]{1,500}?)\\{1,2}\)"
    r"|\\begin\{(?P<name>equation|align|gather|displaymath|math|eqnarray)\*?\}"
    r"(?P<environment>.{1,2000}?)\\end\{(?P=name)\*?\}"
    r"|(?<![\\$A-Za-z0-9])\$(?P<inline>(?=[^\s$])[^$\n]{0,300}(?<=[^\s$\\]))\$(?![A-Za-z0-9$])",
    re.DOTALL,
)
_OPERATION = re.compile(r"[\\^_=+<>]")
_MARKS = re.compile(r"\$|\\[(\[]|\\begin\{")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was in a text; ``start`` is where, in the text as it was."""

    start: int
    written: str
    reason: str


def say_formulas(text: str, traditional: bool = False) -> tuple[str, list[Formula]]:
    """The text with its formulas in words, or announced; and the formulas.

    As many line ends stay. What may be prices, or a program's variables, is no formula.
    """
    if not _MARKS.search(text):
        return text, []
    found: list[Formula] = []

    def say(match: re.Match[str]) -> str:
        source = next(filter(None, (match[name] for name in _GROUPS)), "")
        written, mark = match[0], ""
        if behind := _BEHIND.search(source):
            source, mark = source[: behind.start()], behind[0].strip()
            written = "".join(written.rsplit(mark, 1))
        if not source.strip() or not _is_formula(match, source):
            return match[0]
        words, reason = say_or_skip(source, traditional)
        found.append(Formula(match.start(), written, reason))
        return words + mark + "\n" * written.count("\n")

    return _FORMULA.sub(say, text), found


_GROUPS = ("display", "brackets", "round", "environment", "inline")


def say_or_skip(source: str, traditional: bool = False) -> tuple[str, str]:
    """What is said for a formula, and the reason under which it is on record."""
    words = "" if _SENTENCE_END.search(source) else say_latex(source)
    reason = SAID if words else SKIPPED
    words = words or ANNOUNCED
    return (to_traditional(words) if traditional else words), reason


def is_traditional(text: str) -> bool:
    """Whether a text has more Traditional than Simplified forms of common characters."""
    return len(_TRADITIONAL.findall(text)) > len(_SIMPLIFIED.findall(text))


def _is_formula(match: re.Match[str], source: str) -> bool:
    """Chinese prose is none, but in a part that says that it is text; nor are prices and words."""
    bare = _TEXT_PART.sub("", source)
    if "\\" not in bare and (_HAN.search(bare) or _SENTENCE_END.search(bare)):
        return False
    if match["round"] or match["brackets"]:
        letter = bool(match["round"]) and source.strip().isalpha()
        return letter or _OPERATION.search(source) is not None
    if match["inline"] is None:
        return match["display"] is None or _is_math(bare)
    return not _HAN.search(bare) and _is_math(bare)


def _is_math(bare: str) -> bool:
    if "\\" in bare or "^" in bare or "_{" in bare:
        return True
    return all(word in _NAMES for word in _WORD.findall(bare)) and "://" not in bare
