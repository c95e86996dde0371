from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ink import in_document, visible

from conftest import within
from readaloud.errors import UnreadableSourceError
from readaloud.model import Document, Source
from readaloud.sources.readers.markdown.reader import read_markdown


def read(text: str) -> Document:
    return read_markdown(Source("a.md", "a", ".md", text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000 + "文",
        "![" * 50_000 + "文",
        "[" * 25_000 + "文" + "]" * 25_000,
        "文*a**b" * 15_000,
        "$a" * 40_000,
        "[^a" * 30_000,
        "\n".join(f"文[^{n}]\n\n[^{n}]: 注\n" for n in range(4_000)),
        "好的，" * 57_000,
    ],
)
def test_no_input_takes_long(text: str) -> None:
    with within(3):
        assert in_document(read(text))


@pytest.mark.parametrize("opened", [">", "> ", "- ", "[^a]: "])
def test_nesting_without_end_is_refused_at_once(opened: str) -> None:
    with within(2), pytest.raises(UnreadableSourceError, match="deep"):
        read(opened * 10_000 + "文")


prose = st.text("甲乙丙，。！？“”（）《》ab 12😀é", min_size=1, max_size=30)
parts = st.one_of(
    prose,
    prose.map(lambda text: f"# {text}"),
    prose.map(lambda text: f"- {text}"),
    prose.map(lambda text: f"- [x] {text}"),
    prose.map(lambda text: f"> {text}"),
    prose.map(lambda text: f"**{text}**"),
    prose.map(lambda text: f"```\n{text}\n```"),
    prose.map(lambda text: f"<div>{text}</div>"),
    prose.map(lambda text: f"甲[^1]{text}\n\n[^1]: {text}"),
    st.lists(prose, min_size=1, max_size=3).map("\n".join),
)


@given(st.lists(parts, max_size=12))
def test_no_visible_character_is_lost(pieces: list[str]) -> None:
    text = "\n\n".join(pieces)
    plain = visible(text).replace("<div>", "").replace("</div>", "")
    # Numbers and marks of lists are layout; so are the brackets of boxes and notes.
    assert _letters(plain) == _letters(in_document(read(text)))


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isdigit() and char not in "#>-`*[]^:x")


@given(st.text("甲乙。\n\n#>-*_`[]()!<>|&:\\ ab1~=^$x+😀\u200b\ue000\u3000", max_size=200))
def test_no_chinese_character_is_lost_in_any_markup(text: str) -> None:
    found = in_document(read(text))
    assert Counter(c for c in text if c in "甲乙。😀") == Counter(
        c for c in found if c in "甲乙。😀"
    )
