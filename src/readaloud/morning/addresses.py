"""Addresses of articles: which of them are one, and which host they are of."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|spm|fbclid|gclid)=[^&]*", re.IGNORECASE)
"""Nothing that could name an article: what is one after all is known by its text."""
_DEFAULT_PORT = re.compile(r":(?:80|443)$")


def key_of(address: str) -> str:
    """The same for all spellings of an address: scheme, marks of tracking and places aside."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    host = _DEFAULT_PORT.sub("", parts.netloc.lower())
    query = _TRACKING.sub("", parts.query).lstrip("&")
    return f"{host}{parts.path or '/'}{'?' if query else ''}{query}"


def host_of(address: str) -> str:
    """Scheme, name and port of the server, as robots.txt counts them; empty for no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}" if parts.netloc else ""
