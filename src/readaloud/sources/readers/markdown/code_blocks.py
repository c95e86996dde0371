"""Program code among the passages of an article: announced, not read out, kept on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from readaloud.errors import msg
from readaloud.model import Block, Removal
from readaloud.sources.readers.shared.cuts import cut
from readaloud.sources.readers.shared.html_walk import Passage

REASON = msg("code")
SIMPLIFIED = "此处为代码，略。"
TRADITIONAL = "此處為程式碼，略。"

_HAN = re.compile("[\u3400-\u9fff，。、；：！？“”‘’（）《》「」『』…—]")
_INK = re.compile(r"[^\s\d]")
_TRADITIONAL = re.compile("[個們來為國說時會對這過發後裡種經麼學現當沒動還開從與長機關點業將]")
_SIMPLIFIED = re.compile("[个们来为国说时会对这过发后里种经么学现当没动还开从与长机关点业将]")
_PROSE_SHARE = 0.5
"""Prose in a fence is Chinese by more than half; code with Chinese remarks or strings is less."""
_LABELLED_SHARE = 0.85
"""The same where a language is named: remarks may outweigh the code."""
_TEXT_LABELS = frozenset({"", "text", "txt", "plain", "plaintext", "markdown", "md", "quote"})


def skip_code(passages: Iterable[Passage]) -> tuple[list[Passage], list[Removal]]:
    """Replace each run of code by one line that says so; Chinese prose set as code stays.

    Returns:
        The passages, in order, and a removal for every line of code.
    """
    whole = list(passages)
    announced = _announcement(whole)
    kept: list[Passage] = []
    removed: list[Removal] = []
    for (_, is_code), group in groupby(whole, lambda p: (id(p.owner), p.block.kind == "code")):
        run = list(group)
        if not is_code or is_prose([p.block.text for p in run], _label(run[0])):
            kept += run
            continue
        first = run[0]
        note = Block(announced, first.block.line, "note", label=first.block.label)
        kept.append(Passage(note, first.owner, first.hidden, 0.0))
        removed += [cut(_spoken(p.block), REASON, len(kept)) for p in run]
    return kept, removed


def _spoken(code: Block) -> Block:
    """A line of code as it is read out where a user wants it."""
    return replace(code, kind="paragraph", label="")


def is_prose(lines: Sequence[str], label: str = "") -> bool:
    """Whether lines set as code are Chinese prose: a poem, a letter, a quotation.

    Args:
        lines: the lines.
        label: the language that the source names.
    """
    text = "".join(lines)
    ink = len(_INK.findall(text))
    share = _PROSE_SHARE if label in _TEXT_LABELS else _LABELLED_SHARE
    return ink > 0 and len(_HAN.findall(text)) >= share * ink


def _announcement(passages: Sequence[Passage]) -> str:
    text = "".join(passage.block.text for passage in passages)
    traditional = len(_TRADITIONAL.findall(text)) > len(_SIMPLIFIED.findall(text))
    return TRADITIONAL if traditional else SIMPLIFIED


def _label(passage: Passage) -> str:
    """The language of a fence, from its ``class="language-…"``; empty where none is named."""
    for element in passage.owner.iter("pre", "code"):
        for name in element.get("class", "").split():
            if name.startswith("language-"):
                return str(name.removeprefix("language-")).lower()
    return ""
