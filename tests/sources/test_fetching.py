from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import Result

from conftest import slowness
from readaloud.errors import UnreadableSourceError
from readaloud.sources import fetch as fetching
from readaloud.sources.fetch import fetch, is_address, is_public
from readaloud.sources.find import load_source

PAGE = "<title>雨</title><article><h1>雨</h1><p>今天下雨，请带伞。</p></article>".encode("gbk")
HTML = ("Content-Type", "text/html; charset=GBK")
ANSWERS: dict[str, tuple[int, list[tuple[str, str]], bytes]] = {
    "/news/rain.html": (200, [HTML], PAGE),
    "/packed": (200, [HTML, ("Content-Encoding", "gzip")], gzip.compress(PAGE)),
    "/torn": (200, [HTML, ("Content-Encoding", "gzip")], gzip.compress(PAGE)[:-12]),
    "/bomb": (200, [HTML, ("Content-Encoding", "gzip")], gzip.compress(bytes(3_000_000))),
    "/brotli": (200, [HTML, ("Content-Encoding", "br")], b"x"),
    "/big": (200, [HTML], bytes(2_000_000)),
    "/short": (200, [HTML, ("Content-Length", "500")], b"half"),
    "/gone": (404, [], b""),
    "/%E6%96%87.md": (200, [("Content-Type", "text/plain; charset=utf-8")], "# 文".encode()),
    "/book": (200, [("Content-Type", "application/epub+zip")], b"PK"),
    "/raw.docx": (200, [], b"PK"),
    "/loop": (302, [("Location", "/loop")], b""),
    "/moved": (301, [("Location", "news/rain.html")], b""),
    "/file": (302, [("Location", "file:///etc/passwd")], b""),
    "/nowhere": (302, [("Location", "http://[")], b""),
    "/backwards": (200, [HTML, ("Transfer-Encoding", "chunked")], b"-5\r\nhello\r\n0\r\n\r\n"),
    "/all": (200, [HTML, ("Transfer-Encoding", "chunked")], b"-1\r\n" + bytes(3_000_000)),
    "/inward": (302, [("Location", "http://inward.test/")], b""),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])  # type: ignore[attr-defined]
        if self.path == "/slow":
            self._drip()
            return
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        try:
            for _ in range(100):
                self.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """No line of log into the tests' output."""


@pytest.fixture
def hosts() -> list[str]:
    return []


@pytest.fixture
def site(hosts: list[str]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.hosts = hosts  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "suffix", "charset"),
    [
        ("/news/rain.html", ".html", "gbk"),
        ("/packed", ".html", "gbk"),
        ("/moved", ".html", "gbk"),
        ("/文.md", ".md", "utf-8"),
        ("/book", ".epub", None),
        ("/raw.docx", ".docx", None),
    ],
)
def test_what_is_fetched(site: str, path: str, suffix: str, charset: str | None) -> None:
    fetched = fetch(site + path, allow_private=True)
    assert (fetched.suffix, fetched.charset) == (suffix, charset)
    assert fetched.data == (PAGE if suffix == ".html" else ANSWERS[fetched_path(path)][2])


def fetched_path(path: str) -> str:
    return path.replace("文", "%E6%96%87")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/torn", "broke off"),
        ("/short", "broke off"),
        ("/bomb", "larger than 1 MB"),
        ("/big", "larger than 1 MB"),
        ("/brotli", "compressed in a way"),
        ("/gone", "answers 404"),
        ("/loop", "redirects more than 5 times"),
        ("/file", "only http and https"),
        ("/slow", "took more than 1 s"),
        ("/nowhere", "the answer is damaged"),
        ("/backwards", "the answer is damaged"),
        ("/all", "the answer is damaged"),
    ],
)
def test_what_is_refused_names_the_address(site: str, path: str, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableSourceError, match=said) as caught:
        fetch(site + path, allow_private=True, most_bytes=1_000_000, most_seconds=1)
    assert site + path in caught.value.message
    assert caught.value.remedy
    assert time.monotonic() - began < 1 + 5 * slowness()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://", "has no host name"),
        ("http://user:word@example.com/", "name and password"),
        ("http://example.com:99999/", "not a valid address"),
        ("http://[::1", "not a valid address"),
        ("http://a..b/", "not a valid address"),
        ("http://127.0.0.1/", "public internet"),
        ("http://2130706433/", "public internet"),
        ("http://[::ffff:10.0.0.1]/", "public internet"),
        ("https://localhost/", "public internet"),
    ],
)
def test_addresses_that_are_not_asked(address: str, said: str) -> None:
    with pytest.raises(UnreadableSourceError, match=said):
        fetch(address)


