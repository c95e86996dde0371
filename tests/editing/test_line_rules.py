"""Every rule against its own examples, found by its place; and what makes an entry no rule.

A rule is added by an entry with its examples in ``src/readaloud/editing/rules``, and nothing else.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from opencc import OpenCC

from readaloud.chinese.fold import fold
from readaloud.config.rule_file import read_rule_file
from readaloud.editing.rulebook import (
    ANY,
    FOLDER,
    Mark,
    check_marks,
    compile_rule,
    house_rules,
    mark,
)
from readaloud.errors import ConfigError
from readaloud.model import Block, LineMark, LineRule

FILES = {path.name: read_rule_file(path) for path in sorted(FOLDER.glob("*.toml"))}
RULES = [entry for file in FILES.values() for entry in file.rules]
MARKS = [entry for file in FILES.values() for entry in file.marks]
TO_TRADITIONAL = OpenCC("s2t")


def place(entry: LineRule | LineMark) -> str:
    """``adverts.toml, line 12: share``, so that one entry can be run by its name."""
    return f"{Path(entry.where).name.partition(': ')[0]}: {entry.name}"


@pytest.mark.parametrize("entry", RULES, ids=place)
def test_a_rule_takes_what_it_drops_and_leaves_what_it_keeps(entry: LineRule) -> None:
    rule = compile_rule(entry)
    for line in entry.drops:
        assert rule.takes(line), line
        assert rule.takes(TO_TRADITIONAL.convert(line)), line
    assert [line for line in entry.keeps if rule.takes(line)] == []


@pytest.mark.parametrize("entry", MARKS, ids=place)
def test_a_mark_matches_and_misses_what_it_says(entry: LineMark) -> None:
    assert list(check_marks(entry)) == []
    other = replace(entry, matches=tuple(map(TO_TRADITIONAL.convert, entry.matches)))
    assert list(check_marks(other)) == []


@pytest.mark.parametrize("entry", [*RULES, *MARKS], ids=place)
def test_an_entry_is_explained_in_simplified_and_bounded(entry: LineRule | LineMark) -> None:
    assert len(entry.why) > 10
    assert fold(entry.pattern) == entry.pattern
    assert [fold(phrase) for phrase in entry.phrases] == list(entry.phrases)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from re import _parser  # type: ignore[attr-defined]
    assert not unbounded(_parser.parse(entry.pattern), _parser.MAXREPEAT)


def unbounded(parsed: object, endless: object) -> bool:
    """Whether a parsed pattern holds a * or a + anywhere."""
    if isinstance(parsed, tuple) and len(parsed) == 3 and parsed[1] is endless:
        return True
    if isinstance(parsed, str | int) or parsed is None:
        return False
    return any(unbounded(part, endless) for part in parsed)  # type: ignore[attr-defined]


def test_rules_of_one_name_give_one_reason() -> None:
    reasons = {(entry.name, entry.reason) for entry in RULES}
    assert len(reasons) == len({name for name, _ in reasons})
    assert {entry.below for entry in RULES} <= {"", ANY, *(entry.name for entry in RULES)}


def test_every_file_is_read() -> None:
    assert set(FILES) >= {"calls_to_action.toml", "credits.toml", "adverts.toml"}
    assert set(house_rules().marks) == {entry.name for entry in MARKS}
    with pytest.raises(KeyError):
        mark("no such mark")


RULE = """
[[rule]]
name = "weather"
reason = "weather line"
pattern = "今日天气[:：].{1,20}"
drops = ["今日天气：晴"]
keeps = ["今日天气很好"]
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('drops = ["今日天气：晴"]\n', "", "line 2: rule “weather”: drops is missing"),
        ('keeps = ["今日天气很好"]\n', "", "line 2: rule “weather”: keeps is missing"),
        ('["今日天气很好"]', "[]", "line 7: rule “weather”: keeps is empty"),
        ('["今日天气很好"]', '[" "]', "line 7: rule “weather”: keeps is empty"),
        ('name = "weather"\n', "", "line 2: rule 1: name is missing"),
        ('"weather line"', '" "', "line 4: rule “weather”: reason is empty"),
        ("pattern", "patern", "line 5: rule “weather”: unknown key 'patern'"),
        ("pattern = ", "phrases = ", "line 5: rule “weather”: phrases is '今日天气"),
        ('pattern = "今日天气[:：].{1,20}"', "", "give either a pattern or phrases"),
        ("reason =", 'phrases = ["今日"]\nreason =', "either a pattern or phrases"),
        ('pattern = "今日天气[:：].{1,20}"', 'phrases = [""]', "line 5: rule “weather”: a phrase"),
        ("pattern =", 'place = "top"\npattern =', "it must be one of anywhere, head, tail"),
        ("pattern =", "max_chars = 5000\npattern =", "max_chars is 5000"),
        ("今日天气[", "{day}天气[", "line 5: rule “weather”: pattern names a piece {day}"),
        ("\n[[rule]]", '[pieces]\na = "{b}"\nb = "{a}"\n[[rule]]', "line 2: [pieces] a names"),
        ("\n[[rule]]", '[pieces]\na = "{a}"\n[[rule]]', "line 2: [pieces] a names a piece {a}"),
        ("\n[[rule]]", "[pieces]\na = 3\n[[rule]]", "line 2: [pieces] a is 3"),
        ("\n[[rule]]", '[pieces]\nA1 = "x"\n[[rule]]', "line 2: [pieces] a piece needs a name"),
        ("[[rule]]", "[rule]", "rule is"),
        ("[[rule]]", "[[rules]]", "unknown key 'rules'"),
    ],
)
def test_an_entry_that_is_not_whole_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.toml") as caught:
        read_rule_file(path)
    assert words in str(caught.value)


