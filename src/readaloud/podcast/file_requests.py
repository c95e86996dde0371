"""Answers requests for the files of a folder: byte ranges, the right types, nothing hidden.

Byte ranges: RFC 9110, section 14; one range an answer.
"""

from __future__ import annotations

import mimetypes
import os
import re
from functools import lru_cache
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote, unquote, urlsplit

from readaloud.formats import FORMATS
from readaloud.podcast.feed_file import is_feed

_OTHER_TYPES = {
    ".smil": "application/smil+xml",
}
"""By the end of a name, beside the types of the formats."""
_FEED_TYPE = "application/rss+xml; charset=utf-8"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_PIECE_BYTES = 1 << 16
_SECONDS_TO_TAKE = 120
"""A player takes its time over what it has asked for."""
_OUR_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class FileRequests(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for files below a folder, links that lead out of it excepted."""

    protocol_version = "HTTP/1.1"
    server_version = "readaloud"
    timeout = 15
    """Seconds in which a client has to ask."""
    _left = 0
    """Bytes still to be sent."""

    def send_head(self) -> BinaryIO | None:
        """Send the status and headers; the file that follows, at its first byte, if one does."""
        self._left = 0
        if not self._is_for_us():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        path = self._find()
        if path is not None and path.is_dir():
            if not urlsplit(self.path).path.endswith("/"):
                self._redirect()
                return None
            index = self._inside(path / "index.html")
            if index is None or not index.is_file():
                return self.list_directory(path)
            path = index
        if path is None or not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self._send_file(path)

    def _send_file(self, path: Path) -> BinaryIO | None:
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
        """Send what the range, or the whole page, holds; a player may hang up at any time."""
        target = cast("BinaryIO", outputfile)
        self.connection.settimeout(_SECONDS_TO_TAKE)
        try:
            while self._left and (piece := source.read(min(self._left, _PIECE_BYTES))):
                target.write(piece)
                self._left -= len(piece)
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        finally:
            self.connection.settimeout(self.timeout)

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
        self._left = len(page)
        return BytesIO(page)

    def end_headers(self) -> None:
        """What every answer says: it is no script of other pages, in no frame, and tells nobody."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """See ``media_type``."""
        return media_type(str(path))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the addresses are all that a person needs."""

    def _is_for_us(self) -> bool:
        """Whether the name that was asked for is this machine's: a page elsewhere has another."""
        host = self.headers.get("Host")
        try:
            return host is None or urlsplit(f"//{host}").hostname in _OUR_HOSTS
        except ValueError:
            return False

    def _find(self) -> Path | None:
        """The file or folder of the address, if it lies below the served one and isn't hidden."""
        try:
            parts = unquote(urlsplit(self.path).path, errors="strict").split("/")
            if any("\\" in part or "\0" in part for part in parts):
                return None
            path = self._inside(Path(self.directory).joinpath(*filter(None, parts)))
            return path if path is not None and path.exists() else None
        except (ValueError, OSError):
            return None

    def _inside(self, path: Path) -> Path | None:
        """Where a path leads, links followed; None where that is outside, or hidden."""
        root, path = Path(self.directory), path.resolve()
        if not path.is_relative_to(root):
            return None
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        return None if hidden else path

    def _redirect(self) -> None:
        """To the same folder with a slash behind it, so that the index's links lead into it."""
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        parts = unquote(urlsplit(self.path).path).split("/")
        self.send_header("Location", f"/{quote('/'.join(filter(None, parts)))}/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_headers(self, path: Path, size: int, span: range | None) -> None:
        self.send_response(HTTPStatus.OK if span is None else HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(size if span is None else len(span)))
        if span is not None:
            self.send_header("Content-Range", f"bytes {span.start}-{span.stop - 1}/{size}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
        self.end_headers()

    def _refuse_range(self, size: int) -> None:
        self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        self.send_header("Content-Range", f"bytes */{size}")
        self.send_header("Content-Length", "0")
        self.end_headers()


def media_type(name: str) -> str:
    """By the longest known end of a file's name."""
    if is_feed(name):
        return _FEED_TYPE
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
