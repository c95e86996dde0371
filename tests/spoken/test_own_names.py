"""What is a name in one place of an article is one in all of it."""

from __future__ import annotations

import pytest

from readaloud.model import Article, Block, Chapter, Script, Voice
from readaloud.speech.engines.kokoro.phonemes import can_say
from readaloud.spoken import make_script
from readaloud.spoken.own_names import OWN_NAME, find_names
from readaloud.spoken.pinyin import read_aloud

VOICE = Voice("x", "kokoro", "zf_xiaoxiao", "zh-CN", "female", "simplified")


def script_of(*lines: str, byline: str | None = None) -> Script:
    blocks = tuple(Block(line, number) for number, line in enumerate(lines, 1))
    chapters = (Chapter("c01", None, blocks),)
    article = Article("a.txt", None, byline, None, "zh-Hans", chapters, ())
    return make_script(article, VOICE, 90, True, can_say)


def said(script: Script, words: str) -> str:
    """How words are read where they stand last."""
    whole = [u for u in script.utterances if words in u.spoken][-1]
    at = whole.spoken.index(words)
    return " ".join(whole.readings[at : at + len(words)])


@pytest.mark.parametrize(
    ("lines", "word", "reading"),
    [
        (["记者 单一鸣 报道", "昨夜单一鸣走了。"], "单一鸣", "shan4 yi1 ming2"),
        (["曾长乐表示，他不同意。", "后来曾长乐走了。"], "曾长乐", "zeng1 chang2 le4"),
        (["解一鸣告诉大家，车坏了。", "后来解一鸣走了。"], "解一鸣", "xie4 yi1 ming2"),
    ],
)
def test_a_person_is_one_throughout(lines: list[str], word: str, reading: str) -> None:
    assert said(script_of(*lines), word) == reading


def test_a_byline_names_a_person() -> None:
    script = script_of("昨夜单一鸣走了。", byline="单一鸣")
    assert said(script, "单一鸣") == "shan4 yi1 ming2"


def test_no_word_passes_the_edge_of_a_name() -> None:
    names = find_names(
        ["《长安十二时辰》重播。", "昨夜长安十二时辰重播。", "安徽省长丰县，长丰县。"]
    )
    assert [word for word, _ in names.segment("安徽省长丰县")] == ["安徽省", "长丰县"]
    assert "".join(word for word, _ in names.segment("长安十二时辰重播")) == "长安十二时辰重播"
    assert names.words["长安十二时辰"][0][0] == "长安"


def test_what_stands_once_and_what_is_a_common_word_is_no_name() -> None:
    names = find_names(["记者 高兴 报道", "大家都很高兴。", "单一鸣表示，他不去。"])
    assert not any(tag == OWN_NAME for words in names.words.values() for _, tag in words)


def test_without_names_nothing_changes() -> None:
    text = "昨天，长丰县的单一品种多了三成。"
    assert read_aloud(text) == read_aloud(text, None, find_names([text]))
