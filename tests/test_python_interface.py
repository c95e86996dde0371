"""readaloud, as another Python program uses it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from typer.testing import Result

import readaloud
from readaloud.config.run_options import Options
from readaloud.errors import ConfigError, EmptyArticleError

Cli = Callable[..., Result]
ARTICLE = "春天到了\n\n今天氣溫零下20度。天氣很好。\n"
PAGE = (
    "<html><head><meta charset='big5'><title>夏天</title></head><body><article><h1>夏天</h1>"
    "<p>夏天到了，天氣越來越熱，大家都要多喝水。</p></article></body></html>"
)


def test_options_are_keywords_of_the_interface() -> None:
    """What a table of readaloud.toml holds comes by ``config``; all else can be given."""
    by_config = {"rules", "reading", "engines", "label_table", "programme"}
    own = {field.name for field in fields(Options)} - by_config
    assert own == set(readaloud.BuildOptions.__annotations__)
    for name in readaloud.__all__:
        part = getattr(readaloud, name)
        assert part.__doc__ or isinstance(part, str), name
        if inspect.isfunction(part):
            assert ": 'Any'" not in str(inspect.signature(part)), name


def test_a_text_becomes_an_edition_that_is_known_again(tmp_path: Path) -> None:
    options: readaloud.BuildOptions = {
        "voice": "silent", "out": tmp_path / "o", "cache_dir": tmp_path / "c", "rate": "+10%",
    }  # fmt: skip
    text = readaloud.Text(ARTICLE, name="U.S. 新聞")
    for fresh in (False, True):
        (outcome,) = readaloud.build(text, **options)
        assert outcome.edition is not None, outcome.error
        assert (outcome.source, outcome.edition.fresh) == ("U.S. 新聞", fresh)
        assert outcome.edition.files[0] == tmp_path / "o" / "U.S._新聞.mp3"
    page = readaloud.Text(PAGE, "page", ".html")
    _, second = readaloud.build([text, page], **options)
    assert second.edition is not None
    assert second.edition.title == "夏天"
    (checked,) = readaloud.check(tmp_path / "o" / "page.mp3")
    assert checked.problems == ()
    assert len(readaloud.check([tmp_path / "o"])) == 2
    with pytest.raises(ConfigError, match="Two texts are called “text”"):
        readaloud.build([readaloud.Text("一。"), readaloud.Text("二。")], **options)


def test_a_text_of_a_name_that_a_file_has_is_another_edition(tmp_path: Path) -> None:
    options: readaloud.BuildOptions = {"voice": "silent", "out": "o", "cache_dir": tmp_path / "c"}
    Path("news.txt").write_text(ARTICLE, encoding="utf-8")
    readaloud.build("news.txt", **options)
    (outcome,) = readaloud.build(readaloud.Text("秋天來了。", "news"), **options)
    assert outcome.edition is not None
    assert outcome.edition.files[0].name.startswith("news-")
    assert json.loads(Path("o/news.json").read_text("utf-8"))["source"] == "news.txt"


def test_a_plan_and_what_will_be_said() -> None:
    script = readaloud.plan(readaloud.Text(ARTICLE), voice="silent")
    assert script.utterances[0].text == "春天到了"
    Path("news.txt").write_text(ARTICLE, encoding="utf-8")
    assert readaloud.plan(Path("news.txt"), voice="silent").utterances == script.utterances
    with pytest.raises(EmptyArticleError):
        readaloud.plan(readaloud.Text("\n"), voice="silent")
    assert readaloud.pronounce("零下20度", voice="xiaoxiao").spoken == "零下二十度"


def test_settings_come_from_a_file_that_is_named(tmp_path: Path) -> None:
    Path("readaloud.toml").write_text('[build]\nvoice = "nobody"\n', encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text('[build]\nvoice = "silent"\n[rules]\ndrop = ["^天氣"]\n', encoding="utf-8")
    text = readaloud.Text(ARTICLE + "\n天氣預報在後面。\n")
    removed = readaloud.plan(text, config=own).article.removed
    assert [each.text for each in removed] == ["天氣預報在後面。"]
    assert not readaloud.plan(text, voice="silent").article.removed


def test_a_bulletin_and_its_feed(tmp_path: Path) -> None:
    texts = [readaloud.Text(ARTICLE, "one"), readaloud.Text(PAGE, "two", ".html")]
    out = tmp_path / "o"
    (outcome,) = readaloud.build_bulletin(
        texts, "晨報", date=date(2025, 3, 1), voice="silent", out=out, cache_dir=tmp_path / "c"
    )
    assert outcome.edition is not None, outcome.error
    assert outcome.edition.chapters == 4
    written = readaloud.write_feed(out, "https://example.com/pod", title="每日")
    assert (written.items, written.left_out) == (1, ())
    assert "<title>每日</title>" in written.path.read_text("utf-8")


@pytest.mark.parametrize(("name", "suffix"), [("新聞.md", ".mp3"), ("stdin", ".mp3")])
def test_standard_input_is_an_article(cli: Cli, tmp_path: Path, name: str, suffix: str) -> None:
    article = "\ufeff# 春天\n\n今天*很*冷。\n" if name.endswith(".md") else f"\ufeff{ARTICLE}"
    title = "春天" if name.endswith(".md") else "春天到了"
    words = ("build", "-", "--voice", "silent", "--out", tmp_path / "o", "--name", name)
    result = cli(*words, stdin=article)
    assert result.exit_code == 0, result.stderr
    stem = name.removesuffix(".md")
    report = json.loads((tmp_path / "o" / f"{stem}.json").read_text("utf-8"))
    assert report["title"] == title
    assert report["source"] == stem
    assert (tmp_path / "o" / f"{stem}{suffix}").is_file()
    planned = json.loads(cli("plan", "-", "--json", "--name", name, stdin=article).stdout)
    assert planned["title"] == title
    assert "spoken" in cli("plan", "-", "--explain", "--name", name, stdin=article).stdout


def test_standard_input_that_is_no_text_is_refused(cli: Cli, tmp_path: Path) -> None:
    words = ("build", "-", "--voice", "silent", "--out", tmp_path / "o")
    assert cli(*words, stdin="").exit_code == 3
    result = cli("pronounce", "-", stdin="好\n")
    assert result.stdout.startswith("好")
