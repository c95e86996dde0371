"""What became of every line, and which rule decided it."""

from __future__ import annotations

from readaloud.editing.decisions import Decision, decide
from readaloud.model import Document, EditingRules, Explanation, Removal, Verdict

_NO_RULES = EditingRules()


def explain(document: Document, rules: EditingRules = _NO_RULES) -> list[Explanation]:
    """One entry a block, and one for each thing that was taken out, by line.

    Raises:
        EmptyArticleError: nothing that can be said is left.
        ConfigError: a rule of the user's is no pattern, too long, or may search without end.
    """
    decision = decide(document, rules)
    removed = [_explain_removal(removal) for removal in decision.article.removed]
    return sorted([*_explain_kept(decision), *removed], key=lambda entry: entry.line)


def _explain_kept(decision: Decision) -> list[Explanation]:
    entries: list[Explanation] = []
    for index, block in enumerate(decision.marked):
        verdict: Verdict = "heading" if block.kind == "heading" else "spoken"
        if index == decision.shown:
            verdict = "title"
        entries.append(Explanation(block.line, block.text, verdict, decision.how.get(index, "")))
    return entries


def _explain_removal(removal: Removal) -> Explanation:
    verdict: Verdict = "byline" if removal.rule == "byline" else "removed"
    return Explanation(removal.line, removal.text, verdict, removal.rule or removal.reason)
