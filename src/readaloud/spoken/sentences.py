"""Where a sentence ends, and where one that is too long may be broken.

No character is lost: the pieces, joined, are the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

STOPS = frozenset("。！？…‽!?｡")
_OPENERS = "“‘「『（《〈【〔［([{"
_CLOSERS = "”’」』）》〉】〕］)]}"
_PAIR = dict(zip(_CLOSERS, _OPENERS, strict=True))
_TITLE_OPENERS = frozenset("《〈")
_CLAUSE_GOES_ON = frozenset("，、；：,;:的等之")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "vs",
        "no",
        "inc",
        "ltd",
        "co",
        "jr",
        "sr",
        "prof",
        "etc",
        "fig",
        "vol",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "ph.d",
    ]
)
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z.]{0,11}\Z")
_BREAKS = ("；;", "，,", "、：:—")
_INSEPARABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:%/'’_@+-]*")


def find_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Split at 。！？… and what stands for them, each sentence with its place in the text.

    Closing quotes and brackets stay with their sentence.

    A stop inside 《》, or one that the clause goes on after (“…！”，他说), is no end. A line break always
    is. Pieces without a letter or a digit join their neighbour.
    """
    start = 0
    for line in text.splitlines(keepends=True):
        position = start
        for sentence in _sentences_of_line(line.splitlines()[0]):
            yield position, sentence
            position += len(sentence)
        start += len(line)


def split_sentences(text: str) -> list[str]:
    """The sentences of ``find_sentences`` without their places."""
    return [sentence for _, sentence in find_sentences(text)]


def _sentences_of_line(line: str) -> list[str]:
    return _without_stranded(list(_split_line(line))) if line.strip() else []


def _split_line(line: str) -> Iterator[str]:
    start = position = 0
    open_marks: list[str] = []
    while position < len(line):
        character = line[position]
        if _is_stop(line, position):
            end = _end_of_sentence(line, position, open_marks)
            if end is not None:
                yield line[start:end]
                start = position = end
                continue
        _track(character, open_marks)
        position += 1
    if start < len(line):
        yield line[start:]


def _track(character: str, open_marks: list[str]) -> None:
    """Keep the stack of quotes and brackets that are open; an unmatched closer changes nothing."""
    if character == '"':
        if character in open_marks:
            del open_marks[open_marks.index(character) :]
        else:
            open_marks.append(character)
    elif character in _OPENERS:
        open_marks.append(character)
    elif character in _PAIR and _PAIR[character] in open_marks:
        del open_marks[_last(open_marks, _PAIR[character]) :]


def _last(marks: list[str], mark: str) -> int:
    return len(marks) - 1 - marks[::-1].index(mark)


def _is_stop(line: str, position: int) -> bool:
    character = line[position]
    if character in "!?":
        around = line[position - 1 : position] + line[position + 1 : position + 2]
        return not (len(around) == 2 and around.isascii() and around.isalnum())
    if character in STOPS:
        return True
    return character == "." and _is_full_stop(line, position)


def _is_full_stop(line: str, position: int) -> bool:
    """An ASCII dot that ends a Western sentence: after a word, before a space, a closer or the end."""
    if line.startswith("...", position):
        return True
    before = line[max(0, position - 12) : position]
    after = line[position + 1 : position + 2]
    if not before or (after and not after.isspace() and after not in _CLOSERS + '"'):
        return False
    if before.rstrip("0123456789") == "":
        return False  # a list number: "1. "
    word = _ABBREVIATION.search(before)
    if word is None:
        return before[-1].isalnum() or before[-1] in _CLOSERS
    return len(word[0]) > 1 and word[0].casefold() not in _ABBREVIATIONS


