"""ASCII names for files that are published.

Apple asks for ASCII file names in addresses; percent-encoding a Chinese name is not enough. A file
whose stem is not ASCII is therefore published under a second name beside its own: the pinyin of the
stem, and a hash that keeps two stems of one sound apart. The second name is a hard link where the
file system has them, so it takes no space, and else a copy.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_OTHER = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 60


def public_stem(stem: str) -> str:
    """The stem where it can stand in an address as it is, else its slug."""
    return stem if _SAFE.fullmatch(stem) else ascii_slug(stem)


def ascii_slug(text: str) -> str:
    """Pinyin and Latin letters of a text, hyphens between, and eight digits of the text's hash."""
    from pypinyin import lazy_pinyin

    spelled = "-".join(lazy_pinyin(text)).casefold()
    slug = _OTHER.sub("-", spelled)[:_SLUG_LENGTH].strip("-")
    return f"{slug or 'edition'}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def public_path(folder: Path, name: str, stem: str) -> str:
    """The name that a file of an edition is published under: its own, or an alias beside it.

    The alias is made, or brought up to date with the file (OSError as it comes).
    """
    public = public_stem(stem)
    if public == stem:
        return name
    alias = folder / (public + name.removeprefix(stem))
    _link(folder / name, alias)
    return alias.name


def _link(file: Path, alias: Path) -> None:
    """Make ``alias`` the same file, in one step; a file that was made anew is linked anew."""
    if alias.exists() and alias.samefile(file):
        return
    with tempfile.TemporaryDirectory(prefix=".part-", dir=alias.parent) as name:
        fresh = Path(name, "file")
        try:
            fresh.hardlink_to(file)
        except OSError:  # no hard links here
            shutil.copyfile(file, fresh)
        os.replace(fresh, alias)  # noqa: PTH105
