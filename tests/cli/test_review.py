"""``readaloud review``: what is doubtful, and writing down how it is to be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from readaloud.editions.review import DoubtfulReading, write_choice
from readaloud.errors import ConfigError

Cli = Callable[..., Result]
ARTICLE = """老街的钟楼

为时装秀搭的台子还在，他已经还了钱。
朝阳区的单教练得到了消息。
朝阳区的单教练得到了掌声。
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def doubtful(cli: Cli, article: Path) -> dict[str, dict[str, object]]:
    result = cli("review", article, "--json")
    assert result.exit_code == 0, result.stderr
    return {each["word"]: each for each in json.loads(result.stdout)["doubtful"]}


def test_doubtful_readings_come_with_their_rivals_and_their_sentence(
    cli: Cli, article: Path
) -> None:
    coach = doubtful(cli, article)["单教练"]
    assert coach["chosen"] == "shan4"
    assert coach["others"] == ["dan1", "chan2"]
    assert coach["pinyin"] == "shan4 jiao4 lian4"
    assert (coach["line"], coach["text"], coach["count"]) == (4, "朝阳区的单教练得到了消息。", 2)


def test_the_most_doubtful_come_first_and_no_more_than_asked(cli: Cli, article: Path) -> None:
    doubts = [each["doubt"] for each in doubtful(cli, article).values()]
    assert len(doubts) >= 2
    assert doubts == sorted(doubts, reverse=True)  # type: ignore[type-var]
    first = json.loads(cli("review", article, "--json", "--most", 1).stdout)
    assert len(first["doubtful"]) == 1
    assert first["count"] == len(doubts)


def test_plan_counts_them(cli: Cli, article: Path) -> None:
    count = len(doubtful(cli, article))
    assert json.loads(cli("plan", article, "--json").stdout)["doubtful_readings"] == count
    assert f"doubtful readings: {count}\n" in cli("plan", article, "--plain").stdout
    online = cli("plan", article, "--json", "--voice", "online-xiaoxiao").stdout
    assert json.loads(online)["doubtful_readings"] is None


def test_lists_by_lines_and_asks_nobody_who_is_not_there(cli: Cli, article: Path) -> None:
    told = cli("review", article).stdout.splitlines()
    assert told[0].endswith("readings are doubtful.")
    assert "line 3: 为时装秀搭的台子还在，他已经还了钱。" in told
    assert not [line for line in told if "Enter" in line]


def test_a_choice_goes_into_the_lexicon_beside_the_article(cli: Cli, article: Path) -> None:
    words = list(doubtful(cli, article))
    place = words.index("单教练")
    result = cli("review", article, "--ask", stdin="\n" * place + "1\nq\n")
    assert result.exit_code == 0, result.stderr
    lexicon = article.with_name("news.lexicon.toml")
    assert lexicon.read_text("utf-8") == '[words]\n"单教练" = "dan1 jiao4 lian4"\n'
    assert "单教练" not in doubtful(cli, article)


def test_what_is_right_is_written_too_and_asked_no_more(cli: Cli, article: Path) -> None:
    count = len(doubtful(cli, article))
    cli("review", article, "--ask", stdin="0\n" * count)
    assert not doubtful(cli, article)
    assert '"单教练" = "shan4 jiao4 lian4"' in article.with_name("news.lexicon.toml").read_text(
        "utf-8"
    )


def test_pinyin_of_ones_own_is_taken_and_nonsense_asked_again(cli: Cli, article: Path) -> None:
    place = list(doubtful(cli, article)).index("单教练")
    result = cli("review", article, "--ask", stdin="\n" * place + "77\nxyz\nchán\nq\n")
    assert result.stderr.count("Error:") == 2
    assert '"单教练" = "chan2 jiao4 lian4"' in article.with_name("news.lexicon.toml").read_text(
        "utf-8"
    )


def test_a_source_that_can_not_be_read_is_named(cli: Cli, tmp_path: Path) -> None:
    result = cli("review", tmp_path / "none.txt")
    assert result.exit_code == 3
    assert "none.txt: Error:" in result.stderr


COACH = DoubtfulReading("单教练", 0, ("shan4", "jiao4", "lian4"), ("dan1",), 0.1, "", 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[words]\n"单教练" = "dan1 jiao4 lian4"\n'),
        (
            '# mine\n[words]\n"重庆" = "chong2 qing4"',
            '# mine\n[words]\n"单教练" = "dan1 jiao4 lian4"\n"重庆" = "chong2 qing4"',
        ),
        (
            '[words] # mine\n"单教练" = "shan4 jiao4 lian4"\n"iPhone" = "爱疯"\n',
            '[words] # mine\n"单教练" = "dan1 jiao4 lian4"\n"iPhone" = "爱疯"\n',
        ),
    ],
)
def test_the_rest_of_a_lexicon_stays(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "a.lexicon.toml"
    path.write_text(before, encoding="utf-8")
    assert write_choice(path, COACH, "dan1") == "dan1 jiao4 lian4"
    assert path.read_text("utf-8") == after


def test_a_lexicon_that_can_not_take_a_word_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.lexicon.toml"
    path.write_text('words = {"重庆" = "chong2 qing4"}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="can't be added"):
        write_choice(path, COACH, "dan1")
    assert path.read_text("utf-8") == 'words = {"重庆" = "chong2 qing4"}\n'
