"""What the elements of HTML mean for reading."""

from __future__ import annotations

from readaloud.models import BlockKind


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p "
    "q rb rt rtc ruby s samp small span strike strong sub sup time tt u var wbr"
)
"""Part of the line they stand in; every other element begins and ends a block."""

UNSEEN = _names(
    "annotation annotation-xml audio canvas datalist defs desc embed head iframe metadata noscript "
    "object rp script style template title video"
)
"""Browsers show nothing of what is in them."""

CHROME = _names("aside button footer nav select textarea")
"""Parts of the page's frame, and controls."""

READINGS = _names("rt rtc")
"""Readings above characters."""

KINDS: dict[str, BlockKind] = {
    "li": "item",
    "dt": "item",
    "dd": "item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "pre": "code",
}

IN_MARKDOWN = _names(
    "a abbr address article b big blockquote br caption center cite dd del details div dl dt em "
    "figcaption figure font h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rb "
    "rp rt ruby s section small span strong sub summary sup table tbody td tfoot th thead tr u ul"
)
"""Tags that Markdown files use on purpose; none of them hides what follows."""
