"""A folder on loopback, with the byte ranges that browsers need to seek."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})$")


class _Ranged(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = _RANGE.match(self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if asked is None or not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        start = int(asked[1])
        end = min(int(asked[2] or len(data) - 1), len(data) - 1)
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(data)}")
        self.send_header("Content-Length", str(end - start + 1))
        self.end_headers()
        self.wfile.write(data[start : end + 1])

    def copyfile(self, source: object, outputfile: object) -> None:
        """A browser that has enough hangs up, which is no failure."""
        try:
            super().copyfile(source, outputfile)  # type: ignore[arg-type]
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Connections that the browser drops are no failure."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of the folder while it is served."""
    server = _Quiet(("127.0.0.1", 0), partial(_Ranged, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
