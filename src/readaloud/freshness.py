"""Whether an edition that is there is the one that would be made: then it need not be made again.

The report holds a key over all that shapes an edition, and the hash of every file of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from readaloud import __version__
from readaloud.files import hash_file
from readaloud.models import Loudness, Source, Voice, count_unspoken
from readaloud.observing import Edition
from readaloud.options import Options
from readaloud.script.lexicon import Lexicon


def edition_key(
    source: Source, voice: Voice, lexicon: Lexicon, model_id: str, options: Options
) -> str:
    """SHA-256, in hexadecimal, of the source, how it is said, by whom, and by which program."""
    parts = (
        __version__,
        source.name,
        hashlib.sha256(source.data).hexdigest(),
        repr(voice),
        repr(lexicon),
        repr((options.rules, options.reading)),
        model_id,
        hash_file(options.cover) if options.cover else "",
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def find_edition(folder: Path, stem: str, formats: Sequence[str], key: str) -> Edition | None:
    """The edition of that key, if all its files are there, unchanged; None where it has to be made.

    Without a report among the formats nothing is known.
    """
    report_path = folder / f"{stem}.json"
    if "json" not in formats:
        return None
    try:
        report = json.loads(report_path.read_text(encoding="utf-8"))
        if report["edition"] != key or not _files_are_whole(folder, report, formats):
            return None
        return _edition_of(report, folder, formats)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _files_are_whole(folder: Path, report: dict[str, Any], formats: Sequence[str]) -> bool:
    files = report["files"]
    return all(
        hash_file(folder / files[name]["name"]) == files[name]["sha256"]
        for name in formats
        if name != "json"
    )


def _edition_of(report: dict[str, Any], folder: Path, formats: Sequence[str]) -> Edition:
    files = report["files"]
    names = (files[name]["name"] if name != "json" else None for name in formats)
    stem_json = folder / f"{report['stem']}.json"
    return Edition(
        source=report["source"],
        title=report["title"] or report["stem"],
        files=tuple(folder / name if name else stem_json for name in names),
        voice=report["voice"]["name"],
        duration_ms=report["duration_ms"],
        chapters=len(report["chapters"]),
        utterances=len(report["utterances"]),
        synthesized=0,
        removed=len(report["removed"]),
        unspoken=count_unspoken(gone["text"] for gone in report["skipped"]),
        loudness=Loudness(float(report["loudness_lufs"]), float(report["true_peak_dbtp"])),
        content_sha256=report["content_sha256"],
        fresh=True,
    )
