"""Marks inside the lines of Obsidian, Pandoc and CriticMarkup, which nobody reads out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from readaloud.errors import msg
from readaloud.model import Removal
from readaloud.sources.readers.markdown.verbatim import outside_code
from readaloud.sources.readers.shared.inline_marks import STRUCK, lift, lower
from readaloud.sources.readers.shared.table_rows import join_cells, name_table
from readaloud.sources.readers.shared.text_tables import holds_numbers

REASON = msg("layout mark")
COMMENT = msg("comment")

Say = Callable[["re.Match[str]"], tuple[str, str, str]]
"""What stays of a match, what goes on record, and why."""

_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|pdf|mp[34]|m4a|webm|wav)(?:#.*)?$", re.I)
_SIZE = re.compile(r"\d{1,4}(?:x\d{1,4})?")
_ATTRIBUTE = r"""(?:[#.][\w-]{1,60}|[\w-]{1,40}=(?:"[^"{}\n]{0,100}"|[^\s{}"\n]{1,100})|-)"""
_ROW = re.compile(r"\s{0,3}\|(?:[^|\n]{0,200}\|){2,40}\s{0,9}")
_OPEN_ROW = re.compile(r"\s{0,3}[^|\s][^|\n]{0,60}(?: \| [^|\n]{1,60}){1,20}")
"""One without the outer bars: a table only where there are three of as many cells, with numbers."""
_DELIMITER = re.compile(r"\s{0,3}\|(?:\s{0,9}:?-{1,99}:?\s{0,9}\|){2,40}\s{0,9}")


def _gone(reason: str) -> Say:
    return lambda match: ("", match[0].strip(), reason)


def _embed(match: re.Match[str]) -> tuple[str, str, str]:
    """A file that is shown in place; words behind its name describe it."""
    name, _, words = match[1].rpartition("|") if "|" in match[1] else (match[1], "", "")
    described = words and not _SIZE.fullmatch(words.strip())
    return (f"![{words.strip()}](#)" if described else ""), f"![[{name}]]", REASON


def _link(match: re.Match[str]) -> tuple[str, str, str]:
    """[[目标|别名]] is 别名, [[目标#小节]] 目标."""
    name, _, alias = match[1].partition("|")
    shown = alias.strip() or name.partition("#")[0].strip() or name.strip("#")
    rest = match[0].replace(alias, "", 1) if alias.strip() else f"[[{name[len(shown) :]}]]"
    return shown, rest, REASON


def _change(match: re.Match[str]) -> tuple[str, str, str]:
    """{~~旧~>新~~} is 新."""
    old, _, new = match[1].partition("~>")
    return new, old, STRUCK


def _kept(match: re.Match[str]) -> tuple[str, str, str]:
    return match[1], "", ""


def _lifted(match: re.Match[str]) -> tuple[str, str, str]:
    return lift(match[1]) or match[0], "", ""


def _lowered(match: re.Match[str]) -> tuple[str, str, str]:
    return lower(match[1]) or match[0], "", ""


def _joined(match: re.Match[str]) -> tuple[str, str, str]:
    """A label and an address that line ends have cut are whole, and a line end stands behind."""
    label, address = ("".join(map(str.strip, match[n].split("\n"))) for n in (1, 2))
    cut = "\n" in match[1] or "\n" in match[2]
    return (f"{label}{address}{match[3]})\n" if cut else match[0]), "", ""


def _whole(match: re.Match[str]) -> tuple[str, str, str]:
    """An address in the text that a line end has cut, likewise."""
    return f"{match[1]}{match[2]}\n", "", ""


_ADDRESS = (
    r"((?:https?://|www\.)[!-~]{1,300}[/?&=_%-]|[A-Za-z0-9._+-]{1,64}@)\n[ \t]{0,3}"
    r"([A-Za-z0-9_%./?&=#+~-]{1,300})"
)
_CUT = (
    r"(!?\[(?:[^\[\]\n]|\n(?![ \t]{0,9}\n)){0,300}\]\()"
    r"((?:[^()\s]|\n[ \t]{0,9}(?=[!-~])){1,700})"
    r'((?:[ \t]"[^"\n]{0,200}")?)\)'
)
"""A link or a picture, whose words or address a line end may have cut, with its title."""
_MARKS: tuple[tuple[re.Pattern[str], Say], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), say)
    for pattern, say in (
        (_CUT, _joined),
        (_ADDRESS, _whole),
        (r"!\[\[([^\[\]\n]{1,300})\]\]", _embed),
        (r"(?<![\[!])\[\[(?!_?TOC_?\]\])([^\[\]\n]{1,300})\]\](?!\()", _link),
        (r"[ \t]?\[-?@[A-Za-z][\w:.#$%&+?<>~/-]{0,80}(?:[,;][^\[\]\n]{0,200})?\]", _gone(REASON)),
        (r"[ \t]?\{>>[^{}]{0,1000}?<<\}", _gone(COMMENT)),
        (r"%%[^%]{1,2000}?%%", _gone(COMMENT)),
        (r"\{--([^{}\n]{1,500}?)--\}", _gone(STRUCK)),
        (r"\{\+\+([^{}\n]{1,500}?)\+\+\}", _kept),
        (r"\{~~([^{}\n]{1,500}?~>[^{}\n]{0,500}?)~~\}", _change),
        (r"\{==([^{}\n]{1,500}?)==\}", _kept),
        (rf"(?<!!)\[([^\[\]\n]{{1,200}})\]\{{{_ATTRIBUTE}(?:[ \t]{_ATTRIBUTE}){{0,8}}\}}", _kept),
        (
            rf"(?<=[^\s{{])[ \t]?\{{{_ATTRIBUTE}(?:[ \t]{{1,3}}{_ATTRIBUTE}){{0,8}}\}}",
            _gone(REASON),
        ),
        (r"(?<=\S)[ \t]\^[A-Za-z0-9-]{1,40}[ \t]{0,9}$", _gone(REASON)),
        (r"(?<=[A-Za-z0-9)）])\^([^\s^\[\]]{1,12})\^", _lifted),
        (r"(?<=[A-Za-z)）])~([0-9+-]{1,6})~(?!~)", _lowered),
        (r"^\*\[[^\[\]\n]{1,40}\]:[ \t][^\n]{1,300}$", _gone(REASON)),
        (r"^[ \t]{0,3}\\(?:newpage|pagebreak|clearpage)[ \t]{0,9}$", _gone(REASON)),
    )
)


