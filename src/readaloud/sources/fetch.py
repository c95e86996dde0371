"""Fetches an article by its address: http and https, small, soon, and from the public net only.

The address that was checked is the one that is connected to: names are looked up once, here, and
the connection is made to the number. Every redirect is checked like the first address.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import PurePosixPath
from typing import NoReturn
from urllib.parse import quote, unquote, urljoin, urlsplit

from readaloud.errors import Message, UnreadableSourceError, msg, system_reason

MOST_BYTES = 20_000_000
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_VAGUE_TYPES = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; readaloud)",
    "Accept": "text/html,application/xhtml+xml,text/plain,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9,zh-TW;q=0.8,en;q=0.5",
    "Accept-Encoding": "gzip, identity",
    "Connection": "close",
}
_REMEDY = msg("Save the page in a browser and give the file.")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SPECIAL_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_V6 = tuple(
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)
"""Not globally reachable: IANA's special-purpose registries, RFC 6890, as of 2025; multicast too.

Our own table, as that of the standard library grows with the version of Python.
"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the bytes, and what its server says of them."""

    data: bytes
    suffix: str
    """Lower case with its dot, by content type, else by the address; may be empty."""
    charset: str | None
    address: str
    """Where the last redirect led."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of the answer, names in lower case."""
    unchanged: bool = False
    """Whether it is what a condition of the request named; no bytes came then."""


class StatusError(UnreadableSourceError):
    """The server answers, and with something else than what was asked for."""

    status = 0
    retry_after = ""
    """As the server says it: seconds, or a date."""


@dataclass(slots=True)
class _Limits:
    """What a fetch may do: where to, how much, until when."""

    asked: str
    allow_private: bool
    most_bytes: int
    ends: float
    sockets: list[socket.socket] = field(default_factory=list)
    responses: list[http.client.HTTPResponse] = field(default_factory=list)
    expired: bool = False
    conditions: Mapping[str, str] = field(default_factory=dict)

    def left(self) -> float:
        """Seconds until the end, never zero: a socket would not block."""
        return max(self.ends - time.monotonic(), 0.001)

    def fail(self, what: Message, remedy: Message = _REMEDY) -> NoReturn:
        """Refuse, by the name that the user gave."""
        raise UnreadableSourceError(msg("{asked} {what}.", asked=self.asked, what=what), remedy)


def is_address(name: str) -> bool:
    """Whether a name is an address of the web and no path."""
    return _ADDRESS.match(name) is not None


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
    conditions: Mapping[str, str] | None = None,
) -> Fetched:
    """Fetch an address whole, through at most MOST_REDIRECTS redirects.

    Args:
        address: http or https.
        allow_private: whether machines of the own network may be asked.
        most_bytes: size at most, packed and unpacked.
        most_seconds: time for all of it.
        conditions: headers by which the server may answer that nothing has changed
            (``If-None-Match``, ``If-Modified-Since``).

    Raises:
        StatusError: the server says that it has no page there, or gives none now.
        UnreadableSourceError: refused, unreachable, too large, or too slow.
    """
    ends = time.monotonic() + most_seconds
    limits = _Limits(address, allow_private, most_bytes, ends, conditions=conditions or {})
    with _deadline(limits, most_seconds):
        return _follow(address, limits, MOST_REDIRECTS)


def _follow(address: str, limits: _Limits, redirects: int) -> Fetched:
    found = _ask(address, limits)
    if isinstance(found, Fetched):
        return found
    if not redirects:
        limits.fail(
            msg("redirects more than {most_redirects} times", most_redirects=MOST_REDIRECTS)
        )
    return _follow(found, limits, redirects - 1)


@contextmanager
def _deadline(limits: _Limits, seconds: float) -> Iterator[None]:
    """Cut the connection when the time is over: a slow sender never trips a socket's timeout."""

    def cut() -> None:
        limits.expired = True
        for sock in limits.sockets:
            with _ignored():
                sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        if limits.expired or isinstance(error, TimeoutError):
            limits.fail(msg("took more than {seconds:g} s", seconds=seconds))
        limits.fail(
            msg("can't be fetched: {error}", error=_describe(error)),
            msg("Check the address. {remedy}", remedy=_REMEDY),
        )
    finally:
        timer.cancel()
        for response in limits.responses:
            response.close()
        for sock in limits.sockets:
            sock.close()


@contextmanager
def _ignored() -> Iterator[None]:
    """The other end may have closed at the same moment."""
    try:
        yield
    except OSError:
        return


def _describe(error: Exception) -> Message:
    if isinstance(error, ssl.SSLCertVerificationError):
        return msg("its certificate is not valid ({reason})", reason=error.verify_message)
    if isinstance(error, http.client.IncompleteRead):
        return msg("the answer broke off")
    if isinstance(error, OSError):
        return system_reason(error)
    if isinstance(error, ValueError):
        return msg("the answer is damaged")
    text = str(error) or type(error).__name__
    return Message(" ".join(text.split())[:200])


def _ask(address: str, limits: _Limits) -> Fetched | str:
    """One request: what was fetched, or the address that it redirects to."""
    scheme, host, port, target = _take_apart(address, limits)
    connection = _connect(scheme, host, port, limits)
    connection.request("GET", target, headers={**_HEADERS, **limits.conditions})
    response = connection.getresponse()
    response.fp = _Forward(response.fp)  # type: ignore[assignment]
    limits.responses.append(response)
    if response.status in _REDIRECTS and (location := response.getheader("Location")):
        return urljoin(address, location.encode("latin-1", "replace").decode("utf-8", "replace"))
    headers = {name.lower(): value for name, value in response.getheaders()}
    if response.status == 304 and limits.conditions:
        return Fetched(b"", "", None, address, headers, unchanged=True)
    if response.status != 200:
        raise _status_error(response, limits.asked)
    data = _read(response, limits)
    kind = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    charset = response.headers.get_content_charset()
    return Fetched(data, _suffix(kind, address), charset, address, headers)