def _end_of_sentence(line: str, position: int, open_marks: list[str]) -> int | None:
    """Where the sentence with a stop at ``position`` ends; None where its clause goes on."""
    open_here = list(open_marks)
    if open_here and open_here[-1] in _TITLE_OPENERS:
        return None
    end, closed = position, False
    while end < len(line):
        character = line[end]
        closes = character in _CLOSERS or (character == '"' and '"' in open_here)
        if not (closes or character in STOPS or (character == "." and end == position)
                or (character == "." and line[end - 1] == ".")):  # fmt: skip
            break
        closed = closed or closes
        _track(character, open_here)
        end += 1
    if line[end : end + 1] in _CLAUSE_GOES_ON and line[end : end + 1] and closed:
        return None
    open_marks[:] = open_here
    while line[end : end + 1].isspace():
        end += 1
    return end


def _without_stranded(pieces: list[str]) -> list[str]:
    """Join a piece that holds nothing to say to the one before it, or to the one behind."""
    joined: list[str] = []
    waiting = ""
    for piece in pieces:
        if any(character.isalnum() for character in piece):
            joined.append(waiting + piece)
            waiting = ""
        elif joined:
            joined[-1] += piece
        else:
            waiting += piece
    return [*joined, waiting] if waiting else joined


def split_long(text: str, limit: int, weigh: Callable[[str], int] = len) -> list[str]:
    """Break what weighs over ``limit`` at ；, else ，, else 、：—, else between words.

    Once a text must be broken its pieces keep to three quarters of the limit, so that they are of
    like length. ``weigh`` must not fall when text is added. Closing marks stay with their piece.
    """
    if weigh(text) <= limit:
        return [text] if text else []
    pieces: list[str] = []
    rest = text
    while weigh(rest) > max(1, limit * 3 // 4):
        cut = _best_cut(rest, limit, weigh)
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest] if rest else pieces


def _best_cut(text: str, limit: int, weigh: Callable[[str], int]) -> int:
    aim = _reach(text, max(1, limit * 3 // 4), weigh)
    reach = _reach(text, limit, weigh)
    for end in (aim, reach):
        for marks in _BREAKS:
            cut = _last_break(text, marks, max(1, end // 4), end)
            if cut:
                return cut
    return _word_cut(text, reach)


def _reach(text: str, limit: int, weigh: Callable[[str], int]) -> int:
    """The most characters from the start that weigh no more than the limit; at least one."""
    low, high = 1, min(len(text), max(1, limit))
    while low < high:
        middle = (low + high + 1) // 2
        if weigh(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _last_break(text: str, marks: str, low: int, high: int) -> int:
    """The position behind the last such mark in the range, with the closing marks after it."""
    for position in range(high - 1, low - 1, -1):
        if text[position] in marks and not _inside_token(text, position + 1):
            end = position + 1
            while end < len(text) and (text[end] in _CLOSERS or text[end] in marks):
                end += 1
            if end <= high and end < len(text):
                return end
    return 0


def _inside_token(text: str, position: int) -> bool:
    """Whether a cut there would part a number or a Latin word (1,234 9:30 e-mail)."""
    before, after = text[position - 1], text[position : position + 1]
    if not after or not after.isascii() or not after.isalnum():
        return False
    return before.isascii() and (before.isalnum() or text[position - 2 : position - 1].isdigit())


def _word_cut(text: str, reach: int) -> int:
    """Before the token or word that would pass the limit; in its midst only if it is too long."""
    import rjieba

    if reach >= len(text):
        return len(text)
    edges = {end for _, _, end in rjieba.tokenize(text[: reach + 12])}
    for match in _INSEPARABLE.finditer(text[: reach + 40]):
        edges -= set(range(match.start() + 1, match.end()))
    for cut in range(reach, 0, -1):
        if cut in edges and text[cut] not in _CLOSERS and text[cut] not in STOPS:
            return cut
    while reach > 1 and _joins(text[reach]):
        reach -= 1
    return reach


def _joins(character: str) -> bool:
    """Combining marks, joiners and variation selectors belong to what stands before them."""
    import unicodedata

    return unicodedata.combining(character) > 0 or character in "\u200d\ufe0e\ufe0f"
