"""Whatever comes from outside ends in a result or in an error of ours: soon, and in its place.

A few seconds of it run with the suite. With ``READALOUD_FUZZ_MINUTES=60`` in the environment it
goes on for an hour, with new damage each time; a find is printed as the smallest input that shows
it.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from damaging import Cut, cuts, damage, damage_archive
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from readaloud.config.run_options import Options, make_options
from readaloud.config.toml_tables import Table
from readaloud.editing import decide
from readaloud.editing.user_rules import compile_rules
from readaloud.editions.check import check
from readaloud.editions.pipeline import build
from readaloud.editions.scripting import make_script
from readaloud.editions.voice_and_lexicon import find_lexicon, find_voice
from readaloud.errors import ReadaloudError
from readaloud.model import Source
from readaloud.podcast.edition_index import read_index
from readaloud.podcast.feed import write_feed
from readaloud.podcast.feed_settings import make_channel, read_channel
from readaloud.sources.readers import read
from readaloud.spoken.lexicon import read_lexicon

pytestmark = pytest.mark.no_cover
MINUTES = float(os.environ.get("READALOUD_FUZZ_MINUTES", "0"))
SECONDS = MINUTES * 60 / 4 or 2.5
"""For each of the tests."""
MOST_SECONDS = 30
MOST_MB = 1500
CORPUS = sorted(Path(__file__).parents[1].glob("corpus/*/input.*"))
PACKED = {".epub", ".docx"}
TOML = """
[build]
voice = "xiaoxiao"
rate = 1.1
pitch_hz = 0
formats = ["mp3", "json"]
jobs = 2
code = "skip"
[rules]
drop = ["^本台", "(?<=a)b{1,3}"]
keep = ["責任編輯"]
[[rules.rule]]
name = "weather"
reason = "the paper's weather"
pattern = '今日天气[:：].{1,20}'
drops = ["今日天气：晴"]
keeps = ["今日天气很好"]
[sites."example.com"]
content = "article"
[engines.edge]
[feed]
title = "早安"
email = "a@example.com"
category = "News > Daily News"
link = "https://example.com/a"
"""
LEXICON = '[words]\n"单田芳" = "shan4 tian2 fang1"\n"iPhone" = "爱疯"\n"SAIC" = "shang4 qi4"\n'


def hold(strategy: st.SearchStrategy[Any], does: Callable[[Any], object]) -> None:
    """Try inputs until the time is over; each may fail as ours do, and in bounds."""
    ends = time.monotonic() + SECONDS
    number = 0 if not MINUTES else int(time.time())
    most_mb = max(MOST_MB, _peak_mb() + 1)  # other tests may have taken more before

    def attempt(given_: Any) -> None:
        if time.monotonic() > ends:
            return
        begun = time.process_time()
        with suppress(ReadaloudError):
            does(given_)
        assert time.process_time() - begun < MOST_SECONDS
        assert _peak_mb() < most_mb

    while time.monotonic() < ends:
        number += 1
        checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
        bounds = settings(
            max_examples=300, deadline=None, database=None, suppress_health_check=checks
        )
        seed(number)(bounds(given(strategy)(attempt)))()


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def test_readers_and_all_behind_them() -> None:
    options = Options(voice="silent")
    voice, lexicon = find_voice(options), find_lexicon(options)

    def plan(given_: tuple[Path, int, bool, list[Cut]]) -> None:
        path, part, whole, done = given_
        data = path.read_bytes()
        packed = path.suffix in PACKED and not whole
        data = damage_archive(data, part, done) if packed else damage(data, done)
        source = Source(f"in{path.suffix}", "in", path.suffix, data)
        make_script(source, voice, lexicon, options)

    small = [path for path in CORPUS if path.stat().st_size < 40_000]
    hold(st.tuples(st.sampled_from(small), st.integers(0, 50), st.booleans(), cuts), plan)


def test_settings_and_lexicons(tmp_path: Path) -> None:
    path = tmp_path / "readaloud.toml"

    def configure(given_: tuple[bool, list[Cut]]) -> None:
        settings_, done = given_
        path.write_bytes(damage((TOML if settings_ else LEXICON).encode(), done))
        if not settings_:
            read_lexicon(path)
            return
        with suppress(ReadaloudError):
            read_channel(tmp_path, None, path)
        options = make_options({}, path)
        rules = compile_rules(options.rules)
        text = "标题\n\n本台今日天气：晴，责任编辑。" + "a" * 40 + "\n\n天气很好，大家都出门了。\n"
        decide(read(Source("a.txt", "a", ".txt", text.encode())), rules.rules)

    hold(st.tuples(st.booleans(), cuts), configure)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition in all formats that hold no compressed audio but an MP3."""
    folder = tmp_path_factory.mktemp("edition")
    source = folder / "a.txt"
    source.write_text("标题一行\n\n清晨的码头很安静。大家都出门了。\n", encoding="utf-8")
    out = folder / "out"
    formats = ("mp3", "vtt", "srt", "lrc", "chapters", "html", "timeline", "epub", "json")
    options = Options(voice="silent", out=out, formats=formats, cache_dir=folder)
    assert [outcome.error for outcome in build([str(source)], options)] == [None]
    return out


def test_editions_and_their_reports(edition: Path, tmp_path: Path) -> None:
    names = sorted(path.name for path in edition.iterdir() if path.name != "a.mp3")
    values = st.one_of(
        st.none(), st.integers(), st.just(10**30), st.floats(), st.text(max_size=9), st.just([]),
        st.just({}), st.just("\x1b]0;x\x07"), st.just("../../etc/passwd"), st.just("9999-99-99"),
    )  # fmt: skip

    def hold_against(given_: tuple[str, list[Cut], int, object]) -> None:
        name, done, place, value = given_
        out = _copy(edition, tmp_path / "out")
        path = out / name
        told = path.read_bytes()
        path.write_bytes(_changed(told, place, value) if place else damage(told, done))
        list(check([str(out)]))
        read_index(out)
        with suppress(ReadaloudError):
            write_feed(out, "https://example.com", make_channel(Table(out, {}), "早安"))
        assert {path.name for path in tmp_path.iterdir()} <= {"out", "work", "config", "cache"}

    hold(st.tuples(st.sampled_from(names), cuts, st.integers(0, 40), values), hold_against)


def test_feeds(edition: Path, tmp_path: Path) -> None:
    channel = make_channel(Table(edition, {}), "早安")
    write_feed(edition, "https://example.com", channel)
    feed = (edition / "feed.xml").read_bytes()
    out = _copy(edition, tmp_path / "out")

    def renew(done: list[Cut]) -> None:
        (out / "feed.xml").write_bytes(damage(feed, done))
        list(check([str(out / "feed.xml")]))
        read_index(out)
        write_feed(out, "https://example.org", channel)

    hold(cuts, renew)


def _copy(folder: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    return to


def _changed(told: bytes, place: int, value: object) -> bytes:
    """A report with a wrong value in one of its places; what is no JSON stays."""
    try:
        report = json.loads(told)
    except ValueError:
        return told
    key = sorted(report)[place % len(report)]
    inner = report[key][0] if isinstance(report[key], list) and report[key] else report
    if isinstance(inner, dict) and inner is not report and place % 2:
        inner[sorted(inner)[place % len(inner)]] = value
    else:
        report[key] = value
    return json.dumps(report).encode()
