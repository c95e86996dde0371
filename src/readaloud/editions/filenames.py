"""What the files of an edition are named after: the source's name, or that and a short hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

from readaloud.errors import UnreadableSourceError
from readaloud.formats import REPORT, find_format
from readaloud.formats.report import read_report
from readaloud.sources.fetch import is_address, name_of
from readaloud.sources.find import Place, safe_stem


def edition_stem(place: Place, out: Path, taken: set[str], name: str | None = None) -> str:
    """A name of its own for an edition: the source's stem, or that and a short hash of its path.

    The name is ``name`` where one is given. A stem that is the edition of another file, of this run
    (``taken``, which is added to) or of an earlier one, stays with it.
    """
    found = name_of(place) if isinstance(place, str) else place.stem
    stem = safe_stem(name or found)
    report = find_format(REPORT).path(out, stem)
    if stem.casefold() in taken or _belongs_to_another(report, place):
        stem = f"{stem}-{hashlib.sha256(str(place).encode()).hexdigest()[:8]}"
    taken.add(stem.casefold())
    return stem


def _belongs_to_another(report: Path, place: Place) -> bool:
    """Whether the report there is of another address, or of another file that still exists."""
    try:
        made_of = read_report(report).source
        if is_address(made_of) or not isinstance(place, Path):
            return made_of != str(place) and (is_address(made_of) or Path(made_of).is_file())
        source = Path(made_of)
        return source.is_file() and not source.samefile(place)
    except (UnreadableSourceError, OSError, ValueError):
        return False
