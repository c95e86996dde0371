"""Whole builds on the silent engine, through the command line and from Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import pytest
from mutagen.id3 import ID3
from typer.testing import Result

import readaloud
from readaloud.editions.listening import cut_audio
from readaloud.editions.observer import EditionObserver, Quiet, QuietEdition
from readaloud.errors import EmptyArticleError
from readaloud.model import Utterance

Cli = Callable[..., Result]

TITLE = "【致敬】以堅強的後勤保障踐行責任擔當 向疫情防控保障戰線的“戰友”們致敬!"
CHAPTERS = [
    TITLE,
    "為保證“前線”物資充足 他們吹響“集結號”!",
    "築牢安全救治屏障 守衛一線生命健康!",
    "平凡崗位詮釋責任擔當你們是“戰士”們的堅強後盾!",
]
VOICES = Path(__file__).parents[1] / "voices"
ARTICLE = "今日要聞\n\n第一段講天氣。天氣很好！\n\n第二段講交通。車子很多。\n"


def _json(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_sample_becomes_an_edition_with_its_chapters(
    cli: Cli, seed: Path, tmp_path: Path
) -> None:
    result = cli("build", seed, "--voice", "silent", "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.stderr
    (summary,) = _json(result)
    mp3 = tmp_path / "out" / f"{seed.stem}.mp3"
    assert summary["files"] == [str(mp3), str(mp3.with_suffix(".json"))]
    assert summary["removed"] == 26 + 0
    tags = ID3(mp3)
    assert tags.version == (2, 3, 0)
    frames = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    assert [str(frame.sub_frames["TIT2"]) for frame in frames] == CHAPTERS
    with av.open(str(mp3)) as container:
        assert [chapter["metadata"]["title"] for chapter in container.chapters()] == CHAPTERS
    assert str(tags["TIT2"]) == TITLE
    assert str(tags["TPE1"]) == "姜曉萌 趙太迎"
    assert "守護人民群眾的生命安全和身體健康!" in str(tags.getall("USLT")[0])


FOREIGN = "二氧化碳（CO₂）与の❶Кремль、한국😀同在。\n\nКремль.\n\n我们学习。\n"


def test_what_a_voice_can_not_say_ends_no_edition(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "news.txt"
    source.write_text(FOREIGN, encoding="utf-8")
    (planned,) = _json(cli("plan", source, "--voice", "silent", "--json"))
    result = cli("build", source, "--voice", "silent", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert "0 lines removed, 1 character not spoken" in result.stderr
    report = json.loads((tmp_path / "out" / "news.json").read_text(encoding="utf-8"))
    assert [gone["text"] for gone in report["skipped"]] == ["の", "Кремль", "한국", "😀", "Кремль"]
    assert _without_rule(planned["removed"]) == _without_rule(report["skipped"])
    again = cli("build", source, "--voice", "silent", "--out", tmp_path / "out", "--json")
    (summary,) = _json(again)
    assert (summary["fresh"], summary["removed"], summary["unspoken"]) == (True, 0, 1)


def test_the_embedded_voice_leaves_out_on_record_what_it_can_not_say(
    cli: Cli, tmp_path: Path
) -> None:
    source = tmp_path / "news.txt"
    source.write_text(FOREIGN, encoding="utf-8")
    (planned,) = _json(cli("plan", source, "--voice", "xiaoxiao", "--json"))
    gone = [text for _, text, _ in _without_rule(planned["removed"])]
    assert gone == ["の", "Кремль", "한국", "😀", "Кремль"]
    drawn = cli("plan", source, "--voice", "xiaoxiao").stdout
    assert "said as: 二氧化碳（CO二）与诺一Kreml、韩文同在。" in drawn
    assert "0 lines removed, 1 character not spoken" in drawn
    assert "😀  (a character the voice can't say)" in drawn
    said = cli("pronounce", "与の❶Кремль同在", "--voice", "xiaoxiao").stdout
    assert said.splitlines()[0] == "与诺一Kreml同在"


def _without_rule(removals: object) -> list[tuple[object, ...]]:
    assert isinstance(removals, list)
    return [(gone["line"], gone["text"], gone["reason"]) for gone in removals]


def test_the_report_holds_every_utterance_in_time_order(
    cli: Cli, seed: Path, tmp_path: Path
) -> None:
    result = cli("build", seed, "--voice", "silent", "--out", tmp_path, "--json")
    (summary,) = _json(result)
    report = json.loads(Path(str(summary["report"])).read_text(encoding="utf-8"))
    times = [(item["start_ms"], item["end_ms"]) for item in report["utterances"]]
    assert all(start < end for start, end in times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))
    assert times[-1][1] <= report["duration_ms"]
    assert report["loudness_lufs"] == pytest.approx(-16, abs=0.5)
    assert report["true_peak_dbtp"] <= -1
    assert sum(TITLE in item["text"] for item in report["utterances"]) == 1


def test_after_one_edited_sentence_one_utterance_is_spoken(cli: Cli, tmp_path: Path) -> None:
    article = tmp_path / "edited.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    first = _json(cli("build", article, "--voice", "silent", "--out", tmp_path, "--json"))[0]
    assert first["synthesized"] == first["utterances"]
    text = article.read_text(encoding="utf-8").replace("天氣很好", "天氣不好")
    article.write_text(text, encoding="utf-8")
    second = _json(cli("build", article, "--voice", "silent", "--out", tmp_path, "--json"))[0]
    assert second["synthesized"] == 1
    afresh = tmp_path / "afresh" / tmp_path.name  # the folder's name is the album's
    other = ("--voice", "silent", "--out", afresh, "--cache-dir", tmp_path / "other")
    assert cli("build", article, *other).exit_code == 0
    for name in ("edited.mp3", "edited.json"):
        assert (tmp_path / name).read_bytes() == (afresh / name).read_bytes()
    third = _json(cli("build", article, "--voice", "silent", "--out", tmp_path, "--json"))[0]
    assert third["synthesized"] == 0


def test_a_damaged_clip_is_spoken_again(cli: Cli, article: Path, tmp_path: Path) -> None:
    cli("build", article, "--voice", "silent", "--out", tmp_path)
    clip = next((tmp_path / "cache").rglob("*.flac"))
    clip.write_bytes(clip.read_bytes()[:100])
    words = ("--voice", "silent", "--out", tmp_path, "--json", "--rebuild")
    (again,) = _json(cli("build", article, *words))
    assert again["synthesized"] == 1


def test_one_bad_source_does_not_stop_the_others(cli: Cli, article: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    missing = tmp_path / "missing.txt"
    result = cli("build", picture, missing, article, "--voice", "silent", "--out", tmp_path / "o")
    assert result.exit_code == 3
    assert (tmp_path / "o" / "news.mp3").is_file()
    assert "missing.txt" in result.stderr
    assert "picture.txt" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("3 articles: 1 made, 2 failed; 0:10 of audio")
    assert "Traceback" not in result.stderr


def test_sources_of_one_name_get_files_of_their_own(cli: Cli, tmp_path: Path) -> None:
    for folder, text in (("a", "春天來了。"), ("b", "秋天到了。")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    result = cli("build", tmp_path / "a", tmp_path / "b", "--voice", "silent", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert len(list(out.glob("news*.mp3"))) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\n \n\t\n", "！！！\n".encode()],
)
def test_an_empty_article_is_refused(cli: Cli, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    result = cli("build", path, "--voice", "silent", "--out", tmp_path / "out")
    assert result.exit_code == EmptyArticleError.exit_code
    assert "has no text to speak" in result.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_an_unknown_voice_names_the_near_ones(cli: Cli, article: Path) -> None:
    result = cli("build", article, "--voice", "xiaoxia")
    assert result.exit_code == 2
    assert "xiaoxiao" in result.stderr


def test_an_output_that_is_a_file_is_refused(cli: Cli, article: Path, tmp_path: Path) -> None:
    result = cli("build", article, "--voice", "silent", "--out", article)
    assert result.exit_code == 5
    assert "--out" in result.stderr


def test_a_title_can_not_lead_out_of_the_output(cli: Cli, tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("# ../../../etc/passwd\n\n一句話。\n", encoding="utf-8")
    out = tmp_path / "deep" / "out"
    result = cli("build", article, "--voice", "silent", "--out", out)
    assert result.exit_code == 0, result.stderr
    made = list(tmp_path.rglob("*.mp3"))
    assert made == [out / "a.mp3"]


def test_quiet_says_nothing_and_plain_lines_say_what_was_made(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    build = ("build", article, "--voice", "silent", "--out", tmp_path)
    quiet = cli(*build, "--quiet")
    assert (quiet.exit_code, quiet.output) == (0, "")
    (line,) = cli(*build).stderr.splitlines()
    assert "up to date" in line
    lines = cli(*build, "--rebuild").stderr.splitlines()
    assert len(lines) == 5, "four stages, and what was made"
    assert "LUFS" in lines[-1]
    assert "1 chapter," in lines[-1]


def test_python_callers_get_the_same(article: Path, tmp_path: Path) -> None:
    (outcome,) = readaloud.build(
        article, voice="silent", out=tmp_path / "out", cache_dir=tmp_path / "cache"
    )
    assert outcome.edition is not None
    assert outcome.edition.title == "今日要聞"
    assert [path.name for path in outcome.edition.files] == ["news.mp3", "news.json"]
    script = readaloud.plan(article, voice="silent")
    assert [u.text for u in script.utterances][1] == "第一段講天氣。"


def test_a_name_stays_with_the_source_that_has_it(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for folder, text in (("b", "春天來了。"), ("a", "秋天到了。")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(text, encoding="utf-8")
        cli("build", tmp_path / folder, "--voice", "silent", "--out", out)
    assert "b/news.txt" in (out / "news.json").read_text(encoding="utf-8")
    cli("build", tmp_path / "a", tmp_path / "b", "--voice", "silent", "--out", out)
    assert len(list(out.glob("*.mp3"))) == 2
    assert "b/news.txt" in (out / "news.json").read_text(encoding="utf-8")


def test_a_folder_in_the_way_publishes_nothing(cli: Cli, article: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "news.json").mkdir(parents=True)
    result = cli("build", article, "--voice", "silent", "--out", tmp_path / "out")
    assert result.exit_code == 5
    assert not (tmp_path / "out" / "news.mp3").exists()


def test_an_empty_name_builds_nothing(cli: Cli, tmp_path: Path) -> None:
    result = cli("build", "", "--voice", "silent", "--out", tmp_path / "out")
    assert (result.exit_code, "name is empty" in result.stderr) == (3, True)


def test_every_utterance_is_told_of(article: Path, tmp_path: Path) -> None:
    class Counter(QuietEdition):
        told = 0

        def spoke(self, utterance: Utterance, duration_ms: int, cached: bool) -> None:
            self.told += 1

    class Counting(Quiet):
        def begin(self, _: str) -> EditionObserver:
            return counter

    article.write_text("晨間新聞\n\n好的。天氣很好。\n\n好的。出門小心。\n", encoding="utf-8")
    counter = Counter()
    options: readaloud.BuildOptions = {
        "voice": "silent", "out": tmp_path / "out", "cache_dir": tmp_path / "cache",
    }  # fmt: skip
    (outcome,) = readaloud.build(article, observer=Counting(), **options)
    assert outcome.edition is not None
    assert counter.told == outcome.edition.utterances


def test_what_is_there_already_is_not_made_again(cli: Cli, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build = ("build", article, "--out", out, "--json", "--voice")
    assert _json(cli(*build, "silent"))[0]["fresh"] is False
    before = (out / "news.mp3").stat().st_mtime_ns
    again = _json(cli(*build, "silent"))[0]
    assert (again["fresh"], again["synthesized"], again["chapters"]) == (True, 0, 1)
    assert (out / "news.mp3").stat().st_mtime_ns == before
    article.with_name("news.lexicon.toml").write_text(
        '[words]\n"天氣" = "氣象"\n', encoding="utf-8"
    )
    assert _json(cli(*build, "silent"))[0]["fresh"] is False
    assert _json(cli(*build, "silent", "--rate", "1.1"))[0]["fresh"] is False
    (out / "news.mp3").write_bytes((out / "news.mp3").read_bytes()[:5000])
    assert _json(cli(*build, "silent", "--rate", "1.1"))[0]["fresh"] is False
    assert _json(cli(*build, "silent", "--rate", "1.1"))[0]["fresh"] is True


def test_the_same_article_under_another_name_is_made_once(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.md"
    copy.write_text(ARTICLE.replace("\n\n", "\n\n\n"), encoding="utf-8-sig")
    words = ("build", article, copy, "--voice", "silent", "--out", tmp_path / "out")
    for _ in range(2):  # made, then found
        result = cli(*words, "--json")
        first, second = _json(result)
        assert result.exit_code == 0
        assert (first["same_as"], second["same_as"]) == (None, str(article))
        assert second["files"] == first["files"]
        assert len(list((tmp_path / "out").glob("*.mp3"))) == 1
    assert "the same article as" in cli(*words).stderr


def test_a_folder_with_a_colon_in_its_name_is_a_folder(
    cli: Cli, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FFmpeg takes what stands before a colon for a protocol."""
    monkeypatch.chdir(article.parent)
    result = cli(
        *("build", article.name, "--voice", "silent", "--out", "news:0800"),
        *("--format", "mp3,m4b,opus,epub,json"),
    )
    assert result.exit_code == 0, result.stderr
    assert cli("feed", "news:0800", "--base-url", "https://example.org").exit_code == 0
    assert cli("feed", "news:0800", "--base-url", "https://example.org").exit_code == 0
    assert cli("check", "news:0800").exit_code == 0
    mp3 = Path("news:0800", "news.mp3")
    assert sum(len(cut) for cut in cut_audio(mp3, [(0, 500)])) > 0


