"""Turns a document into an article: furniture out, title and chapters found, all on record."""

from __future__ import annotations

from readaloud.editing.boilerplate import sweep_boilerplate
from readaloud.editing.bylines import find_byline
from readaloud.editing.chapters import build_chapters
from readaloud.editing.duplicates import sweep_duplicates
from readaloud.editing.headings import mark_headings
from readaloud.editing.language import find_language
from readaloud.editing.lines import has_words
from readaloud.editing.titles import find_title
from readaloud.errors import EmptyArticleError
from readaloud.models import Article, Document

__all__ = ["edit"]


def edit(document: Document) -> Article:
    """Decide what is spoken, in which chapters.

    Every block of the document is in a chapter, as its heading or below it, or in ``removed``
    with the reason; the order is the document's.

    Raises:
        EmptyArticleError: nothing that can be said is left.
    """
    boilerplate = sweep_boilerplate(document.blocks)
    title = find_title(boilerplate.kept, document.title)
    duplicates = sweep_duplicates(boilerplate.kept, title)
    kept = duplicates.kept
    if not any(has_words(block.text) for block in kept):
        raise EmptyArticleError(
            f"{document.source_name} holds no text to speak.",
            "Check that it is the article itself, and not a frame around it or a scan.",
        )
    removed = [*document.removed, *boilerplate.removed, *duplicates.removed]
    return Article(
        source_name=document.source_name,
        title=title.text if title else None,
        byline=document.byline or find_byline(boilerplate.kept),
        date=document.date,
        language=find_language(block.text for block in kept),
        chapters=build_chapters(mark_headings(kept, title), title),
        removed=tuple(sorted(removed, key=lambda removal: removal.line)),
    )
