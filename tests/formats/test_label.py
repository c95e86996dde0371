"""Editions labelled as synthetic speech: heard, shown, and read back from every format."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import av
import numpy as np
import pytest
from books import complaints, parse
from lxml import html
from mutagen.id3 import ID3
from mutagen.mp4 import MP4, MP4FreeForm
from mutagen.oggopus import OggOpus
from signers import make_signer
from typer.testing import Result

from conftest import require
from readaloud import build, check, plan, write_feed
from readaloud.config.run_options import make_options
from readaloud.editions.doctor import examine
from readaloud.editions.listening import _listen
from readaloud.editions.region import label_of_region
from readaloud.editions.review import review_all
from readaloud.formats import FORMATS
from readaloud.formats.report import read_report

Cli = Callable[..., Result]
ARTICLE = """# 渡船停航一日

重庆的渡船今天停航。点赞

## 明天

明天是否开航，要看风力。
"""
ALL = [each.name for each in FORMATS.all()]
PRODUCER = "示例“盲人”协会 <A&B>\ufffe"
MARK = "本期节目由 AI 语音合成。请知悉。"
KEYS = [
    *("Label", "ContentProducer", "ProduceID", "ReservedCode1"),
    *("ContentPropagator", "PropagateID", "ReservedCode2"),
]


def _config(folder: Path, **values: object) -> Path:
    """A ``readaloud.toml`` with that label."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    path = folder / "readaloud.toml"
    path.write_text("\n".join(["[label]", *lines]) + "\n", encoding="utf-8")
    return path


