"""Rules out of single decisions: the line, with the digits in it free, and examples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from readaloud.editing.line_shape import ends_sentence
from readaloud.editing.rulebook import LONGEST_LINE, Rule, bare, compile_rule
from readaloud.editing.user_rules import compile_rules, host_of
from readaloud.errors import ConfigError, msg
from readaloud.model import Block, Document, EditingRules, LineRule

REMEMBERED = msg("remembered")
_REASONS = {
    False: msg("left out, as you decided before"),
    True: msg("kept, as you decided before"),
}
_LEAST_WORDS = 3
"""Letters that a line must have beside digits, to be told from others by them."""
_LABEL = re.compile(r"([^\W\d_]{2,8}(?<![说道问答称曰喊想]))[:：](?=.{1,30}$)[^。！？!?“”]+")
"""A label and what it names, such as an editor: no speech, no sentence."""
LABELLED = 40
_SPARE = 20
"""By how many characters tomorrow's line may be longer."""


def rules_of(document: Document, rules: EditingRules) -> tuple[LineRule, ...]:
    """A rule for each line of a document that is kept or dropped by its number.

    Raises:
        ConfigError: a number is none of the document's, or a line can't be a rule.
    """
    user = compile_rules(rules)
    user.check_numbers(document)
    whole = {block.named: block for block in document.blocks}
    whole |= {gone.named: gone.cut for gone in document.removed if gone.cut is not None}
    asked = [
        (block, keep)
        for keep, lines in ((True, rules.keep_lines), (False, rules.drop_lines))
        for number, block in sorted(whole.items())
        if any(first <= number <= last for first, last in lines)
    ]
    meant = {block.text for block, _ in asked}
    others = [block.text for block in document.blocks if block.text not in meant]
    made = {(bare(b.text), keep): _rule_of(b, keep, document, others) for b, keep in asked}
    return tuple(made.values())


def _rule_of(block: Block, keep: bool, document: Document, others: Sequence[str]) -> LineRule:
    core = bare(block.text)
    if not core or len(core) > LONGEST_LINE:
        raise ConfigError(
            msg(
                "Line {line} of {name} can't be remembered: a rule takes lines of 1 to {most} "
                "characters.",
                line=block.named, name=document.source_name, most=LONGEST_LINE,
            ),
            msg("Leave out --remember, or write the line into a file of rules beside the article."),
        )  # fmt: skip
    rule = LineRule(
        name=REMEMBERED,
        reason=_REASONS[keep],
        pattern=_pattern(core),
        max_chars=min(max(60, len(core) + _SPARE), LONGEST_LINE),
        drops=() if keep else (block.text,),
        keeps=(block.text,) if keep else (),
        keep=keep,
        every_kind=True,
        site=host_of(document.source_name) or host_of(document.address),
    )
    unlike = _near_miss(compile_rule(rule), others)
    if keep:
        return replace(rule, drops=unlike)
    if not unlike:
        raise ConfigError(
            msg("Line {line} can't be remembered: every other line is like it.", line=block.named),
            msg("Leave out --remember."),
        )
    return replace(rule, keeps=unlike)


def _pattern(core: str) -> str:
    """The line with what is another tomorrow left free: its numbers, and what a label names."""
    if label := _LABEL.fullmatch(core):
        return re.escape(label[1]) + f"[:：].{{1,{LABELLED}}}(?<![。！？!?”])"
    if sum(char.isalpha() for char in core) < _LEAST_WORDS:
        return re.escape(core)
    parts = re.split(r"(\d+)", core)
    return "".join(_digits(part) if n % 2 else re.escape(part) for n, part in enumerate(parts))


def _digits(part: str) -> str:
    return f"\\d{{1,{max(4, len(part))}}}"


def _near_miss(rule: Rule, others: Sequence[str]) -> tuple[str, ...]:
    """A line of the article that the rule doesn't take, a sentence if there is one."""
    unlike = [text for text in others if len(text) <= LONGEST_LINE and not rule.knows(bare(text))]
    best = max(unlike, key=lambda text: (ends_sentence(text), -len(text)), default=None)
    return () if best is None else (best,)
