"""Real servers on loopback, one a kind of place: S3 (moto), WebDAV (wsgidav), SFTP (asyncssh)."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

KINDS = ("folder", "webdav", "sftp", "s3")
USER, SECRET = "editor", "correct horse"
Get = Callable[[str], bytes | None]
"""What a listener gets of a path; None where nothing is there."""


@dataclass(frozen=True)
class Place:
    """A place to publish to, the settings that lead there, and how listeners see it."""

    kind: str
    to: str
    get: Get
    """As listeners do; the web server has the folder that SFTP or WebDAV writes to."""
    names: Callable[[], set[str]]
    """All that lies there, hidden files too."""
    settings: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


@contextmanager
def open_place(kind: str, root: Path) -> Iterator[Place]:
    """A place of that kind, with its files, if it has any, below ``root``."""
    root.mkdir(parents=True, exist_ok=True)
    with _OPENERS[kind](root) as place:
        yield place


def _in_folder(root: Path) -> tuple[Get, Callable[[], set[str]]]:
    def get(path: str) -> bytes | None:
        try:
            return (root / path).read_bytes()
        except FileNotFoundError:
            return None

    def names() -> set[str]:
        return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}

    return get, names


@contextmanager
def _folder(root: Path) -> Iterator[Place]:
    yield Place("folder", str(root), *_in_folder(root))


@contextmanager
def _webdav(root: Path) -> Iterator[Place]:
    from cheroot import wsgi
    from wsgidav.wsgidav_app import WsgiDAVApp

    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(root)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": SECRET}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server = wsgi.Server(("127.0.0.1", 0), app, numthreads=4)
    server.shutdown_timeout = 0.1
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    base = f"http://127.0.0.1:{server.bind_addr[1]}"
    try:
        with httpx.Client(auth=(USER, SECRET), trust_env=False) as client:

            def get(path: str) -> bytes | None:
                answer = client.get(f"{base}/news/{quote(path)}")
                return answer.content if answer.status_code == 200 else None

            names = _in_folder(root / "news")[1]
            environment = {"READALOUD_PUBLISH_SECRET": SECRET}
            yield Place("webdav", f"{base}/news", get, names, {"user": USER}, environment)
    finally:
        server.stop()
        thread.join()


@contextmanager
def _sftp(root: Path) -> Iterator[Place]:
    import asyncssh

    home = root / "home"
    (home / ".ssh").mkdir(parents=True)
    (root / "served").mkdir()
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    started: list[Any] = []
    ready = threading.Event()

    class Server(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, SECRET)

    def files(channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(root / "served").encode())

    async def serve() -> None:
        server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=Server, server_host_keys=[host_key], sftp_factory=files
        )
        stop = asyncio.Event()
        started.extend((server.get_port(), asyncio.get_running_loop(), stop))
        ready.set()
        await stop.wait()
        server.close()
        await server.wait_closed()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait(10)
    port, loop, stop = started
    known = f"[127.0.0.1]:{port} {host_key.export_public_key().decode()}"
    (home / ".ssh" / "known_hosts").write_text(known, encoding="ascii")
    try:
        get, names = _in_folder(root / "served" / "srv" / "news")
        environment = {"READALOUD_PUBLISH_SECRET": SECRET, "HOME": str(home)}
        yield Place("sftp", f"sftp://{USER}@127.0.0.1:{port}/srv/news", get, names, {}, environment)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


@contextmanager
def _s3(root: Path) -> Iterator[Place]:
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    base = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client(
        "s3",
        endpoint_url=base,
        aws_access_key_id=USER,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="pod")

    def get(path: str) -> bytes | None:
        try:
            return bytes(client.get_object(Bucket="pod", Key=f"news/{path}")["Body"].read())
        except client.exceptions.NoSuchKey:
            return None

    def names() -> set[str]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket="pod", Prefix="news/")
        found = (each["Key"] for page in pages for each in page.get("Contents", ()))
        return {key.removeprefix("news/") for key in found}

    try:
        settings = {"user": USER, "endpoint": base, "region": "us-east-1"}
        environment = {"READALOUD_PUBLISH_SECRET": SECRET}
        yield Place("s3", "s3://pod/news", get, names, settings, environment)
    finally:
        client.close()
        server.stop()


_OPENERS = {"folder": _folder, "webdav": _webdav, "sftp": _sftp, "s3": _s3}
