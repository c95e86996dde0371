"""Deadlines, the choice of articles, stories that are the same, and settings that are wrong."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import Result

from readaloud.editing.same_story import is_same_story, make_story
from readaloud.errors import ConfigError, OutputError
from readaloud.morning.choice import choose
from readaloud.morning.database import Database
from readaloud.morning.deadline import day_of, make_deadline, parse_time
from readaloud.morning.seen import Article, KnownStory
from readaloud.morning.settings import Morning, SourceSettings, read_morning

Cli = Callable[..., Result]
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "by", "day", "has_passed"),
    [
        ("2026-11-23T05:30", "07:00", 23, False),
        ("2026-11-23T08:30", "07:00", 23, True),
        ("2026-11-23T18:59", "07:00", 23, True),
        ("2026-11-23T19:30", "07:00", 24, False),
        ("2026-11-24T00:10", "23:30", 23, True),
        ("2026-11-23T05:30", "", 23, False),
    ],
)
def test_a_time_of_day_is_to_come_or_has_passed(
    now: str, by: str, day: int, has_passed: bool
) -> None:
    clock = lambda: datetime.fromisoformat(now).astimezone()  # noqa: E731
    deadline, passed = make_deadline(by, 1, clock)
    assert (passed is not None) == has_passed
    assert (deadline.at is None) == (has_passed or not by)
    assert day_of(by, clock).day == day


def test_the_time_is_shared_out() -> None:
    deadline, _ = make_deadline("07:00", 4, NOW.astimezone)
    assert deadline.at is not None
    whole = deadline.left_s()
    assert 0 < deadline.gather_ends() - time.monotonic() <= min(600, whole / 4)
    assert deadline.speaking_ends(600) < deadline.speaking_ends(60) < time.monotonic() + whole


@pytest.mark.parametrize("text", ["7", "24:00", "07:60", "七点"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ConfigError, match="no time of day"):
        parse_time(text)


def article(number: int, source: str = "甲", hours: float = 1, **more: object) -> Article:
    at = NOW - timedelta(hours=hours)
    made = Article(number, source, f"https://x/{number}", "", at, at, False, False, 0)
    return replace(made, **more)  # type: ignore[arg-type]


def morning(most: int = 40, **first: object) -> Morning:
    sources = (SourceSettings("甲", feed="x", **first), SourceSettings("乙", feed="y"))  # type: ignore[arg-type]
    return Morning("早安", most=most, sources=sources)


def test_late_ones_come_first_then_the_newest() -> None:
    waiting = [
        article(1, hours=5),
        article(2, hours=90, late=True),
        article(3, hours=1),
        article(4, "乙", hours=2),
        article(5, hours=50),
        article(6, "丙"),
    ]
    choice = choose(waiting, morning(most=3), NOW)
    assert [each.id for each in choice.taken] == [2, 3, 4]
    assert [each.id for each in choice.over] == [1]
    assert {each.id for each, _ in choice.gone} == {5, 6}
    choice = choose(waiting, morning(most=2), NOW)
    assert [each.id for each in choice.taken] == [2, 4], "each source has a turn"
    assert len(choose([article(n) for n in range(30)], morning(), NOW).taken) == 10


WIRE = (
    "新桥昨日通车",
    "昨天下午三时，横跨清河的新桥正式通车，全长1280米，双向六车道。",
    "市交通局说，两岸居民过河的时间从40分钟缩短到8分钟，公交线路也将调整。",
    "桥上设有盲道和语音提示，江边步道预计明年春天开放。",
)


@pytest.mark.parametrize(
    "other",
    [
        ("本报讯：新桥昨日通车", *WIRE[1:], "（编辑：王某）"),
        ("新橋昨日通車", *(line.replace("桥", "橋").replace("说", "說") for line in WIRE[1:])),
        (WIRE[0], *WIRE[1:3]),
        ("清河两岸连通", "记者从市交通局获悉：" + WIRE[1], WIRE[2], WIRE[3]),
    ],
)
def test_the_same_story_is_known(other: tuple[str, ...]) -> None:
    assert is_same_story(make_story(WIRE), make_story(other))
    assert is_same_story(make_story(other), make_story(WIRE))


WEATHER = (
    "今天白天多云，最高气温{}度，最低气温{}度，东北风{}级，相对湿度{}%，出门请带伞，注意添衣保暖。"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((WEATHER.format(12, 3, 4, 60),), (WEATHER.format(9, 1, 5, 72),)),
        (WIRE, ("老桥开始拆除", "昨天上午，清河老桥开始拆除，预计工期60天，两岸居民请绕行新桥。")),
        (WIRE, ("新桥昨日通车",)),
        ((WIRE[1],), (*WIRE, *("另有消息，城西的公园今天重新开放，湖边种了柳树。" * 12,))),
    ],
)
def test_another_story_is_another(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert not is_same_story(make_story(one), make_story(other))


def test_a_source_may_have_two_notices_that_are_nearly_the_same() -> None:
    notice = (
        "因管道检修，明天上午9点到下午5点，{}全线停水，请居民提前储水，"
        "停水期间关好水龙头，恢复供水后先放水再使用。"
    )
    one, other = (make_story([notice.format(street)]) for street in ("滨江路", "湖滨路"))
    known = KnownStory(1, "甲", "停水", one)
    assert not known.is_told_by(article(2, "甲"), other)
    assert known.is_told_by(article(2, "甲"), one)
    assert known.is_told_by(article(2, "乙"), other)
    assert not known.is_told_by(article(1, "甲"), one), "itself, a day later"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"has no \[morning\]"),
        ('[morning]\nname = "早"\n', "it has no source"),
        ('[morning]\nname = "早"\n[[morning.source]]\nname = "a"\n', "exactly one of"),
        (
            '[morning]\nname = "早"\n[[morning.source]]\nname = "a"\nfeed = "x"\nfolder = "y"\n',
            "line 3.*exactly one of",
        ),
        (
            '[morning]\nname = "早"\n[[morning.source]]\nname = "a"\npage = "x"\n',
            "page needs links",
        ),
        (
            '[morning]\nname = "早"\nby = "7"\n[[morning.source]]\nname = "a"\nfeed = "x"\n',
            "no time of day",
        ),
        (
            '[morning]\nname = "早"\n[[morning.source]]\nname = "a"\nfeed = "x"\nmots = 3\n',
            "line 6.*unknown key 'mots'",
        ),
    ],
)
def test_settings_that_are_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "readaloud.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read_morning(path)


def test_a_newer_file_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "seen.sqlite"
    path.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(OutputError, match="can't be used"):
        Database(path)
    path.unlink()
    with Database(path) as base:
        base.write("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="newer readaloud"):
        Database(path)


def test_the_command_says_what_became_of_all(tmp_path: Path, cli: Cli) -> None:
    for folder in ("drop", "other"):
        (tmp_path / folder).mkdir()
    page = tmp_path / "drop" / "a.txt"
    page.write_text("\n\n".join(WIRE), encoding="utf-8")
    (tmp_path / "other" / "b.txt").write_text("\n\n".join(WIRE[:3]), encoding="utf-8")
    (tmp_path / "drop" / "c.txt").write_text("。。。", encoding="utf-8")
    for file in (page, *tmp_path.glob("*/[bc].txt")):
        os.utime(file, (time.time() - 60, time.time() - 60))
    config = tmp_path / "readaloud.toml"
    config.write_text(
        '[morning]\nname = "早安"\ndata = "seen"\n'
        '[[morning.source]]\nname = "投稿"\nfolder = "drop"\n'
        '[[morning.source]]\nname = "来信"\nfolder = "other"\n'
        f'[build]\nvoice = "silent"\nout = "{tmp_path}/out"\ncache_dir = "{tmp_path}/cache"\n',
        encoding="utf-8",
    )
    gathered = cli("morning", "--gather", "--config", config)
    assert gathered.exit_code == 0, gathered.stderr
    assert "3 articles wait for the next bulletin." in gathered.stdout
    made = cli("morning", "--config", config, "--by", "")
    assert made.exit_code == 3
    assert "the same story as 新桥昨日通车" in made.stderr
    assert "Left out: " in made.stderr
    assert "c.txt" in made.stderr
    again = cli("morning", "--config", config, "--json")
    assert '"kind": "no bulletin"' in again.stdout
    assert again.exit_code == 0
