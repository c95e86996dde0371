"""TOML files: what is wrong in them is named with its place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from conftest import within
from readaloud.config.toml_tables import find_line, read_toml
from readaloud.errors import ConfigError

TEXT = """\
title = "a"
[one]
text = '''
[two]
wrong = 3
'''
"with space" = 1 # a note
[[entry]]
name = "first"
[[entry]]
  name = "second"
  [one."two.three"]
deep = 2
"""


@dataclass(frozen=True)
class Size:
    width_ms: int = 1


@dataclass(frozen=True, kw_only=True)
class Thing:
    name: str
    kind: Literal["a", "b"] = "a"
    share: float = 0.5
    words: tuple[str, ...] = ()
    size: Size = Size()


def make_things(path: Path) -> list[Thing]:
    return [table.make(Thing, {"share": (0, 1)}) for table in read_toml(path).tables("thing")]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("title",), 1),
        (("one",), 2),
        (("one", "text"), 3),
        (("two",), None),
        (("one", "wrong"), None),
        (("one", "with space"), 7),
        (("entry", 0), 8),
        (("entry", 1, "name"), 11),
        (("one", "two.three", "deep"), 13),
        ((), None),
    ],
)
def test_the_line_of_a_key(keys: tuple[str | int, ...], line: int | None) -> None:
    assert find_line(TEXT, keys) == line


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[[thing]]\nkind = "a"', "line 1: thing 1: name is missing"),
        (
            '[[thing]]\nname = "x"\n\n[[thing]]\nname = 3',
            "line 5: thing 2: name is 3; expected a text",
        ),
        (
            '[[thing]]\nname = "x"\nshare = true',
            "line 3: thing “x”: share is True; expected a number",
        ),
        ('[[thing]]\nname = "x"\nshare = 7', "share is 7; it must be between 0 and 1"),
        ('[[thing]]\nname = "x"\nshare = nan', "share is nan; it must be between 0 and 1"),
        ('[[thing]]\nname = "x"\nkind = "c"', "kind is 'c'; it must be one of a, b"),
        ('[[thing]]\nname = "x"\nkind = ["a"]', "it must be one of a, b"),
        (
            '[[thing]]\nname = "x"\nwords = ["a", 1]',
            "line 3: thing “x”: words is ['a', 1]; expected a list",
        ),
        (
            '[[thing]]\nname = "x"\nsize = { width_ms = 1.5 }',
            "width_ms is 1.5; expected a whole number",
        ),
        (
            '[[thing]]\nname = "x"\n[thing.size]\nheight = 1',
            "unknown key 'height'; known: width_ms",
        ),
        ("[thing]", "thing is {}; expected [[thing]]"),
        ("thing = [1]", "line 1: thing is 1; expected a table"),
        ("thing = " + "[" * 5000 + "]" * 5000, "can't be read"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"a\.toml") as caught:
        make_things(path)
    assert words in str(caught.value)


def test_values_are_made_and_the_rest_is_given(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('kind = "b"\nshare = 1\nwords = ["x"]\n[size]\nwidth_ms = 3\n', "utf-8-sig")
    made = read_toml(path).make(Thing, name="given")
    assert made == Thing(name="given", kind="b", share=1, words=("x",), size=Size(3))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml can't be read: No such file"):
        read_toml(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{b=" * 100_000,
        "a" + ".b" * 100_000 + " = 1",
        '"a"' + '."b"' * 10_000 + " = 1",
        "[" + "a." * 50_000 + "a]",
        "a = 0x" + "f" * 9000,
        "a = " + "9" * 9000,
        "\0",
    ],
    ids=range(8),
)
def test_what_is_nested_or_long_without_end_is_refused_soon(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"{text}\n", encoding="utf-8")
    with within(5), pytest.raises(ConfigError, match=r"a\.toml"):
        read_toml(path).check_keys(())


def test_a_value_beyond_what_can_be_written_is_told_in_short(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"title = 0x{'f' * 9000}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"title is \(int\); expected a text"):
        read_toml(path).text_at("title")


def test_a_pipe_is_no_file_of_settings(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    with pytest.raises(ConfigError, match="Not a regular file"):
        read_toml(tmp_path / "a.toml")