def _build(folder: Path, config: Path | None, formats: list[str]) -> Path:
    """The folder of an edition of the article, on the silent engine."""
    article, out = folder / "news.md", folder / "out"
    article.write_text(ARTICLE, encoding="utf-8")
    (made,) = build(
        article, config=config, voice="silent", out=out, formats=formats, cache_dir=folder / "cache"
    )
    assert made.error is None, made.error
    return out


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in all formats, labelled by the rules of China."""
    folder = tmp_path_factory.mktemp("cn")
    produce_id = "2026-{stem}-{id}"
    config = _config(
        folder, mode="cn", sentence=MARK, producer=PRODUCER, produce_id=produce_id,
        reserved_code_1="r1", propagator="电台", propagate_id="p", reserved_code_2="r2",
    )  # fmt: skip
    return _build(folder, config, ALL)


@pytest.fixture
def edition(chinese: Path, tmp_path: Path) -> Path:
    """A copy to do damage to."""
    return Path(shutil.copytree(chinese, tmp_path / "copy"))


def _read_mp3(path: Path) -> str:
    return str(ID3(path)["TXXX:AIGC"])


def _read_m4b(path: Path) -> str:
    file: Any = MP4(path)
    return bytes(file.tags["----:com.apple.iTunes:AIGC"][0]).decode()


def _opus_tags(path: Path) -> Any:
    file: Any = OggOpus(path)
    return file.tags


def _read_opus(path: Path) -> str:
    return str(_opus_tags(path)["AIGC"][0])


def _read_page(path: Path) -> str:
    page = html.document_fromstring(path.read_bytes(), html.HTMLParser(encoding="utf-8"))
    return str(page.xpath("string(//meta[@name='TC260:AIGC']/@content)"))


def _read_book(path: Path) -> str:
    name = "EPUB/package.opf" if path.suffix == ".epub" else "ncc.html"
    with ZipFile(path) as book:
        metas = list(parse(book.read(name)).iter("{*}meta"))
    for each in metas:
        if "TC260:AIGC" in {each.get("name"), each.get("property")}:
            return str(each.get("content") or each.text)
    raise AssertionError(path)


READERS: dict[str, Callable[[Path], str]] = {
    ".mp3": _read_mp3,
    ".m4b": _read_m4b,
    ".opus": _read_opus,
    ".html": _read_page,
    ".epub": _read_book,
    ".daisy.zip": _read_book,
}


@pytest.mark.parametrize("suffix", READERS)
def test_the_implicit_mark_as_others_read_it(chinese: Path, suffix: str) -> None:
    fields = json.loads(READERS[suffix](chinese / f"news{suffix}"))
    assert list(fields) == KEYS
    number = fields["ProduceID"]
    assert number.startswith("2026-news-")
    assert len(number) == len("2026-news-") + 36
    assert list(fields.values()) == ["1", PRODUCER, number, "r1", "电台", "p", "r2"]


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".opus"])
def test_beside_title_artist_and_chapters_as_ffprobe_reads_them(chinese: Path, suffix: str) -> None:
    require(shutil.which("ffprobe") is not None, "ffprobe")
    path = chinese / f"news{suffix}"
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-show_streams"]
    ran = subprocess.run([*command, "-of", "json", path], capture_output=True, check=True)
    told = json.loads(ran.stdout)
    tags = {**told["streams"][0].get("tags", {}), **told["format"].get("tags", {})}
    found = {name.casefold(): value for name, value in tags.items()}
    assert json.loads(found["aigc"])["ContentProducer"] == PRODUCER
    assert (found["title"], found["comment"]) == ("渡船停航一日", MARK)
    assert found["artist"]
    assert [each["tags"]["title"] for each in told["chapters"]] == ["渡船停航一日", "明天"]


def test_the_mark_is_heard_first_and_shown_everywhere(chinese: Path) -> None:
    report = read_report(chinese / "news.json")
    assert report.label is not None
    assert (report.label.mode, report.label.notice) == ("cn", MARK)
    first, second, title = report.utterances[:3]
    assert (first.id, second.id) == report.label.utterances
    assert (first.text, second.text, title.text) == (
        "本期节目由 AI 语音合成。",
        "请知悉。",
        "渡船停航一日",
    )
    assert first.start_ms == 0
    assert title.start_ms >= second.end_ms + 1000
    assert first.line is None
    for suffix in (".vtt", ".srt", ".lrc", ".html"):
        text = (chinese / f"news{suffix}").read_text("utf-8")
        assert text.index("语音合成") < text.rindex("渡船停航一日"), suffix
    page = html.document_fromstring((chinese / "news.html").read_text("utf-8"))
    starts = [int(each.get("data-start")) for each in page.xpath("//*[@class='s']")]
    assert starts == sorted(starts)
    assert len(starts) == len(report.utterances)


def test_the_article_is_what_it_was_without(chinese: Path, tmp_path: Path) -> None:
    plain = read_report(_build(tmp_path, None, ["json"]) / "news.json")
    marked = read_report(chinese / "news.json")
    assert plain.label is None
    assert plain.content_sha256 == marked.content_sha256
    for name in ("title", "removed", "skipped", "language"):
        assert getattr(plain, name) == getattr(marked, name)
    assert [one.title for one in plain.chapters] == [one.title for one in marked.chapters]
    own = [(one.id, one.text, one.line) for one in marked.utterances[2:]]
    assert own == [(one.id, one.text, one.line) for one in plain.utterances]


def test_books_are_valid_and_begin_with_the_mark(chinese: Path) -> None:
    assert not complaints(chinese / "news.epub")
    with ZipFile(chinese / "news.daisy.zip") as book:
        ncc, content = parse(book.read("ncc.html")), parse(book.read("content.html"))
    links = ncc.xpath("//*[local-name()='a']")
    assert [link.text for link in links] == ["渡船停航一日", "明天"]
    assert links[0].get("href").endswith("#par-label1")
    assert "".join(content.find("{*}body").itertext()).startswith(MARK)


def test_check_finds_it(chinese: Path) -> None:
    (found,) = check(chinese)
    assert found.problems == ()


def _off_mp3(path: Path) -> None:
    tags = ID3(path)
    tags.delall("TXXX:AIGC")
    tags.save(path, v2_version=3)


def _off_m4b(path: Path) -> None:
    file: Any = MP4(path)
    del file.tags["----:com.apple.iTunes:AIGC"]
    file.save()


def _off_opus(path: Path) -> None:
    file: Any = OggOpus(path)
    del file.tags["AIGC"]
    file.save()


def _changed_m4b(path: Path) -> None:
    file: Any = MP4(path)
    file.tags["----:com.apple.iTunes:AIGC"] = [MP4FreeForm(b'{"Label":"3"}')]
    file.save()


def _in_text(before: str, after: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return change


def _in_book(before: str, after: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with ZipFile(path) as book:
            held = {name: book.read(name) for name in book.namelist()}
        assert any(before.encode() in data for data in held.values())
        with ZipFile(path, "w", ZIP_DEFLATED) as book:
            for name, data in held.items():
                book.writestr(name, data.replace(before.encode(), after.encode()))

    return change


GONE = "The label of synthetic speech (AIGC) is gone."
OTHER = "The label of synthetic speech (AIGC) is not the one in the report."
UNSAID = "The words that label the speech as synthetic are gone."
DAMAGE = [
    (".mp3", _off_mp3, GONE),
    (".m4b", _off_m4b, GONE),
    (".m4b", _changed_m4b, OTHER),
    (".opus", _off_opus, GONE),
    (".html", _in_text("TC260:AIGC", "x"), GONE),
    (".html", _in_text("&#34;Label&#34;:&#34;1&#34;", "&#34;Label&#34;:&#34;2&#34;"), OTHER),
    (".html", _in_text("AI 语音合成", "语音"), UNSAID),
    (".epub", _in_book("TC260:AIGC", "x:AIGC"), GONE),
    (".epub", _in_book('"Label":"1"', '"Label":"2'), OTHER),
    (".epub", _in_book("AI 语音合成", "语音"), UNSAID),
    (".daisy.zip", _in_book("TC260:AIGC", "x:AIGC"), GONE),
    (".daisy.zip", _in_book("AI 语音合成", "语音"), UNSAID),
    (".vtt", _in_text("AI 语音合成", "语音"), "Utterance label1 is missing or out of place."),
    (".lrc", _in_text("AI 语音合成", "语音"), "Utterance label1 is missing or out of place."),
    (".json", _in_text("AI 语音合成", "语音"), "No utterance labels the speech as synthetic."),
]


@pytest.mark.parametrize(("suffix", "change", "told"), DAMAGE)
def test_check_misses_it(
    chinese: Path, tmp_path: Path, suffix: str, change: Callable[[Path], None], told: str
) -> None:
    path = Path(shutil.copy(chinese / f"news{suffix}", tmp_path))
    change(path)
    report = read_report((tmp_path if suffix == ".json" else chinese) / "news.json")
    (checked,) = (each for each in FORMATS.all() if each.extension == suffix)
    assert told in list(checked.check(path, report))


def test_the_feed_is_labelled_too(edition: Path) -> None:
    feed = write_feed(edition, "https://pod.example.org", title="早安").path
    text = feed.read_text("utf-8")
    fields = read_report(edition / "news.json").label
    assert fields is not None
    assert f"{MARK}</description>" in text
    (labels,) = parse(feed.read_bytes()).iterfind(
        "channel/item/{http://www.tc260.org.cn/ns/AIGC/1.0/}AIGC"
    )
    assert json.loads(labels.text) == fields.aigc
    assert all(found.problems == () for found in check(edition))
    feed.write_text(text.replace("TC260:AIGC", "TC260:other").replace(MARK, ""), encoding="utf-8")
    (problems,) = (found.problems for found in check(edition) if found.file == str(feed))
    assert problems == (f"news.mp3: {GONE}", f"news.mp3: {UNSAID}")


def test_the_rhythm_at_the_end(tmp_path: Path) -> None:
    config = _config(tmp_path, mode="cn", where="end", rhythm=True, producer="电台")
    out = _build(tmp_path, config, ["mp3", "html", "json"])
    report = read_report(out / "news.json")
    last, before = report.utterances[-1], report.utterances[-2]
    assert (last.id, last.spoken) == ("label1", "")
    assert last.text == "本节目的语音由人工智能合成。"
    assert last.chapter == before.chapter
    assert last.start_ms >= before.end_ms + 1000
    with av.open(str(out / "news.mp3")) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    rhythm = heard[last.start_ms * 44_100 // 1000 : last.end_ms * 44_100 // 1000]
    middles = (unit[len(unit) // 4 : -len(unit) // 4] for unit in np.array_split(rhythm, 11))
    assert "".join("·" if np.abs(unit).max() > 0.02 else " " for unit in middles) == "· ···   · ·"
    assert [found.problems for found in check(out)] == [()]
    silent = _Deaf()
    assert len(_listen(out / "news.mp3", report, silent).utterances) == len(report.utterances) - 1


class _Deaf:
    """A recogniser that hears nothing."""

    def transcribe(self, *_: Any, **__: Any) -> tuple[list[Any], None]:
        return [], None


def test_a_bulletin_has_one_mark(cli: Cli, tmp_path: Path) -> None:
    _config(Path(), mode="cn", where="end", producer="电台")
    for name, text in (("a", "第一篇在这里。"), ("b", "第二篇在那里。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    sources = [tmp_path / "a.txt", tmp_path / "b.txt"]
    made = cli(
        "build", *sources, "--bulletin", "早安", "--voice", "silent", "--date", "2026-11-29",
        "--out", tmp_path / "out", "-f", "json,daisy,epub",
    )  # fmt: skip
    assert made.exit_code == 0, made.stderr
    report = read_report(tmp_path / "out" / "早安_2026-11-29.json")
    ids = [each.id for each in report.utterances]
    assert ids[-1] == "label1"
    assert ids[:-1] == [f"u{n:04}" for n in range(1, len(ids))]
    assert [found.problems for found in check(tmp_path / "out")] == [()]


def test_what_a_label_changes_is_made_anew(tmp_path: Path) -> None:
    out = _build(tmp_path, None, ["mp3", "json"])
    plain = (out / "news.mp3").read_bytes()
    _build(tmp_path, _config(tmp_path, mode="cn", producer="电台"), ["mp3", "json"])
    first = (out / "news.mp3").read_bytes()
    _build(tmp_path, _config(tmp_path, mode="cn", producer="电视台"), ["mp3", "json"])
    assert len({plain, first, (out / "news.mp3").read_bytes()}) == 3


def test_plan_shows_it_and_review_does_not(tmp_path: Path) -> None:
    article = tmp_path / "news.md"
    article.write_text(ARTICLE, encoding="utf-8")
    config = _config(tmp_path, mode="cn", sentence="人工智能合成，重庆还行。")
    script = plan(article, config=config, voice="xiaoxiao")
    assert [each.kind for each in script.utterances][:2] == ["label", "title"]
    found = [review_all([str(article)], make_options({}, each), 9) for each in (config, None)]
    assert [one.doubtful for one in found[0]] == [one.doubtful for one in found[1]]


def test_who_is_named_where_nobody_is(cli: Cli, article: Path) -> None:
    made = cli("build", article, "--voice", "silent", "--label", "cn", "-f", "mp3,json")
    assert made.exit_code == 0
    assert made.stderr.count("The label names readaloud as the producer.") == 1
    made = cli("build", article, "--voice", "silent", "--label", "off", "-f", "mp3,json")
    assert "label" not in made.stderr
    assert read_report(Path("output/news.json")).label is None


def test_the_eu_is_told_in_words_and_by_a_signature(tmp_path: Path) -> None:
    certificate, key = make_signer(tmp_path)
    config = _config(tmp_path, mode="eu", certificate=certificate.name, key=key.name)
    out = _build(tmp_path, config, ALL)
    label = read_report(out / "news.json").label
    assert label is not None
    assert (label.mode, label.signed) == ("eu", ("mp3", "m4b"))
    assert (label.aigc, label.utterances) == ({}, ())
    assert [found.problems for found in check(out)] == [()]
    assert str(_opus_tags(out / "news.opus")["description"][0]) == label.notice
    for suffix in (".html", ".epub", ".daisy.zip"):
        change = _in_text if suffix == ".html" else _in_book
        change(label.notice, "。")(out / f"news{suffix}")
    (found,) = check(out)
    assert sum(problem.endswith(UNSAID) for problem in found.problems) == 3


def test_no_signer_no_work(cli: Cli, article: Path) -> None:
    made = cli("build", article, "--voice", "silent", "--label", "eu")
    assert made.exit_code == 2
    assert "has no certificate" in made.stderr
    _config(Path(), mode="eu", certificate="c.pem", key="k.pem")
    made = cli("build", article, "--voice", "silent")
    assert made.exit_code == 2
    assert "can't be read" in made.stderr
    assert not Path("output").exists() or not list(Path("output").iterdir())


@pytest.mark.parametrize(
    ("settings", "mode"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "cn"),
        ({"LANG": "de_DE.UTF-8"}, "eu"),
        ({"LC_ALL": "zh_Hans_CN"}, "cn"),
        ({"LANG": "zh_TW.UTF-8"}, "off"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "off"),
        ({"LANG": "en_IE@euro"}, "eu"),
        ({"LANG": "C.UTF-8"}, "off"),
    ],
)
def test_the_region_tells_which_rules_hold(settings: dict[str, str], mode: str) -> None:
    assert label_of_region(settings) == mode


def test_doctor_gives_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    told = {each.name: each.found for each in examine()}
    assert "--label cn" in told["label"]
    _config(Path(), mode="cn")
    assert {each.name: each.found for each in examine()}["label"] == "cn"
