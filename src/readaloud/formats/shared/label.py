"""The mark of synthetic speech in files: written by each format, and read back by ``check``.

Where it stands: practice guides TC260-PG-20258A (text) and TC260-PG-202510A (audio) for GB
45438-2025: the value of a field called AIGC, in XML with the prefix TC260.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from readaloud.errors import msg
from readaloud.formats.report import Labelled, Report
from readaloud.formats.shared.archive import identifier_of
from readaloud.model import Narration

KEY = "AIGC"
PREFIX, NAMESPACE = "TC260", "http://www.tc260.org.cn/ns/AIGC/1.0/"
PROPERTY = f"{PREFIX}:{KEY}"
ELEMENT = f"{{{NAMESPACE}}}{KEY}"
_NOT_TEXT = re.compile(r"\W+")
_NOT_IN_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


def fields_of(narration: Narration) -> dict[str, str]:
    """The fields of the implicit mark, by name; none where the label asks for no such mark."""
    if narration.label.mode != "cn":
        return {}
    return narration.label.fields(identifier_of(narration).rpartition(":")[2], narration.stem)


def implicit_mark(narration: Narration) -> str:
    """The value of the field AIGC, JSON; empty where there is no such mark."""
    fields = fields_of(narration)
    return as_json(fields) if fields else ""


def as_json(fields: dict[str, str]) -> str:
    """As the guides write it, in one line; what XML can't hold is escaped."""
    written = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return written.translate(_NOT_IN_XML)


def unsaid_notice(narration: Narration) -> str:
    """The mark in words, where no utterance shows them; else empty."""
    marked = any(each.kind == "label" for each in narration.script.utterances)
    return "" if marked else narration.notice


def labelled(narration: Narration, signed: tuple[str, ...]) -> Labelled | None:
    """What the report says of the mark; ``signed`` are the formats with content credentials."""
    mode = narration.label.mode
    if mode == "off":
        return None
    said = tuple(each.id for each in narration.script.utterances if each.kind == "label")
    return Labelled(
        mode=mode,
        notice=narration.notice,
        utterances=said,
        aigc=fields_of(narration),
        signed=signed if mode == "eu" else (),
    )


def check_implicit(found: str | None, report: Report) -> Iterator[str]:
    """Whether the value of the field AIGC in a file is the one that the report says was set."""
    wanted = report.label.aigc if report.label else {}
    if not wanted:
        return
    if not found:
        yield msg("The label of synthetic speech (AIGC) is gone.")
        return
    try:
        value = json.loads(found)
    except (ValueError, RecursionError):
        value = None
    if value != wanted:
        yield msg("The label of synthetic speech (AIGC) is not the one in the report.")


def check_notice(text: str, report: Report) -> Iterator[str]:
    """Whether a text that people read holds the mark in words."""
    if report.label and _NOT_TEXT.sub("", report.label.notice) not in _NOT_TEXT.sub("", text):
        yield msg("The words that label the speech as synthetic are gone.")
