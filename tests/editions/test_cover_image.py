"""The picture of an edition: the user's own, a book's, a page's."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import pytest
from mutagen.id3 import ID3
from PIL import Image
from typer.testing import Result

from readaloud.editions.cover_image import size_of, usable

Cli = Callable[..., Result]
PROSE = "<p>往返两岛的渡船今天全部停航，何时恢复要看风力。</p>"


def picture(kind: str = "PNG", side: int = 200, colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side * 2), colour).save(buffer, kind)
    return buffer.getvalue()


def page(image: str) -> str:
    head = f'<head><meta property="og:image" content="{image}"></head>'
    body = f"<h1>渡船停航一日</h1>{PROSE}{PROSE.replace('今天', '明天')}"
    return f"<html>{head}<body>{body}</body></html>"


def cover_of(cli: Cli, source: object, out: Path, *options: object) -> bytes | None:
    """The picture in the MP3 of a source's edition."""
    result = cli("build", source, "--voice", "silent", "--out", out, "--json", *options)
    assert result.exit_code == 0, result.stderr
    (mp3,) = out.glob("*.mp3")
    found = ID3(mp3).getall("APIC")
    return found[0].data if found else None


def book(path: Path, metadata: str, items: str, entries: dict[str, bytes], spine: str = "") -> Path:
    opf = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><metadata>{metadata}</metadata><manifest>'
        '<item id="p" href="p.xhtml" media-type="application/xhtml+xml"/>'
        f'{items}</manifest><spine><itemref idref="p"/></spine>{spine}</package>'
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", '<c><rootfile full-path="O/b.opf"/></c>')
        archive.writestr("O/b.opf", opf)
        archive.writestr("O/p.xhtml", f"<html><body>{PROSE}</body></html>")
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("metadata", "items", "more"),
    [
        ("", '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>', ""),
        (
            '<meta name="cover" content="c"/>',
            '<item id="c" href="c.png" media-type="image/png"/>',
            "",
        ),
        ("", '<item id="cover" href="C.PNG" media-type="image/png"/>', ""),
        (
            "",
            '<item id="t" href="t.xhtml" media-type="application/xhtml+xml"/>',
            '<guide><reference type="cover" href="t.xhtml"/></guide>',
        ),
    ],
)
def test_a_books_cover_becomes_the_editions(
    cli: Cli, tmp_path: Path, metadata: str, items: str, more: str
) -> None:
    shown = b'<html><body><svg><image xlink:href="c.png"/></svg></body></html>'
    entries = {"O/c.png": picture(), "O/t.xhtml": shown}
    source = book(tmp_path / "b.epub", metadata, items, entries, more)
    assert cover_of(cli, source, tmp_path / "out") == picture()


def test_the_users_cover_goes_before_the_books(cli: Cli, tmp_path: Path) -> None:
    item = '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>'
    source = book(tmp_path / "b.epub", "", item, {"O/c.png": picture()})
    own = tmp_path / "own.png"
    own.write_bytes(picture(colour="blue"))
    assert cover_of(cli, source, tmp_path / "out", "--cover", own) == own.read_bytes()


def test_webp_becomes_a_jpeg_that_all_formats_take(cli: Cli, tmp_path: Path) -> None:
    own = tmp_path / "own.webp"
    own.write_bytes(picture("WEBP"))
    (tmp_path / "a.html").write_text(page("own.webp"), encoding="utf-8")
    out, formats = tmp_path / "out", ("--format", "mp3,m4b,opus,epub,json")
    made = cover_of(cli, tmp_path / "a.html", out, *formats)
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("JPEG", (200, 400))
        red, green, blue = image.convert("RGB").getpixel((100, 200))  # type: ignore[misc]
    assert red > 240
    assert max(green, blue) < 15
    with ZipFile(next(out.glob("*.epub"))) as archive:
        assert archive.read("EPUB/cover.jpg") == made
    assert cli("check", out).exit_code == 0
    assert cover_of(cli, tmp_path / "a.html", out, "--cover", own, *formats) == made


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("pics/a.png", "pics/a.png"),
        ("https://example.com/x/a.png?w=1", "page_files/a.png"),
        ("https://example.com/x/a.png", "a.png"),
        ("%E5%9B%BE.png", "图.png"),
    ],
)
def test_a_saved_page_takes_a_picture_that_lies_beside_it(
    cli: Cli, tmp_path: Path, address: str, place: str
) -> None:
    folder = tmp_path / "saved"
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_bytes(picture())
    (folder / "page.html").write_text(page(address), encoding="utf-8")
    assert cover_of(cli, folder / "page.html", tmp_path / "out") == picture()


@pytest.mark.parametrize(
    "address", ["../secret.png", "{top}/secret.png", "file:///{top}/secret.png", "link.png"]
)
def test_a_saved_page_takes_nothing_from_elsewhere(cli: Cli, tmp_path: Path, address: str) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(picture())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "page.html").write_text(page(address.format(top=tmp_path)), encoding="utf-8")
    assert cover_of(cli, folder / "page.html", tmp_path / "out") is None


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", picture(side=40), picture()[:60], b"RIFF\0\0\0\0WEBPVP8 "]
)
def test_a_picture_that_is_none_stops_no_edition(cli: Cli, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    (tmp_path / "page.html").write_text(page("a.png"), encoding="utf-8")
    found = cover_of(cli, tmp_path / "page.html", tmp_path / "out")
    assert found is None or found == picture()[:60]


@pytest.fixture
def site() -> Iterator[str]:
    """A server with a page, its picture, and a picture that redirects to the inner network."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = picture(), "image/png"
            if self.path.endswith(".html"):
                here = f"http://{self.headers['Host']}"
                body, kind = page(f"{here}/a.png").encode(), "text/html; charset=utf-8"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_fetched_page_brings_its_picture_through_the_same_guard(
    cli: Cli, tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{site}/news.html"
    assert cover_of(cli, address, tmp_path / "out", "--allow-private") == picture()
    from readaloud.config.run_options import Options
    from readaloud.editions.cover_image import find_cover
    from readaloud.model import Article, Cover

    article = Article("a", None, None, None, "zh-Hans", (), (), cover=Cover(address="/a.png"))
    assert find_cover(article, address, Options(allow_private=True)) == picture()
    assert find_cover(article, address, Options()) is None


def test_sizes_are_read_without_decoding() -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        assert size_of(picture(kind, 123)) == (123, 246)
    lossless = io.BytesIO()
    Image.new("RGBA", (300, 77), (0, 0, 0, 0)).save(lossless, "WEBP", lossless=True)
    assert size_of(lossless.getvalue()) == (300, 77)
    made = usable(lossless.getvalue())
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