def test_a_closed_port_is_said() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        with pytest.raises(UnreadableSourceError, match="can't be fetched"):
            fetch(f"http://127.0.0.1:{unheard.getsockname()[1]}/", allow_private=True)


def test_a_server_without_tls_is_said(site: str) -> None:
    with pytest.raises(UnreadableSourceError, match="can't be fetched"):
        fetch(site.replace("http:", "https:"), allow_private=True)


def test_the_number_that_was_checked_is_connected_to(
    site: str, hosts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere when asked again, and a redirect to such a name."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, port: int, **rest: int) -> list[tuple[object, ...]]:
        asked.append(host)
        return list(real("127.0.0.1" if asked.count(host) == 1 else "127.0.0.9", port, **rest))

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(fetching, "is_public", lambda _: asked[-1] == "news.test")
    port = site.rpartition(":")[2]
    assert fetch(f"http://news.test:{port}/news/rain.html").data == PAGE
    assert (asked, hosts) == (["news.test"], [f"news.test:{port}"])
    asked.clear()
    with pytest.raises(UnreadableSourceError, match="public internet"):
        fetch(f"http://news.test:{port}/inward")
    assert asked == ["news.test", "inward.test"]


@pytest.mark.parametrize(
    "number",
    [
        "10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.0.1", "172.16.0.1", "0.0.0.0",  # noqa: S104
        "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
        "fc00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
        "192.88.99.1", "192.0.0.1", "192.0.2.7", "198.18.0.1", "198.51.100.3", "203.0.113.9",
        "239.255.255.250", "fec0::1", "3fff::1", "3fff:fff:ffff::", "2001:db8::1", "2001::1",
        "2001:10::1", "2002:808:808::1", "100::1", "64:ff9b:1::1", "5f00::1", "4000::1",
        "::8.8.8.8",
    ],
)  # fmt: skip
def test_numbers_of_the_own_network(number: str) -> None:
    assert not is_public(number)


def test_numbers_of_the_public_net() -> None:
    public = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "192.88.98.255"]
    public += ["100.128.0.1", "172.32.0.1", "198.20.0.1", "223.255.255.255", "2001:200::1"]
    assert [number for number in public if not is_public(number)] == []


def test_names_that_are_addresses() -> None:
    assert is_address("HTTPS://a.cn/1")
    assert not any(map(is_address, ["a.html", "file:///a", "httpx://a", "http:/a"]))


def test_a_source_from_the_web_is_read(site: str, cli: Callable[..., Result]) -> None:
    source = load_source(f"{site}/news/rain.html", allow_private=True)
    assert (source.stem, source.suffix, source.charset) == ("rain", ".html", "gbk")
    shown = cli("plan", f"{site}/packed", "--voice", "silent", "--allow-private")
    assert shown.exit_code == 0
    assert "今天下雨，请带伞。" in shown.stdout
    refused = cli("plan", f"{site}/packed", "--voice", "silent")
    assert refused.exit_code == 3
    assert "--allow-private" in refused.output


def test_an_edition_of_an_address(site: str, cli: Callable[..., Result], tmp_path: Path) -> None:
    arguments = ("build", f"{site}/news/rain.html", "--voice", "silent", "--allow-private")
    assert cli(*arguments, "--out", tmp_path / "out").exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["rain.json", "rain.mp3"]
