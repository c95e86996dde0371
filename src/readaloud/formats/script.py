"""The script as it was spoken: with it, one article of a bulletin can be replaced later.

All else stays as it was then, whatever has become of the sources since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from readaloud.errors import UnreadableSourceError, msg, system_reason
from readaloud.files.outside import read_outside
from readaloud.formats import Format
from readaloud.formats.report import Report
from readaloud.formats.shared.tag_values import write_errors
from readaloud.model import Narration, Script, Utterance

_MOST_BYTES = 256_000_000


def _write(narration: Narration, path: Path) -> None:
    with write_errors(path):
        path.write_bytes(to_json(narration.script) + b"\n")


def to_json(script: Script) -> bytes:
    """A script as its file has it: without its cover, and without what a voice keeps secret."""
    kept = replace(
        script,
        article=replace(script.article, cover=None),
        utterances=tuple(map(_without_secrets, script.utterances)),
    )
    return msgspec.json.encode(kept, enc_hook=_as_text)


def _as_text(value: object) -> str:
    """Reasons are messages, texts of a kind that msgspec does not know."""
    if isinstance(value, str):
        return "".join(value)
    raise NotImplementedError(type(value))


def _without_secrets(said: Utterance) -> Utterance:
    if said.voice is None:
        return said
    return replace(said, voice=replace(said.voice, secrets=(), style_file=""))


def read_script(path: Path) -> Script:
    """The script of a file.

    Raises:
        UnreadableSourceError: it can't be read, or is no script.
    """
    try:
        return msgspec.json.decode(read_outside(path, _MOST_BYTES), type=Script)
    except OSError as error:
        raise UnreadableSourceError(
            msg("{path} can't be read: {reason}.", path=path, reason=system_reason(error)),
            msg("Give an edition of several articles that has its script beside it."),
        ) from error
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise UnreadableSourceError(
            msg("{path} is no script of readaloud: {error}.", path=path, error=error),
            msg("Build the edition again."),
        ) from error


def _check(path: Path, report: Report) -> Iterator[str]:
    try:
        script = read_script(path)
    except UnreadableSourceError as error:
        yield error.message
        return
    said = [(each.id, each.text) for each in script.utterances]
    if said != [(each.id, each.text) for each in report.utterances]:
        yield msg("It does not hold the utterances of the report.")


FORMAT = Format(
    "script",
    ".script.json",
    "application/json",
    msg("what a correction needs; bulletins have it by themselves"),
    _write,
    _check,
    order=95,
    needs_audio=True,
)
