"""Scripts put one behind the other: chapters in levels, ids and blocks that count on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readaloud.model import Block, Chapter, Script, Utterance


def as_part(script: Script) -> Script:
    """The script with its sections below one chapter that bears the article's title.

    The title becomes a heading: the edition has a title of its own.
    """
    article = script.article
    first, title = article.chapters[0], article.title
    line = first.title.line if first.title else 1
    heading = Block(title, line, "heading", 1) if title else first.title
    if title is None or first.title is None or first.title.text == title:
        head, rest = replace(first, title=heading), article.chapters[1:]
    else:
        head, rest = Chapter("title", heading, ()), article.chapters
    utterances = tuple(
        replace(each, kind="heading", chapter_id=head.id) if each.kind == "title" else each
        for each in script.utterances
    )
    sections = (replace(chapter, level=2, parent=head.id) for chapter in rest)
    return _with(script, (head, *sections), utterances)


def below(script: Script, parent: str) -> Script:
    """The script with all its chapters one level deeper, the highest of them below ``parent``."""
    chapters = tuple(
        replace(each, level=each.level + 1, parent=each.parent or parent)
        for each in script.article.chapters
    )
    return _with(script, chapters, script.utterances)


def with_last(script: Script, last: Utterance) -> Script:
    """The script with another last utterance."""
    return replace(script, utterances=(*script.utterances[:-1], last))


def with_chime(script: Script) -> Script:
    """The script with a chime behind it."""
    return with_last(script, replace(script.utterances[-1], chime_after=True))


def in_a_row(scripts: Sequence[Script]) -> tuple[Utterance, ...]:
    """The utterances of all scripts; their blocks are counted on from script to script."""
    utterances: list[Utterance] = []
    for script in scripts:
        before = utterances[-1].block if utterances else 0
        utterances += [replace(each, block=before + each.block) for each in script.utterances]
    return tuple(utterances)


def renamed(script: Script, prefix: str) -> Script:
    """With chapter ids that no other part has."""
    chapters = tuple(
        replace(
            chapter,
            id=f"{prefix}{chapter.id}",
            parent=f"{prefix}{chapter.parent}" if chapter.parent else None,
        )
        for chapter in script.article.chapters
    )
    utterances = tuple(
        replace(each, chapter_id=f"{prefix}{each.chapter_id}") for each in script.utterances
    )
    return _with(script, chapters, utterances)


def numbered(script: Script) -> Script:
    """With running chapter and utterance ids, as an edition of one article has them."""
    article = script.article
    ids = {each.id: f"c{number:02}" for number, each in enumerate(article.chapters, 1)}
    chapters = tuple(
        replace(each, id=ids[each.id], parent=ids[each.parent] if each.parent else None)
        for each in article.chapters
    )
    utterances: tuple[Utterance, ...] = tuple(
        replace(each, id=f"u{number:04}", chapter_id=ids[each.chapter_id])
        for number, each in enumerate(script.utterances, 1)
    )
    items = tuple(replace(each, chapter=ids[each.chapter]) for each in article.items)
    made = _with(script, chapters, utterances)
    return replace(made, article=replace(made.article, items=items))


def _with(
    script: Script, chapters: tuple[Chapter, ...], utterances: tuple[Utterance, ...]
) -> Script:
    article = replace(script.article, chapters=chapters)
    return replace(script, article=article, utterances=utterances)
