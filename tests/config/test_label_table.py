"""What ``[label]`` may say: the standard's rule on the words, and what a signature needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from readaloud.config.run_options import make_options
from readaloud.errors import ConfigError
from readaloud.model import Label, says_it

MARKS = [
    "本音频由人工智能合成。",
    "本音频由人工智能生成。",
    "以下内容为AI生成",
    "本节目由 AI 语音合成朗读",
    "ＡＩ合成语音",
    "本節目的語音由人工智能合成。",
    "AI-generated，人工智能生成合成内容",
]
NO_MARKS = [
    "本音频由机器朗读。",
    "本音频由人工智能朗读。",  # not what it is
    "本音频为合成语音。",  # not what made it
    "本音頻由人工智慧合成。",  # Taiwan's word is not the standard's
    "Read by AI.",
    "MAIN 合成",
    "AIR 生成",
    "人工合成的智能语音",
    "生成",
    "",
]


@pytest.mark.parametrize("words", MARKS)
def test_words_that_are_a_mark(words: str) -> None:
    assert says_it(words)


@pytest.mark.parametrize("words", NO_MARKS)
def test_words_that_are_none(words: str) -> None:
    assert not says_it(words)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_our_own_words_are_a_mark(language: str) -> None:
    assert says_it(Label().notice(language))


def _config(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(f"[label]\n{text}\n", encoding="utf-8")
    return path


def test_the_table_and_the_flag(tmp_path: Path) -> None:
    config = _config(
        tmp_path, 'mode = "cn"\nsentence = "本期由\\n AI 合成。"\ncertificate = "c.pem"'
    )
    label = make_options({}, config).mark
    assert (label.mode, label.sentence) == ("cn", "本期由 AI 合成。")
    assert label.certificate == tmp_path / "c.pem"
    assert make_options({"label": "off"}, config).mark.mode == "off"
    assert make_options({}).mark.mode == "off"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('sentence = "机器朗读。"', "line 2: [label] sentence is no mark"),
        ('mode = "us"', "mode is 'us'"),
        ('where = "middle"', "where is 'middle'"),
        ("rhythm = 1", "rhythm is 1"),
        ('colour = "red"', "unknown key 'colour'"),
        ("certificate = 3", "certificate is 3"),
        ('mode = "eu"\nkey = "k.pem"', "no certificate"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make_options({}, _config(tmp_path, text))
    assert told in str(caught.value.message)
    assert caught.value.remedy


def test_a_flag_that_is_none() -> None:
    with pytest.raises(ConfigError, match="label is 'us'"):
        make_options({"label": "us"})
