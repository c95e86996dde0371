"""The server gives players what they ask for, and nobody a file outside its folder."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from readaloud.errors import OutputError
from readaloud.podcast.file_requests import FileRequests, find_range
from readaloud.podcast.server import LOOPBACK, MOST_CLIENTS, open_server

SOUND = bytes(range(256)) * 40


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    out = tmp_path / "out"
    out.mkdir()
    (out / "x.mp3").write_bytes(SOUND)
    (out / "empty.vtt").touch()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (out / ".hidden").write_text("secret", encoding="utf-8")
    (out / "link.txt").symlink_to(tmp_path / "secret.txt")
    with open_server(out, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(
    port: int, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def test_a_whole_file(port: int) -> None:
    status, headers, body = ask(port, "/x.mp3")
    assert (status, body) == (200, SOUND)
    assert headers["Content-Type"] == "audio/mpeg"
    assert headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("0-0", 0, 1), ("5-9", 5, 10), ("100-", 100, 10240), ("-7", 10233, 10240),
        ("-99999", 0, 10240), ("10230-99999", 10230, 10240), ("10239-", 10239, 10240),
    ],
)  # fmt: skip
def test_ranges(port: int, asked: str, start: int, end: int) -> None:
    status, headers, body = ask(port, "/x.mp3", Range=f"bytes={asked}")
    assert (status, body) == (206, SOUND[start:end])
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/10240"
    assert headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", ["10240-", "99999-100000", "-0"])
def test_ranges_beyond_the_end(port: int, asked: str) -> None:
    status, headers, body = ask(port, "/x.mp3", Range=f"bytes={asked}")
    assert (status, headers["Content-Range"], body) == (416, "bytes */10240", b"")


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=9-5", "bytes=0-1,3-4", "lines=1-2", "bytes=x"])
def test_what_is_no_single_range_gets_the_whole(port: int, asked: str) -> None:
    assert ask(port, "/x.mp3", Range=asked)[::2] == (200, SOUND)


def test_a_range_of_an_empty_file_is_refused() -> None:
    assert find_range("bytes=0-", 0) == range(0)
    assert find_range("bytes=-5", 0) == range(0)


def test_head_has_the_headers_and_no_body(port: int) -> None:
    status, headers, body = ask(port, "/x.mp3", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "10240", b"")
    assert ask(port, "/x.mp3", "HEAD", Range="bytes=1-2")[0] == 206
    assert ask(port, "/empty.vtt", "HEAD")[1]["Content-Length"] == "0"


def test_one_connection_serves_many_requests(port: int) -> None:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    for asked, length in (("bytes=0-9", 10), ("bytes=99999-", 0), ("bytes=5-", 10235)):
        connection.request("GET", "/x.mp3", headers={"Range": asked})
        assert len(connection.getresponse().read()) == length
    connection.request("HEAD", "/x.mp3")
    connection.getresponse().read()
    connection.request("GET", "/")
    assert b"x.mp3" in connection.getresponse().read()
    connection.close()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.chapters.json", "application/json+chapters"),
        ("a.json", "application/json"),
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_types(port: int, tmp_path: Path, name: str, media_type: str) -> None:
    (tmp_path / "out" / name).write_bytes(b"x")
    assert ask(port, f"/{name}")[1]["Content-Type"] == media_type


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//../secret.txt", "/link.txt",
        "/.hidden", "/x/../../secret.txt", "/..\\secret.txt", "/%00", "/%ff", "/none.mp3",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_given(port: int, path: str) -> None:
    status, _, body = ask(port, path)
    assert (status, b"secret" in body) == (404, False)


def test_only_loopback_is_listened_on(tmp_path: Path) -> None:
    with open_server(tmp_path, 0) as server:
        assert server.server_address[0] == LOOPBACK
        with pytest.raises(OutputError, match="can't be used"):
            open_server(tmp_path, server.server_address[1])


def test_the_command_prints_addresses_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("<rss/>", encoding="utf-8")
    command = [sys.executable, "-m", "readaloud", "serve", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().decode() for _ in range(2)]
        port = re.search(r"127\.0\.0\.1:(\d{1,5})/", lines[0])
        assert port is not None
        assert lines[1].endswith("/feed.xml\n")
        assert ask(int(port[1]), "/feed.xml")[2] == b"<rss/>"
        os.kill(process.pid, signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode in {0, 130}
    assert b"Traceback" not in errors


def test_folders_and_ports_that_are_none(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from readaloud.cli import app

    run = CliRunner().invoke
    assert run(app, ["serve", str(tmp_path / "none")]).exit_code == 3
    assert run(app, ["serve", str(tmp_path), "--port", "70000"]).exit_code == 2


def test_links_to_what_is_hidden_or_outside_are_followed_nowhere(port: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "seen.txt").symlink_to(out / ".hidden")
    (out / "deep").mkdir()
    (out / "deep" / "index.html").symlink_to(tmp_path / "secret.txt")
    (out / "own").mkdir()
    (out / "own" / "index.html").write_text("mine", encoding="utf-8")
    assert ask(port, "/seen.txt")[0] == 404
    assert b"secret" not in ask(port, "/deep/")[2]
    assert ask(port, "/own/")[2] == b"mine"
    status, headers, _ = ask(port, "/own")
    assert (status, headers["Location"]) == (301, "/own/")
    assert b".hidden" not in ask(port, "/")[2]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("localhost:8000", 200), ("[::1]", 200)),
        *(("evil.example", 421), ("127.0.0.1.evil.example", 421), ("[", 421), ("", 421)),
    ],
)
def test_a_page_elsewhere_can_not_read_it_under_its_own_name(
    port: int, host: str, status: int
) -> None:
    assert ask(port, "/x.mp3", Host=host)[0] == status


@pytest.mark.parametrize("path", ["/", "/x.mp3", "/nothing"])
def test_every_answer_has_the_headers_of_safety(port: int, path: str) -> None:
    headers = ask(port, path)[1]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_silent_clients_do_not_take_all_threads(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileRequests, "timeout", 0.5)
    before = threading.active_count()
    silent = [socket.create_connection((LOOPBACK, port)) for _ in range(MOST_CLIENTS + 20)]
    silent[-1].settimeout(5)
    assert silent[-1].recv(1) == b""  # one too many is closed at once
    assert threading.active_count() <= before + MOST_CLIENTS
    assert [one.recv(1) for one in silent] == [b""] * len(silent)  # and those that say nothing
    assert ask(port, "/x.mp3")[0] == 200
    for one in silent:
        one.close()


def test_who_hangs_up_or_asks_for_nonsense_makes_no_noise(
    port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(port, "/" + "a" * 60_000)[0] == 404
    for sent in (b"GET /x.mp3 HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\xff"):
        with socket.create_connection((LOOPBACK, port)) as one:
            one.sendall(sent)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(port, "/x.mp3")[0] == 200
    assert capsys.readouterr().err == ""
