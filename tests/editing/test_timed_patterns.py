"""Patterns of the user's: they are Python's, and their searches end."""

from __future__ import annotations

import re

import pytest

from conftest import within
from readaloud.editing import timed_patterns
from readaloud.editing.timed_patterns import TimedPattern
from readaloud.errors import ConfigError

ENDLESS = ["(a|a)*$", "(a|aa)+$", "((a+)+)+$", "(?:a?){40}a{40}$", "(a*)*b"]


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_search_without_end_is_an_error_soon(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_patterns, "MOST_SECONDS", 0.2)
    timed = TimedPattern(pattern, "here: ")
    told = ""
    with within(2):
        try:
            assert timed.search("a" * 2000 + "c") is None  # what ``regex`` sees through
        except ConfigError as error:
            told = str(error)
    assert not told or "here: it searches without end in “aaa" in told


def test_slow_searches_share_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed_patterns, "MOST_SECONDS", 0.2)
    timed = TimedPattern("(a|a)*$", "")
    with within(2):
        for _ in range(50):
            with pytest.raises(ConfigError, match="searches without end"):
                timed.search("a" * 2000 + "c")
    assert timed.search("a") is not None


@pytest.mark.parametrize(
    "pattern", ["(" * 12 + "a" + "){5}" * 12, "((((a){99}){99}){99}){99}", "((?:ab|c){500}){500}"]
)
def test_what_would_take_all_memory_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match="here: it repeats too much"):
        TimedPattern(pattern, "here: ")


@pytest.mark.parametrize("pattern", ["a{99999999999}", "(", "a**", r"\p{Han}", "(?R)"])
def test_what_python_does_not_take_is_not_taken(pattern: str) -> None:
    with pytest.raises((re.error, OverflowError)):
        TimedPattern(pattern, "")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(?:本报|本台)(?!记者)\S{2,8}消息", "本台今日最新消息"),
        (r"(?P<n>\d{1,3})(?=[室厅卫])", "有12室的房子"),
        (r"(?<=第)[一二三]+(?=章)", "第三章和第一章"),
        (r"(?i)news\b|[^\W\d_]+", "新闻 NEWS 12"),
        (r"(.)\1", "高高兴兴"),
        (r"[[a-z]+\]", "[[a]]"),
        (r"(?:[一-龥]{2,4}、){1,9}[一-龥]{2,4}", "张三丰、李四、王五"),
    ],
)
def test_it_finds_what_python_finds(pattern: str, text: str) -> None:
    timed, plain = TimedPattern(pattern, ""), re.compile(pattern)
    assert [m.span() for m in timed.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert bool(timed.fullmatch(text)) == bool(plain.fullmatch(text))
