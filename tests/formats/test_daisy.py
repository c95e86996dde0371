"""DAISY 2.02: each demand of the specification, on the sample and on a nested bulletin."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from books import DEPTHS, SECTIONS, Cli, build, length_ms, parse, transitional, write_bulletin
from narrations import make_narration, nameless, write

from readaloud.errors import OutputError
from readaloud.model import Narration

X = {"x": "http://www.w3.org/1999/xhtml"}
ONCE = {
    "dc:title", "dc:creator", "dc:date", "dc:format", "dc:identifier", "dc:language",
    "dc:publisher", "ncc:charset", "ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial",
    "ncc:tocItems", "ncc:totalTime",
}  # fmt: skip


def _metas(root: Any) -> dict[str, str]:
    metas = root.xpath("//*[local-name()='meta'][@name]")
    assert set(Counter(meta.get("name") for meta in metas).values()) == {1}
    return {meta.get("name"): meta.get("content") for meta in metas}


def _seconds(clip: str) -> float:
    match = re.fullmatch(r"npt=(\d{1,6}\.\d{3})s", clip)
    assert match
    return float(match[1])


def _clock_s(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _headings(ncc: Any) -> list[Any]:
    body = ncc.find("x:body", X)
    assert all(re.fullmatch(r"h[1-6]", child.tag.partition("}")[2]) for child in body)
    return list(body)


def _check(path: Path, folder: Path) -> None:
    """Everything that the specification asks of the files together."""
    with ZipFile(path) as book:
        files = {name: book.read(name) for name in book.namelist()}
    ncc, content = parse(files["ncc.html"]), parse(files["content.html"])
    dtd = transitional()
    for page in (ncc, content):
        assert dtd.validate(page), dtd.error_log
        assert page.find("x:head/x:meta", X).get("content") == "text/html; charset=utf-8"
    metas, headings = _metas(ncc), _headings(ncc)
    assert set(metas) >= ONCE
    assert (metas["dc:format"], metas["ncc:charset"]) == ("Daisy 2.02", "utf-8")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", metas["dc:date"])
    assert int(metas["ncc:tocItems"]) == len(headings)
    assert int(metas["ncc:files"]) == len(files)
    assert headings[0].tag == f"{{{X['x']}}}h1"
    assert headings[0].get("class") == "title"
    assert [h.get("class") for h in headings[1:]] == [None] * (len(headings) - 1)
    levels = [int(heading.tag[-1]) for heading in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert int(metas["ncc:depth"]) == max(levels)
    smils = sorted(name for name in files if re.fullmatch(r"s\d{4}\.smil", name))
    refs = parse(files["master.smil"]).findall("body/ref")
    assert [ref.get("src") for ref in refs] == smils
    length_s = _check_smils(files, smils, content, headings)
    assert _clock_s(metas["ncc:totalTime"]) == pytest.approx(length_s, abs=0.5)
    total = _metas(parse(files["master.smil"]))["ncc:timeInThisSmil"]
    assert _clock_s(total) == pytest.approx(length_s, abs=0.001)
    assert length_s == pytest.approx(length_ms(files["narration.mp3"], folder) / 1000, abs=0.03)


def _check_smils(
    files: dict[str, bytes], smils: list[str], content: Any, headings: list[Any]
) -> float:
    """The parts in order: links both ways, times without a gap; the end of the last in seconds."""
    texts = [span.get("id") for span in content.iterfind(".//x:span", X)]
    assert len(set(texts)) == len(texts)
    targets, at, spoken = set(), 0.0, []
    for name in smils:
        root = parse(files[name])
        metas = _metas(root)
        assert root.find("head/layout/region").get("id") == "txtView"
        assert _clock_s(metas["ncc:totalElapsedTime"]) == pytest.approx(at, abs=0.001)
        (seq,) = root.find("body")
        start = at
        for par in seq:
            text, (audio,) = par
            assert par.get("endsync") == "last"
            assert (text.tag, audio.tag) == ("text", "audio")
            assert audio.get("src") in files
            assert _seconds(audio.get("clip-begin")) == pytest.approx(at, abs=0.0001)
            at = _seconds(audio.get("clip-end"))
            assert at > _seconds(audio.get("clip-begin"))
            page, _, target = text.get("src").partition("#")
            assert page == "content.html"
            spoken.append(target)
            targets.add(f"{name}#{par.get('id')}")
        assert float(seq.get("dur")[:-1]) == pytest.approx(at - start, abs=0.001)
        assert _clock_s(metas["ncc:timeInThisSmil"]) == pytest.approx(at - start, abs=0.001)
        identifiers = root.xpath("//@id")
        assert len(set(identifiers)) == len(identifiers)
    assert spoken == texts
    assert content.find(".//x:a", X) is None, "a screen reader says “link” at each"
    for heading in headings:
        (link,) = heading
        assert link.get("href") in targets
    return at


def test_the_sample_keeps_every_demand(cli: Cli, seed: Path, tmp_path: Path) -> None:
    _check(build(cli, seed, tmp_path / "out", "daisy"), tmp_path)


def test_a_nested_bulletin_keeps_every_demand(cli: Cli, tmp_path: Path) -> None:
    path = build(cli, write_bulletin(tmp_path), tmp_path / "out", "daisy")
    _check(path, tmp_path)
    with ZipFile(path) as book:
        title, *headings = _headings(parse(book.read("ncc.html")))
    assert title[0].text == "晨间新闻 <A&B>"
    assert [heading[0].text for heading in headings] == SECTIONS
    assert [int(heading.tag[-1]) for heading in headings] == DEPTHS


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return make_narration(tmp_path, ["開頭", "第二章", "結尾"])


def test_another_program_reads_it(
    narration: Narration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # daisy-dtb was written on Python 3.12; all that it lacks in 3.11 is this mark.
    monkeypatch.setattr("typing.override", lambda method: method, raising=False)
    from daisy_dtb import DaisyBook
    from daisy_dtb.sources import ZipDtbSource

    book = DaisyBook(ZipDtbSource(str(write("daisy", narration, tmp_path))))
    assert book.title == "北風呼嘯"
    assert (book.langage, book.charset, book.navigation_depth) == ("zh-Hant", "utf-8", 1)
    # The first chapter's heading is not spoken there: the title stands for it.
    assert [entry.text for entry in book.toc_entries] == ["北風呼嘯", "第二章", "結尾"]
    sections = [section for smil in book.smils for section in smil.sections]
    assert [section.text.content.strip() for section in sections] == [
        cue.text for cue in narration.cues
    ]
    (clips,) = {len(section.clips) for section in sections}
    assert clips == 1
    begins = [round(section.clips[0].begin * 1000) for section in sections]
    assert begins == [cue.start_ms for cue in narration.cues]


def test_what_an_article_does_not_say(narration: Narration, tmp_path: Path) -> None:
    path = write("daisy", nameless(narration), tmp_path)
    _check(path, tmp_path)
    with ZipFile(path) as book:
        metas = _metas(parse(book.read("ncc.html")))
    named = ("dc:title", "dc:creator", "dc:publisher", "dc:date", "ncc:narrator")
    assert [metas[name] for name in named] == [
        "北風", "佚名", "readaloud", "1980-01-01", "xiaoxiao",
    ]  # fmt: skip


def test_every_file_is_the_same_each_time(narration: Narration, tmp_path: Path) -> None:
    first = write("daisy", narration, tmp_path).read_bytes()
    mp3 = write("mp3", narration, tmp_path)
    beside = replace(narration, files=(("mp3", mp3.name, ""),))
    assert write("daisy", beside, tmp_path).read_bytes() == first


def test_a_book_that_cannot_be_written(narration: Narration, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"北風\.daisy\.zip"):
        write("daisy", narration, tmp_path / "missing")
