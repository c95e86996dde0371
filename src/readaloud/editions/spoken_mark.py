"""The mark of synthetic speech that is heard: utterances of the edition, and none of the article.

They have no block and no line, so page, books and captions show them, and what is counted, reviewed
or told of the article knows nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from readaloud.model import Article, Block, Chapter, Label, Pacing, Script, Utterance

Say = Callable[[Article], Script]
"""Scripts an article for the edition's voice."""


def make_mark(label: Label, article: Article, pacing: Pacing, say: Say) -> tuple[Utterance, ...]:
    """The utterances of the mark, without their chapter; none where nothing is to be heard."""
    if label.mode != "cn":
        return ()
    words = label.notice(article.language)
    said = (
        (Utterance("", "", "label", words, "", rhythm=True),)
        if label.rhythm
        else _say(words, article, say)
    )
    named = [
        replace(each, id=f"label{n}", kind="label", block=0, doubts=())
        for n, each in enumerate(said, 1)
    ]
    return (*named[:-1], replace(named[-1], pause_after_ms=pacing.chapter_ms))


def _say(words: str, article: Article, say: Say) -> tuple[Utterance, ...]:
    chapter = Chapter("", None, (Block(words, 0),))
    own = Article(article.source_name, None, None, None, article.language, (chapter,), removed=())
    return say(own).utterances


def with_mark(script: Script, mark: Sequence[Utterance], label: Label, pacing: Pacing) -> Script:
    """A script with its mark in the first chapter, or in the last."""
    if not mark:
        return script
    at_end = label.where == "end"
    beside = script.utterances[-1 if at_end else 0]
    own = tuple(replace(each, chapter_id=beside.chapter_id) for each in mark)
    if not at_end:
        return replace(script, utterances=(*own, *script.utterances))
    last = replace(beside, pause_after_ms=max(beside.pause_after_ms, pacing.chapter_ms))
    return replace(script, utterances=(*script.utterances[:-1], last, *own))
