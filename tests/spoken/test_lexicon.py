"""Words as a user wants them said, for voices that take pinyin and for those that don't."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from conftest import within
from readaloud.errors import ConfigError
from readaloud.model import Voice
from readaloud.spoken import pronounce, read_lexicon
from readaloud.spoken.lexicon import Lexicon, make_lexicon
from readaloud.spoken.pinyin import read_aloud

Cli = Callable[..., Result]
EMBEDDED = Voice("x", "kokoro", "zf_xiaoxiao", "zh-CN", "female", "simplified")
ONLINE = Voice("y", "edge", "zh-CN-XiaoxiaoNeural", "zh-CN", "female", "simplified")
TAIWAN = Voice("z", "edge", "zh-TW-HsiaoChenNeural", "zh-TW", "female", "taiwan")
WORDS = {"重山镇": "chong2 shan1 zhen4", "iPhone": "爱疯", "SAIC": "shang4 qi4", "𪚥": "zhe2"}


def test_the_embedded_voice_takes_the_pinyin() -> None:
    said = pronounce("重山镇在山里。", EMBEDDED, True, make_lexicon(WORDS))
    assert said.spoken == "重山镇在山里。"
    assert said.readings[:3] == ("chong2", "shan1", "zhen4")


def test_an_online_voice_gets_other_characters_of_the_same_sound() -> None:
    said = pronounce("重山鎮在山裡。", ONLINE, False, make_lexicon(WORDS))
    assert said.spoken.endswith("山镇在山里。")
    assert said.spoken[0] != "重"
    assert said.readings[0] == "chong2"
    regional = pronounce("重山鎮在山裡。", TAIWAN, False, make_lexicon(WORDS))
    assert regional.spoken.endswith("山鎮在山裡。")
    assert regional.spoken[0] != "重"


def test_respellings_and_pinyin_for_latin_words() -> None:
    lexicon = make_lexicon(WORDS)
    assert pronounce("iPhone 15和SAIC", EMBEDDED, True, lexicon).spoken.startswith("爱疯 十五和")
    said = pronounce("SAIC公司，SAICX", EMBEDDED, True, lexicon)
    assert said.readings[:2] == ("shang4", "qi4")
    assert said.spoken.endswith("SAICX")


def test_a_rare_character_is_said_once_it_has_a_reading() -> None:
    assert pronounce("他叫𪚥。", EMBEDDED, True, make_lexicon(WORDS)).spoken == "他叫𪚥。"


def test_the_nearer_lexicon_wins() -> None:
    near, far = (
        make_lexicon({"重山": "重新的山", "甲": "jia3"}),
        make_lexicon({"重山": "chong2 shan1"}),
    )
    merged = near.over(far)
    assert merged.respell("重山") == "重新的山"
    assert "重山" not in merged.readings
    assert merged.readings["甲"] == ("jia3",)


@pytest.mark.parametrize(
    "content",
    ["[words]\nA = 3\n", '[words]\nA = ""\n', '[words]\n重山 = "a"', "[word]\n", "words = 3", "["],
)
def test_a_broken_lexicon_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"lexicon\.toml"):
        read_lexicon(path)


def test_pinyin_that_no_character_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('[words]\n"重山" = "bzz1 shan1"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="bzz1"):
        read_lexicon(path)


@given(st.sampled_from(sorted({"zhong4", "hang2", "lv4", "er2", "de5", "shan4", "qiu2", "zeng1"})))
def test_chosen_characters_are_read_as_wanted(syllable: str) -> None:
    lexicon = make_lexicon({"AB": syllable})
    assert read_aloud(lexicon.respell("AB")).syllables == (syllable,)


def test_an_empty_lexicon_changes_nothing() -> None:
    assert Lexicon().respell("甲") == "甲"
    assert Lexicon().rewrite("甲") == "甲"
    assert Lexicon().correct("甲", ("jia3",)) == ("jia3",)


def test_files_of_the_folder_the_user_and_the_article(cli: Cli, tmp_path: Path) -> None:
    words = '[words]\n"甲村" = "乙村"\n"丙村" = "丁村"\n'
    Path("lexicon.toml").write_text(words, encoding="utf-8")
    article = tmp_path / "news.txt"
    article.write_text("甲村和丙村。", encoding="utf-8")
    own = tmp_path / "news.lexicon.toml"
    own.write_text('[words]\n"甲村" = "戊村"\n', encoding="utf-8")
    plan = json.loads(cli("plan", article, "--json").stdout)
    assert plan["chapters"][0]["utterances"][0]["spoken"] == "戊村和丁村。"
    assert "乙村" in cli("pronounce", "甲村").stdout
    assert cli("pronounce", "甲村", "--lexicon", tmp_path / "none.toml").exit_code == 2
    own.write_text("[", encoding="utf-8")
    assert cli("plan", article).exit_code == 2


def test_a_hundred_thousand_words_are_looked_up_at_once() -> None:
    hanzi = [chr(code) for code in range(0x4E00, 0x4E00 + 330)]
    lexicon = Lexicon(respellings={f"{a}{b}": "好" for a in hanzi for b in hanzi[:310]})
    with within(1):
        for _ in range(50):
            assert lexicon.respell(f"春天来过{hanzi[5]}{hanzi[6]}。") == "春天来过好。"
