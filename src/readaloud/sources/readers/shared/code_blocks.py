"""Program code among the passages of an article: announced, not read out, kept on record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from readaloud.errors import msg
from readaloud.model import Block
from readaloud.sources.readers.shared.formulas.in_text import is_traditional
from readaloud.sources.readers.shared.passages import Passage
from readaloud.sources.readers.shared.prose_or_code import is_prose

_DIGITS = re.compile(r"\d[\d\s]{0,400}")
REASON = msg("code")
SIMPLIFIED = "此处为代码，略。"
TRADITIONAL = "此處為程式碼，略。"


def skip_code(
    passages: Sequence[Passage], reasons: Sequence[str]
) -> tuple[list[Passage], list[str]]:
    """Announce each run of code by one line before it; Chinese prose set as code stays.

    Args:
        passages: those of a page, in order.
        reasons: why they are not spoken, one each, empty for those that are.

    Returns:
        Both with the announcements; the lines of code have a reason not to be spoken.
    """
    passages = _with_line_numbers(passages)
    announced = TRADITIONAL if is_traditional(_text_of(passages)) else SIMPLIFIED
    told: list[Passage] = []
    why: list[str] = []
    in_code = False
    pairs = zip(passages, reasons, strict=True)
    for (_, is_code), group in groupby(pairs, _kind):
        run = list(group)
        lines = [passage.block.text for passage, _ in run]
        if not is_code or is_prose(lines, _label(run[0][0])):
            told += [passage for passage, _ in run]
            why += [reason for _, reason in run]
            in_code = False
            continue
        first = run[0][0]
        if not in_code:
            note = Block(announced, first.block.line, "note", label=first.block.label)
            told.append(Passage(note, first.owner, first.hidden, 0.0))
            why.append("")
        told += [replace(passage, block=_spoken(passage.block)) for passage, _ in run]
        why += [REASON] * len(run)
        in_code = True
    return told, why


def _with_line_numbers(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with what else is code: the numbers of its lines, lines that are list items."""
    marked = list(passages)
    lines = {n for n, passage in enumerate(passages) if _is_line_of_code(passage)}
    code = {n for n, passage in enumerate(passages) if passage.block.kind == "code"}
    found = {n for n in lines if n - 1 in lines or n + 1 in lines}
    digits = {n for n, passage in enumerate(passages) if _DIGITS.fullmatch(passage.block.text)}
    for n in digits - code:
        if (code | found) & _run_of(n, code | found | digits):
            found.add(n)
    for n in found - code:
        marked[n] = replace(passages[n], block=replace(passages[n].block, kind="code", label=""))
    return marked


def _is_line_of_code(passage: Passage) -> bool:
    """Whether a list's item holds nothing but a line of code."""
    item = next((e for e in (passage.owner, *passage.owner.iterancestors()) if e.tag == "li"), None)
    inside = item.find("code") if item is not None and passage.block.kind == "item" else None
    return inside is not None and "".join(inside.itertext()).strip() == passage.block.text.strip()


def _run_of(index: int, members: set[int]) -> set[int]:
    """The indices around one that are all members."""
    first = last = index
    while first - 1 in members:
        first -= 1
    while last + 1 in members:
        last += 1
    return {*range(first, last + 1)}


def _kind(pair: tuple[Passage, str]) -> tuple[int, bool]:
    """What a passage is part of, and whether that is code that would be spoken."""
    passage, reason = pair
    return id(passage.owner), passage.block.kind == "code" and not reason


def _spoken(code: Block) -> Block:
    """A line of code as it is read out where a user wants it."""
    return replace(code, kind="paragraph", label="")


def _text_of(passages: Sequence[Passage]) -> str:
    return "".join(passage.block.text for passage in passages)


def _label(passage: Passage) -> str:
    """The language of a fence, from its ``class="language-…"``; empty where none is named."""
    for element in passage.owner.iter("pre", "code"):
        for name in element.get("class", "").split():
            if name.startswith("language-"):
                return str(name.removeprefix("language-")).lower()
    return ""