@pytest.mark.parametrize("more", [(), ("--bulletin", "晨报", "--date", "2026-11-23")])
def test_a_page_without_audio_gets_the_audio_that_it_plays(
    cli: Cli, article: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    result = cli("build", article, "--voice", "silent", "--out", out, "--format", "html", *more)
    assert result.exit_code == 0, result.stderr
    assert "html needs audio: mp3 is made too." in result.stderr
    assert sorted(path.suffix for path in out.iterdir()) == [".html", ".mp3"]


def test_a_page_beside_another_audio_format_needs_no_more(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = cli("build", article, "--voice", "silent", "--out", out, "--format", "html,opus")
    assert "is made too" not in result.stderr
    assert sorted(path.suffix for path in out.iterdir()) == [".html", ".opus"]


def _album(path: Path) -> str:
    return str(ID3(path)["TALB"])


def test_the_album_is_the_feed_the_bulletin_or_the_folder(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    words = ("build", article, "--voice", "silent")
    cli(*words, "--out", tmp_path / "早报")
    assert _album(tmp_path / "早报" / "news.mp3") == "早报"
    cli(*words)
    assert _album(Path("output", "news.mp3")) == "今日要聞", (
        "a folder that nobody chose says nothing"
    )
    bound = ("--bulletin", "晨报", "--date", "2026-11-23", "--out", tmp_path / "早报")
    cli(*words, *bound)
    assert _album(tmp_path / "早报" / "晨报_2026-11-23.mp3") == "晨报"
    Path("readaloud.toml").write_text('[feed]\ntitle = "北方广播"\n', encoding="utf-8")
    for more in (("--out", tmp_path / "早报"), bound):
        assert cli(*words, *more).exit_code == 0
    made = (tmp_path / "早报").glob("*.mp3")
    assert {_album(path) for path in made} == {"北方广播"}


def test_a_long_audiobook_says_what_its_list_of_chapters_can_not_hold(
    cli: Cli, tmp_path: Path
) -> None:
    book = tmp_path / "book.md"
    sections = "".join(f"## 第{number}回\n\n话说。\n\n" for number in range(1, 258))
    book.write_text(f"# 演义\n\n{sections}", encoding="utf-8")
    out = tmp_path / "out"
    words = ("--voices-dir", VOICES, "--voice", "quick", "--out", out)
    result = cli("build", book, *words, "--format", "mp3,m4b,json")
    assert result.exit_code == 0, result.stderr
    assert "book.m4b has 258 chapters, and 255 of them in the list" in result.stderr
    assert cli("check", out).exit_code == 0


def test_the_report_is_named_whatever_other_json_lies_beside_it(
    cli: Cli, article: Path, tmp_path: Path
) -> None:
    words = ("--voice", "silent", "--out", tmp_path / "o", "--json", "--format")
    report = str(tmp_path / "o" / "news.json")
    for _ in ("made", "there already"):
        (told,) = _json(cli("build", article, *words, "chapters,mp3,json"))
        assert told["report"] == report
    (told,) = _json(cli("build", article, *words, "chapters,mp3"))
    assert told["report"] is None
