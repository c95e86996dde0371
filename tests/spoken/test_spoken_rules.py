"""Every rule of the spoken form keeps its examples; a rule that is written wrong says where."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from readaloud.errors import ConfigError
from readaloud.spoken.rulebook import FILES, Rule, load_rulebook, read_rules
from readaloud.spoken.spoken_form import to_spoken

RULES = load_rulebook().rules
SAYS = [(rule, written, said) for rule in RULES for written, said in rule.says.items()]
LEAVES = [(rule, written) for rule in RULES for written in rule.leaves]
GOOD = """
[[rule]]
name = "dozen"
why = "A dozen is a number."
pattern = '(\\d+)(打)?{end}'
say = "{1:cardinal}[个{2}]"
says = { "3" = "三" }
"""


def _label(value: object) -> str | None:
    return value.name if isinstance(value, Rule) else None


@pytest.mark.parametrize(("rule", "written", "said"), SAYS, ids=_label)
def test_a_rule_says_its_examples(rule: Rule, written: str, said: str) -> None:
    before = written
    for earlier in RULES[: RULES.index(rule)]:
        before = earlier.apply(before)
    assert rule.apply(before) != before, "an earlier rule has said it"
    assert to_spoken(written) == said


@pytest.mark.parametrize(("rule", "written"), LEAVES, ids=_label)
def test_a_rule_leaves_its_near_misses(rule: Rule, written: str) -> None:
    assert rule.apply(written) == written


def test_every_file_of_rules_is_read() -> None:
    folder = resources.files("readaloud.spoken") / "rules"
    assert sorted(entry.name for entry in folder.iterdir()) == sorted(f"{f}.toml" for f in FILES)


def read(text: str) -> list[Rule]:
    return read_rules([("pieces", "[pieces]\nend = '(?!\\d)'"), ("mine", text)]).rules


def test_a_template_puts_groups_in_words_and_leaves_out_what_is_not_there() -> None:
    (rule,) = read(GOOD)
    assert rule.apply("买12打和3。") == "买十二个打和三。"


def test_words_are_tried_the_longest_first_and_tables_say_what_they_find() -> None:
    text = "[words]\nkind = '歼 歼击'\n[tables.unit]\nkm = '公里'\nk = '千'\n" + GOOD
    text = text.replace("(\\d+)(打)?{end}", "{kind}(?P<n>\\d)({unit})")
    (rule,) = read(text.replace("{1:cardinal}[个{2}]", "{n:digits}{2:unit}"))
    assert rule.apply("歼击7km") == "七公里"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('says = { "3" = "三" }', "", "rule 1 (dozen): says: missing"),
        ('says = { "3" = "三" }', "says = {}", "rule 1 (dozen): says: missing"),
        ('says = { "3" = "三" }', "says = { 3 = 3 }", "rule 1 (dozen): says: no table of texts"),
        ('name = "dozen"', "", "rule 1 (no name): name: missing"),
        ('why = "A dozen is a number."', "", "rule 1 (dozen): why: missing"),
        ("why =", "reason =", "rule 1 (dozen): reason: unknown key; known are"),
        ("[[rule]]", "[rules]", "mine.toml: rules: unknown key"),
        ("[[rule]]", "[[rule", "mine.toml: "),
        ("{end}", "{ende}", "rule 1 (dozen): pattern: there is no piece {ende}"),
        ("{end}", "(", "rule 1 (dozen): pattern: missing )"),
        ("{1:cardinal}", "{1:roman}", "rule 1 (dozen): say: there is no way of saying"),
        ("{1:cardinal}", "{3}", "rule 1 (dozen): say: the pattern has no group 3"),
        ("{1:cardinal}", "{first}", "rule 1 (dozen): say: the pattern has no group first"),
        ("{1:cardinal}", "{1:", "rule 1 (dozen): say: a bracket of"),
        ('"{1:cardinal}[个{2}]"', '"@dozens"', "rule 1 (dozen): say: there is no saying @dozens"),
        ("[[rule]]", "[pieces]\nend = 'x'\n[[rule]]", "mine.toml: there is a piece end already"),
        ("[[rule]]", "[words]\nend = 3\n[[rule]]", "mine.toml: words: no table of texts"),
        (GOOD, GOOD + GOOD, "rule 2 (dozen): name: another rule has it"),
    ],
)
def test_what_is_wrong_is_named_by_file_entry_and_key(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError, match=re.escape(complaint)) as raised:
        read(GOOD.replace(old, new))
    assert str(raised.value).startswith("spoken/rules/mine.toml: ")
