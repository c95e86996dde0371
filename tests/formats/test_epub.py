"""The EPUB: valid, read along to the sound, accessible, the same file each time."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest
from books import (
    DEPTHS,
    LEVELS,
    SECTIONS,
    Cli,
    build,
    complaints,
    length_ms,
    parse,
    write_bulletin,
)
from narrations import make_narration, nameless, write

from readaloud.errors import OutputError
from readaloud.model import Block, Chapter, Narration

NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "x": "http://www.w3.org/1999/xhtml",
    "s": "http://www.w3.org/ns/SMIL",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return make_narration(tmp_path, ["開頭", "第二章", "結尾"])


def _meta(book: ZipFile, name: str) -> list[str]:
    package = parse(book.read("EPUB/package.opf"))
    return list(package.xpath(f"//opf:meta[@property='{name}']/text()", namespaces=NAMES))


def _ms(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


def _pars(book: ZipFile) -> list[tuple[str, int, int]]:
    """Target of the text, begin and end of each par, in the order of the spine."""
    found = []
    for name in sorted(name for name in book.namelist() if name.endswith(".smil")):
        for par in parse(book.read(name)).iterfind(".//s:par", NAMES):
            audio = par.find("s:audio", NAMES)
            assert audio.get("src") == "../audio/narration.mp3"
            begin, end = _ms(audio.get("clipBegin")), _ms(audio.get("clipEnd"))
            found.append((par.find("s:text", NAMES).get("src"), begin, end))
    return found


def _texts(book: ZipFile) -> dict[str, str]:
    """Text by address, in the order of the pages."""
    return {
        f"../{name.removeprefix('EPUB/')}#{span.get('id')}": span.text
        for name in sorted(name for name in book.namelist() if "/text/chapter-" in name)
        for span in parse(book.read(name)).iterfind(".//x:span", NAMES)
    }


def test_the_sample_is_valid(cli: Cli, seed: Path, tmp_path: Path) -> None:
    assert complaints(build(cli, seed, tmp_path / "out", "epub")) == []


def test_a_bulletin_of_articles_is_valid(cli: Cli, tmp_path: Path) -> None:
    source, other = write_bulletin(tmp_path), tmp_path / "other.txt"
    other.write_text("没有标题的一篇。它只有两句话。\n", encoding="utf-8")
    path = build(cli, source, tmp_path / "out", "epub", "--bulletin", "晨报", other)
    assert complaints(path) == []


def test_a_nested_bulletin_is_valid_and_whole(cli: Cli, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(PNG)
    path = build(cli, write_bulletin(tmp_path), tmp_path / "out", "epub", "--cover", cover)
    assert complaints(path) == []
    with ZipFile(path) as book:
        pars, texts = _pars(book), _texts(book)
        assert len(pars) > 100
        assert [target for target, _, _ in pars] == list(texts)
        heard_ms = length_ms(book.read("EPUB/audio/narration.mp3"), tmp_path)
        total_ms, *each_ms = sorted(map(_ms, _meta(book, "media:duration")), reverse=True)
        nav = parse(book.read("EPUB/nav.xhtml")).find(".//x:nav", NAMES)
        pages = [parse(book.read(f"EPUB/text/chapter-{n:04}.xhtml")) for n in range(1, 9)]
        assert book.read("EPUB/cover.png") == PNG
    assert pars[0][1] == 0
    assert all(before[2] == after[1] for before, after in pairwise(pars))
    assert all(begin < end for _, begin, end in pars)
    assert abs(pars[-1][2] - heard_ms) < 30
    assert sum(each_ms) == total_ms == pars[-1][2]
    links = list(nav.iterfind(".//x:a", NAMES))
    assert [link.text for link in links[1:]] == SECTIONS
    depths = [sum(1 for up in link.iterancestors("{*}ol")) for link in links[1:]]
    assert depths == DEPTHS
    headings = [page.xpath("//x:h1|//x:h2|//x:h3", namespaces=NAMES) for page in pages]
    assert [h[0].tag[-2:] for h in headings] == ["h1"] + [f"h{level}" for level in LEVELS]
    page = pages[1]
    assert len(page.findall(".//x:ul/x:li", NAMES)) == 2
    assert len(page.findall(".//x:blockquote/x:p", NAMES)) == 1
    assert [len(p) for p in page.findall(".//x:section/x:p", NAMES)] == [2] * 6


def test_every_par_begins_where_it_is_heard(narration: Narration, tmp_path: Path) -> None:
    with ZipFile(write("epub", narration, tmp_path)) as book:
        audio, pars = book.read("EPUB/audio/narration.mp3"), _pars(book)
    heard = _decoded(audio, tmp_path)
    assert len(pars) == 6
    for _, begin_ms, end_ms in pars:
        clip = np.abs(heard[round(begin_ms * 44.1) : round(end_ms * 44.1)])
        assert np.flatnonzero(clip > 0.03)[0] < 0.005 * 44_100
        assert np.flatnonzero(clip > 0.03)[-1] == pytest.approx(0.4 * 44_100, abs=0.01 * 44_100)


def _decoded(audio: bytes, folder: Path) -> Any:
    import av

    path = folder / "book.mp3"
    path.write_bytes(audio)
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_metadata(narration: Narration, tmp_path: Path) -> None:
    article = replace(narration.script.article, origin="北風日報")
    named = replace(narration, script=replace(narration.script, article=article))
    with ZipFile(write("epub", named, tmp_path)) as book:
        package = parse(book.read("EPUB/package.opf"))
        dublin = {e.tag.partition("}")[2]: e.text for e in package.iterfind(".//dc:*", NAMES)}
        assert dublin.pop("identifier").startswith("urn:uuid:")
        assert dublin == {
            "title": "北風呼嘯", "language": "zh-Hant", "creator": "王小明",
            "publisher": "北風日報", "date": "2020-02-03",
        }  # fmt: skip
        assert _meta(book, "dcterms:modified") == ["2020-02-03T00:00:00Z"]
        assert _meta(book, "media:narrator") == ["xiaoxiao"]
        (active,) = _meta(book, "media:active-class")
        assert f".{active} {{" in book.read("EPUB/style.css").decode()
        assert _meta(book, "schema:accessMode") == ["textual", "auditory"]
        assert _meta(book, "schema:accessModeSufficient") == [
            "textual", "auditory", "textual,auditory",
        ]  # fmt: skip
        assert {"synchronizedAudioText", "tableOfContents", "displayTransformability"} <= set(
            _meta(book, "schema:accessibilityFeature")
        )
        assert _meta(book, "schema:accessibilityHazard") == ["none"]
        assert "合成語音" in _meta(book, "schema:accessibilitySummary")[0]


@pytest.mark.parametrize("date", ["2020", "昨日", "2020-13-01", None])
def test_a_date_that_is_none(narration: Narration, tmp_path: Path, date: str | None) -> None:
    article = replace(narration.script.article, date=date)
    named = replace(narration, script=replace(narration.script, article=article))
    with ZipFile(write("epub", named, tmp_path)) as book:
        assert _meta(book, "dcterms:modified") == ["1980-01-01T00:00:00Z"]
        assert not parse(book.read("EPUB/package.opf")).findall(".//dc:date", NAMES)


def test_the_same_edition_is_the_same_file(narration: Narration, tmp_path: Path) -> None:
    first = write("epub", narration, tmp_path).read_bytes()
    mp3 = write("mp3", narration, tmp_path)
    beside = replace(narration, files=(("mp3", mp3.name, ""),))
    assert write("epub", beside, tmp_path).read_bytes() == first
    assert write("epub", replace(narration, key="l"), tmp_path).read_bytes() != first
    assert first[30:58] == b"mimetypeapplication/epub+zip"
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.is_file()) == [
        ".epub", ".mp3", ".pcm",
    ]  # fmt: skip


def test_the_audio_is_stored_and_has_no_tags(narration: Narration, tmp_path: Path) -> None:
    with ZipFile(write("epub", narration, tmp_path)) as book:
        entry = book.getinfo("EPUB/audio/narration.mp3")
        assert entry.compress_type == ZIP_STORED
        assert book.read(entry)[:2] == b"\xff\xfb"


def test_long_audio_is_not_held_in_memory(narration: Narration, tmp_path: Path) -> None:
    with (tmp_path / "long.mp3").open("wb") as file:
        file.truncate(64 << 20)
    beside = replace(narration, files=(("mp3", "long.mp3", ""),))
    write("epub", narration, tmp_path)
    tracemalloc.start()
    path = write("epub", beside, tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 64 << 20
    assert peak < 8 << 20


def test_what_xml_cannot_hold(narration: Narration, tmp_path: Path) -> None:
    text = "第一\x0b句\ud800<b>&amp;\ufffe"
    utterances = (replace(narration.script.utterances[0], text=text),)
    script = replace(narration.script, utterances=utterances + narration.script.utterances[1:])
    cues = (replace(narration.cues[0], text=text), *narration.cues[1:])
    path = write("epub", nameless(replace(narration, script=script, cues=cues)), tmp_path)
    with ZipFile(path) as book:
        assert next(iter(_texts(book).values())) == "第一句<b>&amp;"
    assert complaints(path) == []


def test_levels_that_leap_make_no_hole(narration: Narration, tmp_path: Path) -> None:
    levels = [4, 6, 2]
    chapters = tuple(
        Chapter(chapter.id, Block(str(level), 1, "heading", level), ())
        for chapter, level in zip(narration.script.article.chapters, levels, strict=True)
    )
    article = replace(narration.script.article, chapters=chapters)
    leaping = replace(narration, script=replace(narration.script, article=article))
    path = write("epub", leaping, tmp_path)
    with ZipFile(path) as book:
        nav = parse(book.read("EPUB/nav.xhtml")).find(".//x:nav", NAMES)
    links = nav.iterfind(".//x:a", NAMES)
    assert [sum(1 for _ in link.iterancestors("{*}ol")) for link in links] == [1, 2, 1]


def test_a_book_that_cannot_be_written(narration: Narration, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"北風\.epub"):
        write("epub", narration, tmp_path / "missing")
