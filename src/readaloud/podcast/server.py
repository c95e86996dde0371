"""A server of a folder for the own machine: players get byte ranges and the right types.

It listens on loopback only. Byte ranges: RFC 9110, section 14; one range an answer.
"""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
from collections.abc import Callable
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit

from readaloud.errors import (
    ConfigError,
    OutputError,
    UnreadableSourceError,
    msg,
    system_reason,
)
from readaloud.formats import FORMATS

LOOPBACK = "127.0.0.1"
_OTHER_TYPES = {
    ".smil": "application/smil+xml",
    "feed.xml": "application/rss+xml; charset=utf-8",
}
"""By the end of a name, beside the types of the formats."""
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_PIECE_BYTES = 1 << 16


def serve(folder: Path, port: int, tell: Callable[[str], object]) -> None:
    """Serve until Ctrl-C; ``tell`` is given the addresses, a line each. Port 0 takes a free one.

    Raises:
        UnreadableSourceError: there is no such folder.
        OutputError: the port is taken.
    """
    with open_server(folder, port) as server:
        address = f"http://{LOOPBACK}:{server.server_address[1]}"
        tell(
            msg("{folder} is at {address}/ (press Ctrl-C to stop)", folder=folder, address=address)
        )
        if (folder / "feed.xml").is_file():
            tell(msg("{address}/{name}", address=address, name="feed.xml"))
        server.serve_forever()


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server that is bound, and not yet running.

    Raises:
        UnreadableSourceError: there is no such folder.
        ConfigError: no port has that number.
        OutputError: the port is taken.
    """
    if not folder.is_dir():
        raise UnreadableSourceError(
            msg("There is no folder {folder}.", folder=folder),
            msg("Give the folder with the editions."),
        )
    if not 0 <= port <= 65535:
        raise ConfigError(
            msg("There is no port {port}.", port=port), msg("Ports go from 0 to 65535.")
        )
    try:
        handler = partial(Handler, directory=str(folder.resolve()))
        return ThreadingHTTPServer((LOOPBACK, port), handler)
    except OSError as error:
        raise OutputError(
            msg("Port {port} can't be used: {reason}.", port=port, reason=system_reason(error)),
            msg("Choose another one with --port."),
        ) from error


class Handler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for files below a folder, links that lead out of it excepted."""

    protocol_version = "HTTP/1.1"
    server_version = "readaloud"
    _left: int | None = None
    """Bytes of a file still to be sent; None for a folder's listing."""

    def send_head(self) -> BinaryIO | None:
        """Send the status and headers; the file that follows, at its first byte, if one does."""
        self._left = None
        path = self._find()
        if path is not None and path.is_dir():
            # The standard library puts a slash behind the address, and looks for an index.html.
            return super().send_head()
        if path is None or not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        try:
            file = path.open("rb")
        except OSError:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        size = os.fstat(file.fileno()).st_size
        span = find_range(self.headers.get("Range"), size)
        if span is not None and not span:
            file.close()
            self._refuse_range(size)
            return None
        self._send_headers(path, size, span)
        file.seek(span.start if span else 0)
        self._left = len(span) if span else size
        return file

    def copyfile(self, source: BufferedIOBase | BinaryIO, outputfile: object) -> None:  # type: ignore[override]
        """Send what the range, or the whole, holds; a player may hang up at any time."""
        target = cast("BinaryIO", outputfile)
        try:
            if self._left is None:
                shutil.copyfileobj(cast("BinaryIO", source), target)
                return
            while self._left and (piece := source.read(min(self._left, _PIECE_BYTES))):
                target.write(piece)
                self._left -= len(piece)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:
        """Send the headers of the folder's index; its bytes."""
        from readaloud.podcast.edition_index import read_index
        from readaloud.podcast.index_page import index_page

        try:
            page = index_page(read_index(Path(path))).encode(errors="replace")
        except OSError:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return BytesIO(page)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """See ``media_type``."""
        return media_type(str(path))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the addresses are all that a person needs."""

    def _find(self) -> Path | None:
        """The file or folder of the address, if it lies below the served one and isn't hidden."""
        try:
            parts = unquote(urlsplit(self.path).path, errors="strict").split("/")
            if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
                return None
            root = Path(self.directory)
            path = root.joinpath(*filter(None, parts)).resolve()
            return path if path.is_relative_to(root) else None
        except (ValueError, OSError):
            return None

    def _send_headers(self, path: Path, size: int, span: range | None) -> None:
        self.send_response(HTTPStatus.OK if span is None else HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(size if span is None else len(span)))
        if span is not None:
            self.send_header("Content-Range", f"bytes {span.start}-{span.stop - 1}/{size}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _refuse_range(self, size: int) -> None:
        self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        self.send_header("Content-Range", f"bytes */{size}")
        self.send_header("Content-Length", "0")
        self.end_headers()


def media_type(name: str) -> str:
    """By the longest known end of a file's name."""
    folded = name.casefold()
    ends = [end for end in _types() if folded.endswith(end)]
    if ends:
        return _types()[max(ends, key=len)]
    return mimetypes.guess_type(folded)[0] or "application/octet-stream"


@lru_cache
def _types() -> dict[str, str]:
    """By the end of a name: the system's own table may be silent or wrong."""
    ours = {
        each.extension: f"{each.media_type}; charset={each.charset}"
        if each.charset
        else each.media_type
        for each in FORMATS.all()
    }
    return {**ours, **_OTHER_TYPES}


def find_range(header: str | None, size: int) -> range | None:
    """The bytes asked for: None for the whole, an empty range where none of them is there.

    A header that is not understood, or asks for several ranges, asks for the whole.
    """
    match = _RANGE.fullmatch((header or "").strip())
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)
