"""Turns a document into an article: furniture out, title and chapters found, all on record."""

from __future__ import annotations

from readaloud.editing.decisions import decide
from readaloud.editing.explanations import explain
from readaloud.editing.remembering import rules_of
from readaloud.model import Article, Document, EditingRules

__all__ = ["decide", "edit", "explain", "rules_of"]

_NO_RULES = EditingRules()


def edit(document: Document, rules: EditingRules = _NO_RULES) -> Article:
    """Decide what is spoken, in which chapters.

    Every block of the document is in a chapter, as its heading or below it, or in ``removed``
    with the reason; the order is the document's.

    Raises:
        EmptyArticleError: nothing that can be said is left.
        ConfigError: a rule of the user's is no pattern, too long, or may search without end.
    """
    return decide(document, rules).article
