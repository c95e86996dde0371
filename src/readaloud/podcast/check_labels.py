"""The label of synthetic speech in a feed's items, held against the reports beside the feed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from readaloud.errors import msg
from readaloud.formats.report import Report
from readaloud.formats.shared.label import ELEMENT, check_implicit, check_notice
from readaloud.podcast.episodes import find_reports
from readaloud.podcast.existing_feed import file_name
from readaloud.podcast.public_names import public_stem


def check_labels(channel: etree._Element, folder: Path) -> Iterator[str]:
    """Whether the items of labelled editions in the folder are labelled likewise."""
    reports = {public_stem(path.stem): report for path, report in find_reports(folder)}
    for item in channel.iterfind("item"):
        name = _audio_name(item)
        report = reports.get(Path(name).stem)
        if report is not None:
            yield from (
                msg("{name}: {problem}", name=name, problem=problem)
                for problem in _check_item(item, report)
            )


def _audio_name(item: etree._Element) -> str:
    """The audio file of an item; empty where it names none."""
    enclosure = item.find("enclosure")
    try:
        return file_name(enclosure.get("url", "")) if enclosure is not None else ""
    except ValueError:  # it is no address
        return ""


def _check_item(item: etree._Element, report: Report) -> Iterator[str]:
    yield from check_implicit(item.findtext(ELEMENT), report)
    yield from check_notice(item.findtext("description") or "", report)
