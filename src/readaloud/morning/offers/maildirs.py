"""Mails as articles: what is attached and can be read, else the mail's own text.

Maildir: https://cr.yp.to/proto/maildir.html. Mails are read where they lie, and stay there.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path, PurePosixPath

from readaloud.errors import UnreadableSourceError, msg, system_reason
from readaloud.files.outside import read_outside
from readaloud.model import Source
from readaloud.morning.offers import Offer, Offers, first
from readaloud.sources.find import safe_stem
from readaloud.sources.readers import known_suffixes

_MOST_BYTES = 50_000_000


def mail_offers(folder: str) -> Offers:
    """The articles of all mails, read or not.

    Raises:
        UnreadableSourceError: it is no maildir, or can't be read.
    """
    try:
        files = [file for part in ("new", "cur") for file in sorted(Path(folder, part).iterdir())]
        return Offers(first(offer for file in files for offer in _of_mail(file)))
    except OSError as error:
        raise UnreadableSourceError(
            msg("{name} can't be read: {reason}.", name=folder, reason=system_reason(error)),
            msg("Name a maildir, a folder with new and cur in it."),
        ) from error


def _of_mail(file: Path) -> Iterator[Offer]:
    if file.name.startswith("."):
        return
    try:
        data = read_outside(file, _MOST_BYTES)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.EISDIR, errno.EINVAL, errno.EFBIG}:
            return  # moved by a mail program at this moment, or no mail
        raise
    mail = message_from_bytes(data, policy=policy.default)
    digest = hashlib.sha256(data).hexdigest()[:16]
    title = " ".join(_header(mail, "subject").split())[:300]
    attached = list(_attached(mail))
    for number, (name, content) in enumerate(attached):
        shown = f"{title} ({name})" if title else name
        stem, suffix = safe_stem(PurePosixPath(name).stem), PurePosixPath(name).suffix.lower()
        source = Source(shown, stem, suffix, content)
        yield Offer(f"mail:{digest}/{number}", shown, "", None, source)
    if (text := _own_text(mail, title or file.name)) is not None:
        refused = msg("the text of a mail whose attachment was taken") if attached else ""
        yield Offer(f"mail:{digest}", text.name, title, None, text, refused)
    elif not attached:
        refused = msg("a mail without a text or an attachment that can be read")
        yield Offer(f"mail:{digest}", title or file.name, title, None, None, refused)


def _attached(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Attachments that a reader knows, by name."""
    known = known_suffixes()
    for part in mail.iter_attachments():
        name = os.path.basename(part.get_filename() or "")  # noqa: PTH119 - a stranger's name
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content and PurePosixPath(name).suffix.lower() in known:
            yield name, content


def _own_text(mail: EmailMessage, title: str) -> Source | None:
    """The mail's text below its subject: as a page where it has one, else as plain text."""
    try:
        body = mail.get_body(("html", "plain"))
    except (AttributeError, KeyError, ValueError):  # a mail that is no mail
        return None
    content = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(content, bytes) or not content.strip():
        return None
    charset = body.get_content_charset()
    if body.get_content_type() == "text/html":
        return Source(title, safe_stem(title), ".html", content, charset)
    try:
        text = content.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return Source(title, safe_stem(title), ".txt", content)
    data = f"{title}\n\n{text}".encode("utf-8", "replace")
    return Source(title, safe_stem(title), ".txt", data, "utf-8")


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name) or "")
    except (ValueError, IndexError, AttributeError):  # headers that Python's parser stumbles over
        return ""