def take_dialect_marks(lines: Sequence[str], first: int) -> tuple[list[str], list[Removal]]:
    """The lines without the marks of dialects, as many; and these, but for mere signs.

    Args:
        lines: those of the article.
        first: the number of the first of them.
    """
    removed: list[Removal] = []

    def take(text: str, line: int) -> str:
        for pattern, say in _MARKS:
            text = pattern.sub(partial(put, say, line), text)
        return text

    def put(say: Say, line: int, match: re.Match[str]) -> str:
        shown, gone, reason = say(match)
        if gone:
            place = line + match.string.count("\n", 0, match.start())
            removed.append(Removal(place, " ".join(gone.split()), reason))
        return shown + "\n" * (match[0].count("\n") - shown.count("\n"))

    text = outside_code("\n".join(lines), first, take)
    return _open_tables(text.split("\n")), removed


def _open_tables(lines: list[str]) -> list[str]:
    """Rows between bars that no rule below the first makes a table: a line each, with commas."""
    opened: list[str] = []
    for barred, group in groupby(lines, lambda line: _ROW.fullmatch(line) is not None):
        rows = list(group)
        if barred and len(rows) > 1 and not _DELIMITER.fullmatch(rows[1]):
            cells = [[cell.strip() for cell in row.strip()[1:-1].split("|")] for row in rows]
            rows = [join_cells(row) + "  " for row in name_table(cells)]
        opened += rows
    return _open_bare_rows(opened)


def _open_bare_rows(lines: list[str]) -> list[str]:
    opened: list[str] = []
    for bars, group in groupby(lines, lambda line: _OPEN_ROW.fullmatch(line) and line.count("|")):
        rows = list(group)
        cells = [[cell.strip() for cell in row.split("|")] for row in rows] if bars else []
        if len(cells) > 2 and holds_numbers([tuple(row) for row in cells]):
            rows = [join_cells(row) + "  " for row in name_table(cells)]
        opened += rows
    return opened
