"""Joins web and mail addresses, telephone numbers and amounts that a line end has cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from readaloud.sources.readers.shared.repair import Line

_OPEN_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]{1,300}[/?&=_%-]$|(?:https?://|www\.)[!-~]{0,300}\.$|https?:/{0,2}$"
)
"""An address that can't end where the line does."""
_LONG_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]{20,300}$")
_OPEN_MAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*(?:[A-Za-z0-9-]{1,63})?$")
_MAIL_NAME = re.compile(r"[A-Za-z0-9._+-]{2,64}$")
_REST = re.compile(r"[A-Za-z0-9_%./?&=#+~-]{1,300}")
_OTHER = re.compile(r"https?://|www\.|[\d,.]{1,20}[年月日时時点點万萬亿億元个個名人]")
"""Begins something else: another address, a date, an amount."""
_PATH = re.compile(r"[A-Za-z0-9_%.+~-]{0,100}[/?&=#_%][A-Za-z0-9_%./?&=#+~-]{0,300}|"
                   r"[A-Za-z0-9_-]{1,100}\.(?:s?html?|php|aspx?|jsp|pdf|jpe?g|png)\b")  # fmt: skip
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,10}(?![A-Za-z0-9])")
_DOMAIN_END = re.compile(r"\.[A-Za-z]{2,10}(?:\.[A-Za-z]{2,3})?(?![A-Za-z0-9])")
_OPEN_NUMBER = re.compile(r"(?<![\d-])(?:\d{3,4}-){1,4}$")
_NUMBER_END = re.compile(r"\d{3,8}(?:-\d{1,8}){0,3}(?![\d.-])")
_OPEN_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,$")
_THOUSANDS = re.compile(r"\d{3}(?:,\d{3})*(?![\d,])")
_OPEN_GROUP = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,(\d{1,2})$")
"""An amount whose last three digits are not all there."""
_GROUP_REST = re.compile(r"(\d{1,2})(?:,\d{3})*(?![\d,])")
_OPEN_PHONE = re.compile(r"(?<![\d-])\d{3,4}-(\d{1,7})$")
_PHONE_REST = re.compile(r"\d{1,7}(?!\d)")
_PHONE_DIGITS = (7, 8)
"""Of a number within a town, behind the town's own."""
_AT = re.compile(r"@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,10}")
_OPEN_NAME = re.compile(
    r"[A-Za-z0-9._+-]{1,63}[._+-]$"
    r"|(?<![A-Za-z0-9._+-])[A-Za-z0-9]{1,30}[._+-][A-Za-z0-9._+-]{1,62}$"
)
"""The beginning of a mail's name, which words aren't: zhang. and zhang.s."""
_NAME_AT = re.compile(r"[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,10}")
_HOST = re.compile(r"(?:https?://|www\.|@)[A-Za-z0-9.-]{1,100}$")
_DOTTED = re.compile(r"\.(?:[A-Za-z0-9-]{1,63}\.){0,4}[A-Za-z]{2,10}(?![A-Za-z0-9])")


def join_addresses(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the rest of a cut address behind its beginning, and what follows it there."""
    joined: list[Line] = []
    for line in lines:
        if joined and not line.indented and goes_on(joined[-1].text, line.text):
            joined[-1] = replace(joined[-1], text=joined[-1].text + line.text)
        else:
            joined.append(line)
    return joined


def wraps(above: str, below: str) -> bool:
    """Whether an address goes on over white space: only where both sides show that they are one."""
    return bool(_OPEN_ADDRESS.search(above) and _PATH.match(below) and not _OTHER.match(below))


def goes_on(above: str, below: str) -> bool:
    """Whether an address goes on over the line end; a next line of plain words is none of it."""
    tail = above[-400:]
    if _OPEN_THOUSANDS.search(tail):
        return _THOUSANDS.match(below) is not None
    if group := _OPEN_GROUP.search(tail):
        rest = _GROUP_REST.match(below)
        return rest is not None and len(group[1] + rest[1]) == 3
    return not _OTHER.match(below) and _address_goes_on(tail, below)


def _address_goes_on(tail: str, below: str) -> bool:
    if _HOST.search(tail) and _DOTTED.match(below):
        return True
    if _OPEN_ADDRESS.search(tail):
        return _REST.match(below) is not None
    if _LONG_ADDRESS.search(tail):
        return _PATH.match(below) is not None
    return _number_goes_on(tail, below) or _mail_goes_on(tail, below)


def _number_goes_on(tail: str, below: str) -> bool:
    if phone := _OPEN_PHONE.search(tail):
        rest = _PHONE_REST.match(below)
        return rest is not None and len(phone[1] + rest[0]) in _PHONE_DIGITS
    return _OPEN_NUMBER.search(tail) is not None and _NUMBER_END.match(below) is not None


def _mail_goes_on(tail: str, below: str) -> bool:
    if _OPEN_MAIL.search(tail):
        return _domain_goes_on(tail[-1], below)
    name = _OPEN_NAME.search(tail) is not None and _NAME_AT.match(below) is not None
    return name or (_MAIL_NAME.search(tail) is not None and _AT.match(below) is not None)


def _domain_goes_on(last: str, below: str) -> bool:
    """Whether the rest of a mail's domain follows the sign that its beginning ends in."""
    if last == "@":
        return _DOMAIN.match(below) is not None
    rest = below if last != "." else f".{below}"
    return _DOMAIN_END.match(rest) is not None or _DOMAIN.match(below) is not None
