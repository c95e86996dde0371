"""A server of a folder for the own machine, on loopback alone.

A web page that a browser shows may not read it under a name of its own (DNS rebinding), silent
clients can't use up its threads, and who hangs up is no news.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from readaloud.errors import (
    ConfigError,
    OutputError,
    UnreadableSourceError,
    msg,
    system_reason,
)
from readaloud.podcast.file_requests import FileRequests

LOOPBACK = "127.0.0.1"
MOST_CLIENTS = 64
"""Connections at once; a browser opens six."""


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
        handler = partial(FileRequests, directory=str(folder.resolve()))
        return _Server((LOOPBACK, port), handler)
    except OSError as error:
        raise OutputError(
            msg("Port {port} can't be used: {reason}.", port=port, reason=system_reason(error)),
            msg("Choose another one with --port."),
        ) from error


class _Server(ThreadingHTTPServer):
    """A thread a connection, up to MOST_CLIENTS; further ones are closed unanswered."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._free = BoundedSemaphore(MOST_CLIENTS)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The thread's whole work."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up or falls silent is nothing to tell; all else is a bug of ours."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)
