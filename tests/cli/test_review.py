"""``readaloud review``: what is doubtful, and writing down how it is to be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from readaloud.editions.review import (
    DoubtfulReading,
    doubtful_groups,
    find_doubtful,
    write_choice,
)
from readaloud.errors import ConfigError
from readaloud.model import Article, Chapter, Script, Utterance

Cli = Callable[..., Result]
ARTICLE = """老街的钟楼

看门人数着钟声，数到第七下就下楼。
乐先生为木匠看门，还为期末考发愁。
夜里起了风，他数了数落下的叶子。
"""


def doubtful(cli: Cli, article: Path) -> dict[str, dict[str, object]]:
    result = cli("review", article, "--json")
    assert result.exit_code == 0, result.stderr
    return {each["word"]: each for each in json.loads(result.stdout)["doubtful"]}


def test_doubtful_readings_come_with_their_rivals_and_their_sentence(
    cli: Cli, article: Path
) -> None:
    show = doubtful(cli, article)["数到"]
    rivals = ["shu4", "shuo4", "shu5"]
    assert (show["character"], show["chosen"], show["others"]) == ("数", "shu3", rivals)
    assert show["pinyin"] == "shu3 dao4"
    assert (show["line"], show["text"]) == (3, "看门人数着钟声，数到第七下就下楼。")


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
    assert told[0].endswith("are doubtful.")
    assert "line 3: 看门人数着钟声，数到第七下就下楼。" in told
    assert not [line for line in told if "Enter" in line]


def test_a_choice_goes_into_the_lexicon_beside_the_article(cli: Cli, article: Path) -> None:
    place = list(doubtful(cli, article)).index("数到")
    result = cli("review", article, "--ask", stdin="\n" * place + "1\nq\n")
    assert result.exit_code == 0, result.stderr
    lexicon = article.with_name("news.lexicon.toml")
    assert lexicon.read_text("utf-8") == '[words]\n"数到" = "shu4 dao4"\n'
    assert "数到" not in doubtful(cli, article)


def test_what_is_right_is_written_too_and_asked_no_more(cli: Cli, article: Path) -> None:
    words = doubtful(cli, article)
    cli("review", article, "--ask", stdin="0\n" * len(words))
    assert not doubtful(cli, article)
    written = article.with_name("news.lexicon.toml").read_text("utf-8")
    assert all(f'"{word}" = "{each["pinyin"]}"' in written for word, each in words.items())


def test_pinyin_of_ones_own_is_taken_and_nonsense_asked_again(cli: Cli, article: Path) -> None:
    place = list(doubtful(cli, article)).index("数到")
    answers = "\n" * place + "77\nxyz\nshù\nq\n"
    result = cli("review", article, "--ask", stdin=answers)
    assert result.stderr.count("Error:") == 2
    written = article.with_name("news.lexicon.toml").read_text("utf-8")
    assert '"数到" = "shu4 dao4"' in written


def utterance(
    text: str, readings: str, starts: tuple[int, ...], doubts: dict[int, float]
) -> Utterance:
    return Utterance(
        "u", "c", "sentence", text, text,
        readings=tuple(readings.split(" ")),
        word_starts=starts,
        doubts=tuple(doubts.get(place, 0.0) for place in range(len(text))),
    )  # fmt: skip


def test_the_same_reading_in_the_same_word_is_one() -> None:
    said = [
        utterance("单教练来", "shan4 jiao4 lian4 lai2", (0, 1, 3), {0: 0.2}),
        utterance("单教练走", "shan4 jiao4 lian4 zou3", (0, 1, 3), {0: 0.4}),
    ]
    (group,) = doubtful_groups(said, 0.1)
    assert (group.doubt, group.places) == (0.4, [(0, 0), (1, 0)])


def test_a_word_takes_in_neighbours_until_it_is_read_in_one_way() -> None:
    article = Article("a", None, None, None, "zh-Hans", (Chapter("c01", None, ()),), ())
    said = (
        utterance("他还钱", "ta1 huan2 qian2", (0, 1, 2), {1: 0.3}),
        utterance("我还钱少", "wo3 hai2 qian2 shao3", (0, 1, 2, 3), {}),
        utterance("他还钱", "ta1 huan2 qian2", (0, 1, 2), {}),
    )
    (found,) = find_doubtful(Script(article, said[::2]), 9)
    assert (found.word, found.at, found.count) == ("还钱", 1 - 1, 1)
    (wider,) = find_doubtful(Script(article, said), 9)
    assert (wider.word, wider.at) == ("他还钱", 1)


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
