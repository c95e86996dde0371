"""Printed pages that a book states are kept in its edition: their marks, and their list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from typer.testing import Result

from readaloud.model import Source
from readaloud.sources.readers import read

OPS = "{http://www.idpf.org/2007/ops}type"
PROSE = "往返两岛的渡船今天全部停航，何时恢复要看风力。"


def book(path: Path) -> Path:
    mark = '<span epub:type="pagebreak" id="page_7" title="7"/>'
    later = '<div role="doc-pagebreak" aria-label="8"></div>'
    inside = f'港务局会在<span epub:type="pagebreak">9</span>傍晚公布消息，{PROSE}'
    body = f"{mark}<h1>停航</h1><p>{PROSE}</p>{later}<p>明天{PROSE}</p><p>{inside}</p>"
    with ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", '<c><rootfile full-path="b.opf"/></c>')
        archive.writestr(
            "b.opf",
            '<package><metadata/><manifest><item id="p" href="p.xhtml" '
            'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="p"/></spine>'
            "</package>",
        )
        archive.writestr(
            "p.xhtml", f'<html xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
        )
    return path


def test_pages_begin_in_the_blocks_that_they_stand_in_or_before(tmp_path: Path) -> None:
    path = book(tmp_path / "b.epub")
    document = read(Source("b.epub", "b", ".epub", path.read_bytes()))
    assert [block.pages for block in document.blocks] == [("7",), (), ("8",), ("9",)]
    assert document.blocks[3].text.startswith("港务局会在傍晚公布消息")
    assert [(gone.text, gone.reason) for gone in document.removed if gone.text] == [
        ("9", "page number")
    ]


def test_the_edition_keeps_the_marks_and_the_list(
    cli: Callable[..., Result], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    made = (
        "build",
        book(tmp_path / "b.epub"),
        "--voice",
        "silent",
        "--format",
        "mp3,epub,daisy,json",
    )
    result = cli(*made, "--out", out, "--json")
    assert result.exit_code == 0, result.stderr
    (path,) = (each for each in json.loads(result.stdout)["files"] if each.endswith(".epub"))
    with ZipFile(path) as archive:
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
        texts = [archive.read(n) for n in archive.namelist() if n.startswith("EPUB/text/ch")]
    listed = [a for n in nav.iter("{*}nav") if n.get(OPS) == "page-list" for a in n.iter("{*}a")]
    assert [a.text for a in listed] == ["7", "8", "9"]
    marks = {
        each.get("id"): each.get("aria-label")
        for text in texts
        for each in etree.fromstring(text).iter("{*}span")
        if each.get(OPS) == "pagebreak"
    }
    assert [marks[a.get("href").partition("#")[2]] for a in listed] == ["7", "8", "9"]
    assert _daisy_pages(next(out.rglob("*.daisy.zip"))) == [
        ("page-normal", "7", True),
        ("page-normal", "8", True),
        ("page-normal", "9", True),
    ]
    assert cli("check", out).exit_code == 0


def _daisy_pages(path: Path) -> list[tuple[str, str, bool]]:
    """The kind and number of each page in the NCC, and whether it leads to what is spoken."""
    with ZipFile(path) as archive:
        ncc = etree.fromstring(archive.read("ncc.html"))
        smils = {n: archive.read(n).decode() for n in archive.namelist() if n.endswith(".smil")}
    metas = {each.get("name"): each.get("content") for each in ncc.iter("{*}meta")}
    entries = list(ncc.find("{*}body"))
    assert entries[0].get("class") == "title"
    assert metas["ncc:pageNormal"] == "3"
    assert metas["ncc:maxPageNormal"] == "9"
    assert metas["ncc:tocItems"] == str(len(entries))
    pages = [each for each in entries if each.tag.endswith("}span")]
    links = [(page, page[0].get("href").partition("#")) for page in pages]
    return [
        (page.get("class"), page[0].text, f'id="{target}"' in smils[name])
        for page, (name, _, target) in links
    ]
