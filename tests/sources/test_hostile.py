"""Files built to do harm: each ends soon, within bounds, in a clear refusal."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from files import CONTAINER, docx_parts, epub_parts, paragraph, pdf, zipped

from conftest import slowness
from readaloud.errors import UnreadableSourceError
from readaloud.model import Source
from readaloud.sources.readers import read

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = "<div>" * 100_000 + "甲" + "</div>" * 100_000
LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n"
    b"3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def _epub(**parts: str | bytes) -> bytes:
    whole = epub_parts(["<p>甲。</p>"])
    whole.update({path.replace("__", "/"): text for path, text in parts.items()})
    return zipped(whole)


def _with_part(path: str, content: str | bytes) -> bytes:
    return zipped({**epub_parts(["<p>甲。</p>"]), path: content})


def _packed_otherwise(method: int) -> bytes:
    """An EPUB whose chapter of a kilobyte unpacks, whole and at once, to 50 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, text in epub_parts(["<p>甲。</p>"]).items():
            content = b" " * 50_000_000 if name == "OPS/p0.xhtml" else text
            book.writestr(name, content, method if name == "OPS/p0.xhtml" else 0)
    return out.getvalue()


def _docx(document: str) -> bytes:
    return zipped({**docx_parts(""), "word/document.xml": document})


def _huge_page_count() -> bytes:
    return LOOP.replace(b"/Count 2", b"/Count 2000000000")


def _packed(content: bytes, pages: int = 1) -> bytes:
    """A PDF whose pages all show one packed stream."""
    stream = zlib.compress(content, 9)
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    objects += [page + b"/Resources<</Font<</F 3 0 R>>>>>>"] * pages
    numbered = (b"%d 0 obj%s endobj\n" % (n, body) for n, body in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"


def _scattered_texts(count: int) -> bytes:
    places = ((n * 7919 % 600, n * 104729 % 800) for n in range(count))
    return b"".join(b"BT /F 9 Tf %d %d Td (a)Tj ET\n" % place for place in places)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "entities.epub": lambda: _with_part("OPS/p0.xhtml", f"{BOMB}<html><body>&b;</body></html>"),
    "file.epub": lambda: _with_part("OPS/p0.xhtml", f"{FILE}<html><body>&a;</body></html>"),
    "package.epub": lambda: _with_part("OPS/book.opf", f"{BOMB}<package>&b;</package>"),
    "deep.epub": lambda: _with_part("OPS/p0.xhtml", f"<html><body>{DEEP}</body></html>"),
    "swollen.epub": lambda: _with_part("OPS/p0.xhtml", "<p>" + "甲" * 20_000_000 + "</p>"),
    "markup.epub": lambda: _with_part("OPS/p0.xhtml", "<html>" + "<p/>" * 1_500_000 + "</html>"),
    "no-package.epub": lambda: zipped({"mimetype": "application/epub+zip"}),
    "lost-package.epub": lambda: zipped({"META-INF/container.xml": CONTAINER}),
    "outside.epub": lambda: zipped(
        {"META-INF/container.xml": CONTAINER.replace("OPS/book.opf", "../../../etc/passwd")}
    ),
    "bz2.epub": lambda: _packed_otherwise(zipfile.ZIP_BZIP2),
    "lzma.epub": lambda: _packed_otherwise(zipfile.ZIP_LZMA),
    "cut.epub": lambda: zipped(epub_parts(["<p>甲。</p>"]))[:700],
    "entities.docx": lambda: _docx(f"{BOMB}<document>&b;</document>"),
    "file.docx": lambda: _docx(f"{FILE}<document>&a;</document>"),
    "deep.docx": lambda: _docx("<p>" * 100_000 + "</p>" * 100_000),
    "swollen.docx": lambda: _docx("<p>" + " " * 100_000_000 + "</p>"),
    "no-document.docx": lambda: zipped({"[Content_Types].xml": "<Types/>"}),
    "broken.docx": lambda: _docx("<document><p>"),
    "cut.docx": lambda: zipped(docx_parts(paragraph("甲")))[:400],
    "empty.docx": lambda: b"",
    "loop.pdf": lambda: LOOP,
    "pages.pdf": _huge_page_count,
    "paths.pdf": lambda: _packed(b"0 0 m 9 9 l S\n" * 7_000_000),
    "saves.pdf": lambda: _packed(b"q " * 50_000_000),
    "cut.pdf": lambda: pdf([[(72, 700, 11, "甲乙丙")]])[:300],
    "empty.pdf": lambda: b"",
}
"""How each is made: what takes long is made where it is read, not in every process of a run."""


@cache
def hostile(name: str) -> bytes:
    """One of them, for the tests that read it."""
    return HOSTILE[name]()


def test_very_many_texts_end_in_a_plan_or_a_refusal() -> None:
    """A quick machine reads them all in time, a slow one gives up."""
    source = Source("texts.pdf", "a", ".pdf", _packed(_scattered_texts(125_000)))
    begun = time.monotonic()
    with suppress(UnreadableSourceError):
        assert read(source).blocks
    assert time.monotonic() - begun < 10 * slowness()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str) -> None:
    source = Source(name, "a", Path(name).suffix, hostile(name))
    begun = time.monotonic()
    with pytest.raises(UnreadableSourceError) as caught:
        read(source)
    assert time.monotonic() - begun < (10 if name.endswith(".pdf") else 20) * slowness()
    assert name in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    "name",
    [
        "swollen.epub",
        "bz2.epub",
        "lzma.epub",
        "markup.epub",
        "swollen.docx",
        "deep.docx",
        "pages.pdf",
        "paths.pdf",
    ],
)
def test_time_and_memory_are_bounded(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(hostile(name))
    code = (
        "import resource, sys\nfrom pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (10, 10))\n"
        "from readaloud.errors import UnreadableSourceError\n"
        "from readaloud.sources.readers import read\n"
        "from readaloud.sources.find import load_source\n"
        "try:\n    read(load_source(Path(sys.argv[1])))\n"
        "except UnreadableSourceError:\n    print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "refused", (done.returncode, done.stderr)
