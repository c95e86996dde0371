"""An article as it will be spoken: utterances, each one request to a voice."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from readaloud.errors import msg
from readaloud.model.article import Article, BlockKind, Removal
from readaloud.model.voice import Voice

UtteranceKind = Literal["title", "heading", "sentence", "label"]
"""A label is the mark of synthetic speech: no part of the article; see ``model.label``."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One request to a voice.

    ``text`` is shown, ``spoken`` is said. ``readings`` has one entry a character of ``spoken``:
    pinyin with its tone number (``zhong1``, ``lv4``, neutral tone 5) for a Chinese character, an
    empty string for anything else; ``word_starts`` are the positions in ``spoken`` where a word
    begins. Both are empty where the engine does its own readings.

    ``block`` to ``line`` say where ``text`` stands: at ``offset`` in the text of the article's
    ``block``-th block. They are no part of what is said, and not of ``repr``, which a bulletin's
    identity is made of.
    """

    id: str
    chapter_id: str
    kind: UtteranceKind
    text: str
    spoken: str
    readings: tuple[str, ...] = ()
    word_starts: tuple[int, ...] = ()
    doubts: tuple[float, ...] = field(default=(), repr=False)
    """How unsure each reading is, from 0 to 1."""
    pause_after_ms: int = 0
    chime_after: bool = False
    """Whether a chime sounds after the pause: another article begins."""
    rhythm: bool = field(default=False, repr=False)
    """Of a label: nothing is said, and the rhythm of ``audio.rhythm`` sounds."""
    block: int = field(default=0, repr=False)
    """Running number of the block, from 1, in the order of speaking: titles, headings and blocks
    without a sound count. A bulletin counts on through its parts. 0: the text is no article's."""
    block_kind: BlockKind = field(default="paragraph", repr=False)
    offset: int = field(default=0, repr=False)
    """Where ``text`` begins in the block's text, in characters."""
    languages: tuple[tuple[int, int, str], ...] = field(default=(), repr=False)
    """Parts of ``text`` in other languages than the article's: start, end, language tag."""
    pages: tuple[str, ...] = field(default=(), repr=False)
    """Of the first of a block: the printed pages that begin there."""
    line: int = field(default=0, repr=False)
    """``Block.line``, the line of the source that the block begins in; 0 for the program's own
    words."""
    voice: Voice | None = None
    """Who says it, where that is not the edition's voice: an article of a bulletin may have one."""


SAID_OTHERWISE = msg("said otherwise")
"""The rule of what stands in ``Script.skipped`` although something is said for it."""


def count_unspoken(skipped: Iterable[tuple[str, str]]) -> int:
    """Letters, digits and signs in what is skipped, given as text and rule.

    Marks and spaces are missed by nobody, and for what is said otherwise something is heard.
    """
    silent = (text for text, rule in skipped if rule != SAID_OTHERWISE)
    return sum(unicodedata.category(sign)[0] in "LNS" for text in silent for sign in text)


@dataclass(frozen=True, slots=True)
class Script:
    """An article as it will be spoken.

    ``skipped`` is what its voice can't say, or says otherwise: emoji, bare marks, other scripts. A
    character that is left out of a sentence stands in its utterance's ``text`` too.
    """

    article: Article
    utterances: tuple[Utterance, ...]
    skipped: tuple[Removal, ...] = ()

    @property
    def content_sha256(self) -> str:
        """In hexadecimal, of the text of all utterances: the same article has the same.

        Whether it is labelled makes no difference.
        """
        text = "\n".join(each.text for each in self.utterances if each.kind != "label")
        return hashlib.sha256(text.encode()).hexdigest()

    def by_chapter(self) -> dict[str, list[Utterance]]:
        """The utterances of each chapter that has any, by its id."""
        found: dict[str, list[Utterance]] = {}
        for utterance in self.utterances:
            found.setdefault(utterance.chapter_id, []).append(utterance)
        return found

    @property
    def unspoken(self) -> int:
        """How many characters are skipped; see ``count_unspoken``."""
        return count_unspoken((gone.text, gone.rule) for gone in self.skipped)
