"""What became of every line, and which rule decided it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter

from readaloud.editing.decisions import Decision
from readaloud.editing.doubts import with_doubts
from readaloud.model import Block, Explanation, Removal, Verdict


def explain(
    decision: Decision, skipped: Sequence[Removal] = (), silent: Collection[Block] = ()
) -> list[Explanation]:
    """One entry a block that is spoken, and one for each thing that is not, by line.

    Args:
        decision: what editing made of the document.
        skipped: what of the article the voice can't say.
        silent: the blocks of which nothing is said; all of them is in ``skipped``.
    """
    removed = map(_explain_removal, (*decision.article.removed, *skipped))
    entries = sorted([*_explain_kept(decision, silent), *removed], key=attrgetter("line"))
    return list(with_doubts(entries))


def _explain_kept(decision: Decision, silent: Collection[Block]) -> Iterator[Explanation]:
    unsaid = set(map(id, silent))
    for index, block in enumerate(decision.marked):
        verdict: Verdict = "heading" if block.kind == "heading" else "spoken"
        if index == decision.shown:
            verdict = "title"
        if id(block) not in unsaid:
            rule = decision.how.get(index, "")
            yield Explanation(block.named, block.text, verdict, rule, block.doubt, rule)


def _explain_removal(removal: Removal) -> Explanation:
    verdict: Verdict = "byline" if removal.rule == "byline" else "removed"
    rule = removal.rule or removal.reason
    number, reason = removal.named, removal.reason
    return Explanation(number, removal.text, verdict, rule, removal.doubt, reason)
