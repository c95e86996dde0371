"""Tells a hub that a feed is new: https://www.w3.org/TR/websub/, section 6, as hubs have it."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

from readaloud.errors import Message, msg

_SECONDS = 15


def ping(hub: str, feed: str) -> Message | None:
    """Ask the hub to fetch the feed; a sentence where that failed, which keeps no listener away."""
    told = urllib.parse.urlencode({"hub.mode": "publish", "hub.url": feed, "hub.topic": feed})
    # The settings take http and https alone.
    request = urllib.request.Request(hub, told.encode(), method="POST")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310
            return None
    except (OSError, HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        return msg("The hub {hub} was not told of the feed: {reason}.", hub=hub, reason=error)