def read(tmp_path: Path, text: str) -> LineRule:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return read_rule_file(path).rules[0]


def test_pieces_are_groups_and_may_hold_those_above_them(tmp_path: Path) -> None:
    pieces = "[pieces]\nday = ['今日', '明日']\nsky = '''{day}天\n  气'''\n"
    entry = read(tmp_path, pieces + RULE.replace("今日天气[", "{sky}{0,1}["))
    assert entry.pattern == "(?:(?:今日|明日)天气){0,1}[:：].{1,20}"
    assert compile_rule(entry).knows("明日天气：雨")


def test_a_broken_pattern_is_named(tmp_path: Path) -> None:
    entry = read(tmp_path, RULE.replace("[:：]", "[:："))
    with pytest.raises(ConfigError, match=r"mine\.toml, line 2: rule “weather”: unterminated"):
        compile_rule(entry)


def test_forms_of_a_mark_agree_where_they_look(tmp_path: Path) -> None:
    text = RULE.replace("[[rule]]", "[[mark]]").replace('reason = "weather line"\n', "")
    text = text.replace("drops", "matches").replace("keeps", "misses")
    path = tmp_path / "mine.toml"
    path.write_text(text + text.replace("pattern", 'extent = "start"\npattern'), "utf-8")
    marks = read_rule_file(path).marks
    assert [entry.extent for entry in marks] == ["whole", "start"]
    from readaloud.editing.rulebook import _make_mark

    with pytest.raises(ConfigError, match="its extent"):
        _make_mark(list(marks))


def test_where_a_rule_looks(tmp_path: Path) -> None:
    for where, reached in (("head", range(8)), ("tail", range(12, 20)), ("anywhere", range(20))):
        rule = compile_rule(read(tmp_path, RULE.replace("pattern", f'place = "{where}"\npattern')))
        assert [n for n in range(20) if rule.reaches(n, 20)] == list(reached)
        book = house_rules().with_rules([rule])
        found = [n for n in range(20) if book.find(Block("今日天氣：晴", 1), n, 20)]
        assert found == list(reached)
        assert rule.reaches(0, 1)


def test_a_rule_that_looks_below_another(tmp_path: Path) -> None:
    from readaloud.editing.boilerplate import find_boilerplate

    rule = compile_rule(read(tmp_path, RULE.replace("pattern", 'below = "share"\npattern')))
    book = house_rules().with_rules([rule])
    lines = ["今日天气：晴", "分享到：", "今日天气：晴", "責任編輯：王小明", "今日天气：晴"]
    found = find_boilerplate([Block(line, 1) for line in lines], book)
    assert [found[n].rule for n in (1, 2, 3)] == ["share", "weather", "editor"]
    assert all(n not in found or found[n].rule == "closing line" for n in (0, 4))


def test_a_mark_is_found_in_the_texts_own_characters() -> None:
    found: Mark = mark("role between names")
    assert found.cut_from("張三 通訊員 李四 記者 王五") == "張三 李四 王五"
    assert "張三" not in found


def test_few_classes_fold_the_script_by_hand() -> None:
    sources = [*FOLDER.parent.glob("*.py"), *FOLDER.glob("*.toml")]
    texts = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    classes = re.findall(r"\[([^\]\\]*)\]", texts)
    assert len(classes) > 300
    assert [
        c for c in classes if len(set(fold(c))) < len(set(c)) and not re.search("[\"',]", c)
    ] == []
