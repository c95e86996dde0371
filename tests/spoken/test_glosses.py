"""Readings in brackets are no text: they say how the word before them is read."""

from __future__ import annotations

import pytest

from readaloud.model import Article, Block, Chapter, Script, Voice
from readaloud.speech.engines.kokoro.phonemes import can_say
from readaloud.spoken import Lexicon, make_script, pronounce
from readaloud.spoken.lexicon import make_lexicon

VOICE = Voice("x", "kokoro", "zf_xiaoxiao", "zh-CN", "female", "simplified")


NO_WORDS = Lexicon()


def script_of(block: Block, *, embedded: bool = True, lexicon: Lexicon = NO_WORDS) -> Script:
    article = Article("a", None, None, None, "zh-Hans", (Chapter("c01", None, (block,)),), ())
    says = can_say if embedded else lambda _: True
    return make_script(article, VOICE, 90, embedded, says, lexicon)


@pytest.mark.parametrize(
    ("written", "text", "gone"),
    [
        ("贵州瓮安（wèng ān）县。", "贵州瓮安县。", ["（wèng ān）"]),
        ("饕餮（tāotiè）纹。", "饕餮纹。", ["（tāotiè）"]),
        ("觊觎[jì yú]一词。", "觊觎一词。", ["[jì yú]"]),
        ("住在亳（音博）州。", "住在亳州。", ["（音博）"]),
        ("邻居姓单（读音shàn）。", "邻居姓单。", ["（读音shàn）"]),
        ("“夔”（kui2）字。", "“夔”字。", ["（kui2）"]),
        ("饕餮（tāo tiè，传说中的怪兽）。", "饕餮（传说中的怪兽）。", ["tāo tiè，"]),
        ("夔（ㄎㄨㄟˊ）龙。", "夔龙。", ["（ㄎㄨㄟˊ）"]),
        ("联合国（UN）和世贸组织（WTO）。", "联合国（UN）和世贸组织（WTO）。", []),
        ("咖啡（café）和巴黎（Orléans）。", "咖啡（café）和巴黎（Orléans）。", []),
        ("古典（音乐）会。", "古典（音乐）会。", []),
        ("“亳”字读作（bó）。", "“亳”字读作（bó）。", []),
        ("氧气（O2）和安（an）。", "氧气（O2）和安（an）。", []),
    ],
)
def test_what_goes_and_what_stays(written: str, text: str, gone: list[str]) -> None:
    script = script_of(Block(written, 3))
    assert "".join(u.text for u in script.utterances) == text
    assert [(r.line, r.text, r.reason) for r in script.skipped] == [
        (3, one, "reading in brackets") for one in gone
    ]
    assert script.article.chapters[0].blocks[0].text == text


@pytest.mark.parametrize(
    ("block", "character", "readings"),
    [
        (Block("长城长（cháng），长（zhǎng）子。", 1), "长", "chang2 chang2 zhang3"),
        (Block("他姓单（音善）。", 1), "单", "shan4"),
        (Block("重（chóng）新。", 1), "重", "chong2"),
        (Block("3月5日，他说重（chóng）了。", 1), "重", "chong2"),
        (Block("他姓单。", 1, ruby=(("单", "shàn"),)), "单", "shan4"),
        (Block("他姓单。", 1), "单", "shan4"),
    ],
)
def test_the_word_is_read_so_in_that_place(block: Block, character: str, readings: str) -> None:
    (utterance,) = script_of(block).utterances
    read = zip(utterance.spoken, utterance.readings, strict=True)
    assert [said for sign, said in read if sign == character] == readings.split()


def test_the_lexicon_of_the_user_goes_before() -> None:
    lexicon = make_lexicon({"单": "dan1"})
    (utterance,) = script_of(Block("他姓单（shàn）。", 1), lexicon=lexicon).utterances
    assert "dan1" in utterance.readings


def test_a_voice_that_takes_no_readings_gets_a_character_of_the_sound() -> None:
    (utterance,) = script_of(Block("他属于单（shàn）家。", 1), embedded=False).utterances
    assert utterance.text == "他属于单家。"
    assert "单" not in utterance.spoken


def test_a_traditional_word_is_read_so_too() -> None:
    block = Block("他姓單（shàn），從小長（zhǎng）在這裡。", 1)
    article = Article("a", None, None, None, "zh-Hant", (Chapter("c01", None, (block,)),), ())
    script = make_script(article, VOICE, 90, True, can_say)
    assert script.utterances[0].text == "他姓單，從小長在這裡。"
    assert {"shan4", "zhang3"} <= set(script.utterances[0].readings)


def test_pronounce_reads_a_word_by_its_bracket() -> None:
    utterance = pronounce("邻居姓单（dān）。", VOICE)
    assert (utterance.text, utterance.spoken) == ("邻居姓单。", "邻居姓单。")
    assert "dan1" in utterance.readings


def test_a_reading_that_only_the_title_has_is_on_record() -> None:
    block = Block("药市在城南。", 3)
    article = Article(
        "a", "亳（bó）州", None, None, "zh-Hans", (Chapter("c01", None, (block,)),), ()
    )
    script = make_script(article, VOICE, 90, True, can_say)
    assert script.article.title == "亳州"
    assert [removal.text for removal in script.skipped] == ["（bó）"]
