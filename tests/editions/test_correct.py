"""A bulletin corrected: one article replaced, all else as it was, and the feed's item the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import Result

import readaloud
from readaloud.errors import ConfigError

Cli = Callable[..., Result]
STEM = "晨间新闻_2026-11-22"
SETTINGS = """
[programme]
opening = "共{count}条，农历{lunar}。"
[[programme.section]]
name = "天气"
sources = ["*weather*"]
"""
ARTICLES = {
    "roads.txt": "滨江路封路\n\n滨江路今晚封闭施工。\n\n点击下方阅读原文\n",
    "talks.md": "# 两国签约\n\n两国今天签约。\n\n## 经过\n\n谈判用了三天。\n\n"
    "## 影响\n\n影响很大。\n",
    "weather.txt": "明日降温\n\n明天最低气温降到零下3度。\n",
}


@pytest.fixture
def bulletin(cli: Cli, tmp_path: Path) -> Path:
    """The folder of a bulletin with its feed; its sources are gone."""
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    config, out = tmp_path / "readaloud.toml", tmp_path / "out"
    config.write_text(SETTINGS, encoding="utf-8")
    words = ("--bulletin", "晨间新闻", "--date", "2026-11-22", "--voice", "silent", "--out", out)
    names = [tmp_path / name for name in ARTICLES]
    made = cli("build", *names, *words, "--config", config, "-f", "mp3,html,notes,txt,json")
    assert made.exit_code == 0, made.output
    assert cli("feed", out, "--base-url", "https://pod.example.org").exit_code == 0
    for path in names:
        path.unlink()
    return out


@pytest.fixture
def correct(cli: Cli, bulletin: Path, tmp_path: Path) -> Callable[..., Result]:
    def run(text: str, *more: object, name: str = "new.md") -> Result:
        (tmp_path / name).write_text(text, encoding="utf-8")
        config = ("--config", tmp_path / "readaloud.toml")
        return cli("correct", bulletin / f"{STEM}.mp3", tmp_path / name, *more, *config)

    return run


def report_of(bulletin: Path) -> Any:
    return json.loads((bulletin / f"{STEM}.json").read_bytes())


def texts(report: Any) -> list[str]:
    return [each["text"] for each in report["utterances"]]


def _item(bulletin: Path) -> Any:
    (item,) = etree.parse(str(bulletin / "feed.xml")).getroot().iterfind("channel/item")
    return item


NEW = "# 三国签约\n\n三国今天签约。\n\n## 更多\n\n还有下文。\n"


def test_one_article_is_replaced_and_all_else_stays(
    correct: Callable[..., Result], bulletin: Path, cli: Cli
) -> None:
    before, guid = report_of(bulletin), _item(bulletin).findtext("guid")
    length = _item(bulletin).find("enclosure").get("length")
    result = correct(NEW, "--item", "2")
    assert result.exit_code == 0, result.output
    after = report_of(bulletin)
    said = texts(after)
    assert said[1] == "更正：第2条《三国签约》之前有误，这里是更正后的内容。"
    assert [text for text in said if text not in texts(before)] == [
        said[1], "三国签约", "三国签约", "三国今天签约。", "更多", "还有下文。",
    ]  # fmt: skip
    assert [text for text in texts(before) if text not in said] == [
        "两国签约", "两国签约", "两国今天签约。", "经过", "谈判用了三天。", "影响", "影响很大。",
    ]  # fmt: skip
    assert [each["id"] for each in after["utterances"]] == [
        f"u{n:04}" for n in range(1, len(said) + 1)
    ]
    assert [item["title"] for item in after["items"]] == ["滨江路封路", "三国签约", "明日降温"]
    titles = {mark["id"]: mark["title"] for mark in after["chapters"]}
    assert [titles[item["chapter"]] for item in after["items"]] == [
        "滨江路封路", "三国签约", "明日降温",
    ]  # fmt: skip
    assert after["removed"] == before["removed"]
    assert (after["correction"]["version"], after["correction"]["guid"]) == (2, guid)
    assert cli("check", bulletin).exit_code == 0
    item = _item(bulletin)
    assert item.findtext("guid") == guid
    assert item.findtext("description").startswith("更正：")
    assert item.find("enclosure").get("length") != length


def test_a_label_stays(cli: Cli, tmp_path: Path) -> None:
    """Though the settings know nothing of it, it is heard once, and in the files."""
    source, other, out = tmp_path / "roads.txt", tmp_path / "new.md", tmp_path / "out"
    source.write_text(ARTICLES[source.name], encoding="utf-8")
    other.write_text(NEW, encoding="utf-8")
    words = ("--bulletin", "晨间新闻", "--date", "2026-11-22", "--voice", "silent", "--out", out)
    made = cli("build", source, *words, "-f", "mp3,html,json", "--label", "cn")
    assert made.exit_code == 0, made.output
    corrected = cli("correct", out / f"{STEM}.mp3", other, "--item", "1")
    assert corrected.exit_code == 0, corrected.output
    label = report_of(out)["label"]
    assert label["mode"] == "cn"
    assert len(label["utterances"]) == 1
    checked = cli("check", out)
    assert checked.exit_code == 0, checked.output


def test_a_feed_that_is_made_later_has_the_guid_of_the_first_version(
    correct: Callable[..., Result], bulletin: Path, cli: Cli
) -> None:
    guid = _item(bulletin).findtext("guid")
    (bulletin / "feed.xml").unlink()
    assert correct(NEW, "--item", "两国").exit_code == 0
    assert not (bulletin / "feed.xml").exists()
    assert cli("feed", bulletin, "--base-url", "https://pod.example.org").exit_code == 0
    assert _item(bulletin).findtext("guid") == guid


def test_a_program_corrects_as_the_command_does(bulletin: Path, tmp_path: Path) -> None:
    guid = _item(bulletin).findtext("guid")
    before = _item(bulletin).find("enclosure").get("length")
    text = readaloud.Text(NEW, "new", ".md")
    outcome = readaloud.correct(bulletin / f"{STEM}.mp3", text, "2", cache_dir=tmp_path / "c")
    assert outcome.edition is not None, outcome.error
    assert "三国今天签约。" in texts(report_of(bulletin))
    assert _item(bulletin).findtext("guid") == guid
    assert _item(bulletin).find("enclosure").get("length") != before
    with pytest.raises(ConfigError, match="not clear which article"):
        readaloud.correct(bulletin / f"{STEM}.mp3", text, "99", cache_dir=tmp_path / "c")


def test_a_second_correction_tells_of_both(
    correct: Callable[..., Result], bulletin: Path, cli: Cli
) -> None:
    assert correct(NEW, "--item", "2").exit_code == 0
    again = correct("明日升温\n\n明天最高气温3度。\n", name="weather.txt")
    assert again.exit_code == 0, again.output
    report = report_of(bulletin)
    assert [text[:4] for text in texts(report)[1:3]] == ["更正：第"] * 2
    assert "《明日升温》" in texts(report)[1]
    assert report["correction"]["version"] == 3
    notes = (bulletin / f"{STEM}.notes.html").read_text("utf-8")
    assert notes.index("《明日升温》") < notes.index("《三国签约》")
    levels = {mark["title"]: mark["level"] for mark in report["chapters"]}
    assert (levels["天气"], levels["明日升温"], levels["更多"]) == (1, 2, 2)
    assert cli("check", bulletin).exit_code == 0


def test_of_two_articles_of_one_title_one_is_replaced_and_titles_may_lack(
    cli: Cli, tmp_path: Path
) -> None:
    """What is left out (★) is on record, in the script too."""
    articles = {
        "a.txt": "滨江路封路\n\n今晚封闭施工。\n",
        "b.txt": "滨江路封路\n\n这是另外一篇，说的是早上。\n\n★★★\n",
        "c.txt": "春天到了，人们走上街头。今天天气很好。\n",
        "new.txt": "夏天到了，人们去游泳。水很凉。\n",
        "open.txt": "滨江路开放\n\n明早开放。\n",
    }
    for name, text in articles.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    names = [tmp_path / f"{name}.txt" for name in "abc"]
    out = tmp_path / "out"
    words = ("--bulletin", "晨间新闻", "--date", "2026-11-22", "--voice", "silent", "--out", out)
    assert cli("build", *names, *words).exit_code == 0
    for number, name in (("2", "open.txt"), ("3", "new.txt")):
        made = cli("correct", out / f"{STEM}.mp3", tmp_path / name, "--item", number)
        assert made.exit_code == 0, made.output
    said = texts(report_of(out))
    assert said[1:3] == [
        "更正：第3条之前有误，这里是更正后的内容。",
        "更正：第2条《滨江路开放》之前有误，这里是更正后的内容。",
    ]
    assert (said.count("滨江路封路"), said.count("滨江路开放")) == (2, 2)
    assert ("水很凉。" in said, "今天天气很好。" in said) == (True, False)
    assert cli("check", out).exit_code == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "not clear which article"),
        (("--item", "4"), "not clear which article"),
        (("--item", "0"), "1 滨江路封路"),
        (("--item", "路"), ""),
    ],
)
def test_which_article_goes_must_be_clear(
    correct: Callable[..., Result], more: tuple[str, ...], told: str
) -> None:
    result = correct(NEW, *more)
    assert result.exit_code == (2 if told else 0)
    assert told in result.output


def test_what_is_no_bulletin_or_lacks_its_script_is_told(
    correct: Callable[..., Result], bulletin: Path, cli: Cli, tmp_path: Path
) -> None:
    (bulletin / f"{STEM}.script.json").write_text("[]", encoding="utf-8")
    assert "no script of readaloud" in correct(NEW, "--item", "2").output
    (bulletin / f"{STEM}.script.json").unlink()
    result = correct(NEW, "--item", "2")
    assert (result.exit_code, "can't be read" in result.output) == (3, True)
    cli("build", tmp_path / "new.md", "--voice", "silent", "--out", tmp_path / "single")
    single = cli("correct", tmp_path / "single" / "new.mp3", tmp_path / "new.md")
    assert (single.exit_code, "no edition of several" in single.output) == (2, True)


def test_an_article_that_fails_leaves_everything_as_it_was(
    correct: Callable[..., Result], bulletin: Path, tmp_path: Path
) -> None:
    before = shutil.copytree(bulletin, tmp_path / "before")
    assert correct("", "--item", "2").exit_code == 3
    for path in sorted(before.iterdir()):
        assert (bulletin / path.name).read_bytes() == path.read_bytes()
