"""An article as it will be spoken: utterances, each one request to a voice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from readaloud.model.article import Article, Removal

UtteranceKind = Literal["title", "heading", "sentence"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One request to a voice.

    ``text`` is shown, ``spoken`` is said. ``readings`` has one entry a character of ``spoken``:
    pinyin with its tone number (``zhong1``, ``lv4``, neutral tone 5) for a Chinese character, an
    empty string for anything else; ``word_starts`` are the positions in ``spoken`` where a word
    begins. Both are empty where the engine does its own readings.
    """

    id: str
    chapter_id: str
    kind: UtteranceKind
    text: str
    spoken: str
    readings: tuple[str, ...] = ()
    word_starts: tuple[int, ...] = ()
    pause_after_ms: int = 0
    chime_after: bool = False
    """Whether a chime sounds after the pause: another article begins."""


@dataclass(frozen=True, slots=True)
class Script:
    """An article as it will be spoken; ``skipped`` is what no voice can say: emoji, bare marks."""

    article: Article
    utterances: tuple[Utterance, ...]
    skipped: tuple[Removal, ...] = ()

    @property
    def content_sha256(self) -> str:
        """In hexadecimal, of the text of all utterances: the same article has the same."""
        text = "\n".join(utterance.text for utterance in self.utterances)
        return hashlib.sha256(text.encode()).hexdigest()
