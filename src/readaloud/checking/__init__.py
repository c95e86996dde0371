"""Finished editions -> what is wrong with them: held against their report, and listened to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readaloud.checking.edition import find_problems, read_edition
from readaloud.checking.listening import Hearing, open_recogniser
from readaloud.errors import InputError


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and what was found; ``hearing`` is None where nobody listened."""

    file: str
    problems: tuple[str, ...]
    hearing: Hearing | None = None


def check(names: Sequence[str], *, listen: bool = False) -> Iterator[Checked]:
    """Check the audio files that ``names`` lead to, each beside its report; folders hold ``.mp3``.

    Only an edition that passes all other checks is listened to: in another one no utterance is
    sure to stand where the report says.

    Raises:
        MissingDependencyError: ``listen``, and the recogniser is not installed.
        OutputError: its model can't be put into the cache.
    """
    recognise = open_recogniser() if listen else None
    for path in _files(names):
        try:
            edition = read_edition(path)
        except InputError as error:
            yield Checked(str(path), (error.message,))
            continue
        problems = find_problems(edition)
        if recognise is None or problems:
            yield Checked(str(path), problems)
            continue
        hearing = recognise(edition)
        yield Checked(str(path), hearing.problems, hearing)


def _files(names: Sequence[str]) -> Iterator[Path]:
    """The files named, and those of the folders named, each once."""
    seen: set[Path] = set()
    for path in map(Path, names):
        for file in sorted(path.rglob("*.mp3")) if path.is_dir() else [path]:
            if file not in seen:
                seen.add(file)
                yield file
