"""What an edition's files are named after, and the series that it belongs to."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from readaloud.chinese.dates import first_day
from readaloud.config.run_options import Options
from readaloud.errors import UnreadableSourceError
from readaloud.formats import REPORT, find_format
from readaloud.formats.report import read_report
from readaloud.sources.fetch import is_address, name_of
from readaloud.sources.find import STEM_BYTES, Place, safe_stem


def edition_stem(place: Place, out: Path, taken: set[str]) -> str:
    """A name of its own for an edition: the source's stem, or that and a short hash of its path.

    A stem that is the edition of another file, of this run (``taken``, which is added to) or of an
    earlier one, stays with it.
    """
    stem = safe_stem(name_of(place) if isinstance(place, str) else place.stem)
    report = find_format(REPORT).path(out, stem)
    if stem.casefold() in taken or _belongs_to_another(report, place):
        stem = _hashed(stem, str(place))
    taken.add(stem.casefold())
    return stem


def bulletin_stem(name: str, day: date, out: Path) -> str:
    """A name for the bulletin of a day: its name and the day, and a short hash if that is taken.

    A bulletin of that name and day that is there keeps its files' names, so that its item in a feed
    keeps its address: earlier versions left the day out.
    """
    plain, dated = safe_stem(name), _dated(name, day)
    ours = (dated, _hashed(dated, name), plain, _hashed(plain, name))
    there = {stem: _made_of(find_format(REPORT).path(out, stem)) for stem in ours}
    known = next((stem for stem, made in there.items() if made == (name, day.isoformat())), None)
    if known is not None:
        return known
    return dated if there[dated] is None else _hashed(dated, name)


def album_of(options: Options) -> str:
    """The series of a run's editions: as it is told, else the folder that was chosen for them."""
    if options.album or options.out == Options().out:
        return options.album
    return options.out.resolve().name


def _dated(name: str, day: date) -> str:
    """The name as a stem that ends in the day, unless the day is in it; the day is not cut off."""
    stem, suffix = safe_stem(name), f"_{day.isoformat()}"
    if first_day([stem]) == day.isoformat():
        return stem
    return stem.encode()[: STEM_BYTES - len(suffix)].decode(errors="ignore") + suffix


def _hashed(stem: str, name: str) -> str:
    return f"{stem}-{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:8]}"


def _made_of(path: Path) -> tuple[str, str | None] | None:
    """What a report's edition was made of, and its day; None where there is no report."""
    try:
        report = read_report(path)
    except UnreadableSourceError:
        return None
    return report.source, report.date


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
