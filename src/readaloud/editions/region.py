"""Which rules on synthetic speech hold where a machine stands, as far as its locale tells."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Mapping

from readaloud.model import LabelMode

_EU = re.compile("AT|BE|BG|HR|CY|CZ|DK|EE|FI|FR|DE|GR|HU|IE|IT|LV|LT|LU|MT|NL|PL|PT|RO|SK|SI|ES|SE")
"""Member states, ISO 3166-1."""
_REGION = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Z]{2})\b")


def label_of_region(settings: Mapping[str, str] = os.environ) -> LabelMode:
    """``cn`` in mainland China, ``eu`` in the European Union, else ``off``; for advice alone."""
    named = (settings.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    found = next(filter(None, named), "") or locale.getlocale()[0] or ""
    match = _REGION.match(found)
    region = match[1] if match else ""
    if region == "CN":
        return "cn"
    return "eu" if _EU.fullmatch(region) else "off"
