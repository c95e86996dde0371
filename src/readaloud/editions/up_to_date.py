"""Whether an edition that is there is the one that would be made: then it need not be made again.

The report holds a key over all that shapes an edition, and the hash of every file of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from readaloud.config.run_options import Options
from readaloud.errors import UnreadableSourceError
from readaloud.files.atomic import hash_file
from readaloud.formats import REPORT, find_format, find_report
from readaloud.formats.report import Report, read_report
from readaloud.model import Edition, Label, Loudness, Source, Voice, count_unspoken
from readaloud.model.version import __version__
from readaloud.spoken.lexicon import Lexicon


def edition_key(
    source: Source, voice: Voice, lexicon: Lexicon, model_id: str, options: Options
) -> str:
    """SHA-256, in hexadecimal, of the source, how it is said, by whom, and by which program."""
    parts = (
        __version__,
        source.name,
        hashlib.sha256(source.data).hexdigest(),
        repr(voice) + voice.style_sha256,
        repr(lexicon),
        repr((options.editing, options.reading_rules)),
        model_id,
        hash_file(options.cover) if options.cover else "",
        options.album,
        *_of_label(options.mark),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _of_label(label: Label) -> tuple[str, ...]:
    """What it says of synthetic speech, and who signs that; nothing where it says nothing."""
    if label.mode == "off":
        return ()
    signer = hash_file(label.certificate) if label.certificate else ""
    return (repr(replace(label, certificate=None, key=None)), signer)


def find_edition(folder: Path, stem: str, formats: Sequence[str], key: str) -> Edition | None:
    """The edition of that key, if all its files are there, unchanged; None where it has to be made.

    Without a report among the formats nothing is known.
    """
    if REPORT not in formats:
        return None
    try:
        report = read_report(find_format(REPORT).path(folder, stem))
        if report.edition != key or not _files_are_whole(folder, report, formats):
            return None
    except (UnreadableSourceError, OSError, KeyError):
        return None
    return _edition_of(report, folder, formats)


def _files_are_whole(folder: Path, report: Report, formats: Sequence[str]) -> bool:
    return all(
        hash_file(folder / report.files[name].name) == report.files[name].sha256
        for name in formats
        if name != REPORT
    )


def _edition_of(report: Report, folder: Path, formats: Sequence[str]) -> Edition | None:
    if report.loudness_lufs is None or report.true_peak_dbtp is None:
        return None
    return Edition(
        source=report.source,
        title=report.title or report.stem,
        files=tuple(find_format(name).path(folder, report.stem) for name in formats),
        voice=report.voice.name,
        duration_ms=report.duration_ms,
        chapters=len(report.chapters),
        utterances=len(report.utterances),
        synthesized=0,
        removed=len(report.removed),
        unspoken=count_unspoken((gone.text, gone.rule) for gone in report.skipped),
        loudness=Loudness(report.loudness_lufs, report.true_peak_dbtp),
        content_sha256=report.content_sha256,
        report=find_report(folder, report.stem, formats),
        fresh=True,
    )
