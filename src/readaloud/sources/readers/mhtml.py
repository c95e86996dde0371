"""MHTML: a page that a browser saved with all its files in one mail; the page is read as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from readaloud.errors import UnreadableSourceError, msg
from readaloud.model import Document, ReadingRules, Source
from readaloud.sources.readers import Reader

_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000}){0,20}\r?\n){2}"
)
_MULTIPART = re.compile(
    rb"^Content-Type:\s{0,9}multipart/(?:related|mixed|alternative)", re.I | re.M
)


def _read(source: Source, rules: ReadingRules) -> Document:
    """Read the page that the mail holds; its pictures and styles are no text.

    Raises:
        ConfigError: a selector of the user's is broken.
        UnreadableSourceError: there is no page in it, or the page can't be read.
    """
    from readaloud.sources.readers.html.reader import read_html

    mail = message_from_bytes(source.data.lstrip(b"\xef\xbb\xbf\r\n"))
    page = _find_page(mail)
    data = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(data, bytes) or not data.strip():
        raise UnreadableSourceError(
            msg("{name} is a saved page, and there is no page in it.", name=source.name),
            msg("Save the page again, as HTML or plain text."),
        )
    return read_html(replace(source, data=data, charset=page.get_content_charset()), rules)


def _find_page(mail: Message) -> Message | None:
    """The part that the mail names as its root, else the first page in it."""
    pages = [part for part in mail.walk() if part.get_content_type() == "text/html"]
    pages += [part for part in mail.walk() if part.get_content_type() == "application/xhtml+xml"]
    place = mail.get("Snapshot-Content-Location", "")
    start = mail.get_param("start") or ""
    named = (
        part
        for part in pages
        if (place and part.get("Content-Location") == place)
        or (start and part.get("Content-ID") == start)
    )
    return next(named, next(iter(pages), None))


def _knows(source: Source) -> bool:
    """By the header of a mail of several parts."""
    head = source.data[:4096].lstrip(b"\xef\xbb\xbf\r\n")
    return _HEADER.match(head) is not None and _MULTIPART.search(head) is not None


READER = Reader(
    "mhtml", frozenset({".mht", ".mhtml"}), _read, _knows, order=30, most_bytes=100_000_000
)