def _status_error(response: http.client.HTTPResponse, asked: str) -> StatusError:
    reason = " ".join(response.reason.split())[:60]
    answer = msg("answers {answer}", answer=f"{response.status} {reason}".rstrip())
    error = StatusError(
        msg("{asked} {what}.", asked=asked, what=answer),
        msg("Check the address. {remedy}", remedy=_REMEDY),
    )
    error.status, error.retry_after = response.status, response.getheader("Retry-After", "")
    return error


class _Forward:
    """What an answer is read from: a piece of less than no bytes would be all that comes."""

    def __init__(self, file: BufferedIOBase) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """So many bytes.

        Raises:
            HTTPException: the server says that a piece is of less than none.
        """
        if size < 0:
            raise http.client.HTTPException(msg("the answer is damaged"))
        return self._file.read(size)

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def _take_apart(address: str, limits: _Limits) -> tuple[str, str, int, str]:
    """Scheme, host, port, and path with query, all in ASCII."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except (ValueError, UnicodeError):
        limits.fail(msg("is not a valid address"), msg("Check the address."))
    if parts.scheme not in {"http", "https"}:
        limits.fail(
            msg(
                "leads to a {scheme} address; only http and https work",
                scheme=parts.scheme or msg("nameless"),
            )
        )
    if not host:
        limits.fail(msg("has no host name"), msg("Check the address."))
    if parts.username or parts.password:
        limits.fail(msg("contains a name and password, which would end up in reports"))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return parts.scheme, host, port, f"{path}?{query}" if query else path


def _connect(scheme: str, host: str, port: int, limits: _Limits) -> http.client.HTTPConnection:
    """Connect to a number that was checked, with the name in Host, SNI and certificate.

    Raises:
        OSError: none of the host's numbers can be reached.
    """
    last: OSError | None = None
    for family, number in _resolve(host, port, limits):
        sock = socket.socket(family, socket.SOCK_STREAM)
        limits.sockets.append(sock)
        try:
            sock.settimeout(limits.left())
            sock.connect((number, port))
        except OSError as error:
            last = error
            continue
        if scheme == "http":
            connection = http.client.HTTPConnection(host, port)
            connection.sock = sock
            return connection
        return _secure(sock, host, port, limits)
    raise last or OSError(msg("the name has no address"))


def _secure(
    sock: socket.socket, host: str, port: int, limits: _Limits
) -> http.client.HTTPConnection:
    context = ssl.create_default_context()
    secured = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    limits.sockets.append(secured)
    secured.do_handshake()
    connection = http.client.HTTPSConnection(host, port, context=context)
    connection.sock = secured
    return connection


def _resolve(host: str, port: int, limits: _Limits) -> list[tuple[socket.AddressFamily, str]]:
    """The numbers of a name; one that is not of the public net makes all of them suspect."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers: list[tuple[socket.AddressFamily, str]] = [
        (family, str(where[0])) for family, _, _, _, where in found
    ]
    for _, number in numbers:
        if not limits.allow_private and not is_public(number):
            limits.fail(
                msg("leads to {number}, which is not on the public internet", number=number),
                msg("If you trust it, allow it with --allow-private."),
            )
    return numbers


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the public net, those carried inside IPv6 ones too."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _SPECIAL_V4)
    if address.ipv4_mapped or address in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address in _GLOBAL_V6 and not any(address in network for network in _SPECIAL_V6)


def _read(response: http.client.HTTPResponse, limits: _Limits) -> bytes:
    """The body, unpacked; both forms are held to the limit.

    Raises:
        HTTPException, OSError, zlib.error: it breaks off or is broken.
    """
    coding = (response.getheader("Content-Encoding") or "identity").lower().strip()
    if coding not in {"identity", "gzip", "x-gzip"}:
        limits.fail(
            msg("is compressed in a way that readaloud can't unpack ({coding})", coding=coding[:20])
        )
    unpack = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    pieces: list[bytes] = []
    packed = size = 0
    while piece := response.read(65_536):
        packed += len(piece)
        pieces.append(unpack.decompress(piece, limits.most_bytes + 1) if unpack else piece)
        size += len(pieces[-1])
        if max(packed, size) > limits.most_bytes:
            limits.fail(
                msg("is larger than {most_bytes:g} MB", most_bytes=limits.most_bytes / 1000000.0),
                msg("Save only the article, and give the file."),
            )
    if limits.expired:
        raise TimeoutError
    if response.length or (unpack and packed and not unpack.eof):
        raise http.client.IncompleteRead(b"", response.length or 0)
    return b"".join(pieces)


def _suffix(kind: str, address: str) -> str:
    """By content type; a vague one leaves it to the address's own suffix."""
    own = PurePosixPath(unquote(urlsplit(address).path)).suffix.lower()
    if kind in _VAGUE_TYPES and own in {*_SUFFIXES.values(), ".htm", ".markdown"}:
        return own
    return _SUFFIXES.get(kind, "")


def name_of(address: str) -> str:
    """What an edition of an address is called: its path's last part, or its host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "article"
    last = PurePosixPath(unquote(parts.path)).stem
    return last or parts.netloc.rpartition("@")[2].partition(":")[0]
