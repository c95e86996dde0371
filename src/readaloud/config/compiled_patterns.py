"""Rules read and their patterns compiled when the package is built: a start spends no time on it.

Hundreds of patterns take Python half a second to compile, and milliseconds to load. They are kept
by their text, so that what is kept can't be out of date: a pattern that isn't there, or that
another release of Python compiled, is compiled as ever.
"""

from __future__ import annotations

import _sre
import hashlib
import json
import re
import sys
import tomllib
import zlib
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("compiled_patterns.bin")
_FORM = 2
"""Raised when the file is laid out otherwise."""
_MADE_BY = [_FORM, sys.implementation.name, *sys.version_info[:2], _sre.MAGIC, _sre.CODESIZE]
"""The form of a compiled pattern is Python's own affair, and may change with any release."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """What ``re.compile`` makes of a pattern.

    Raises:
        re.error: it is none.
    """
    kept = _kept(FILE).get(pattern)
    if kept is None:
        return re.compile(pattern)
    code = array("I" if _sre.CODESIZE == 4 else "H", kept["code"]).tolist()
    names = kept["names"]
    by_number = {number: name for name, number in names.items()}
    groups = tuple(by_number.get(number) for number in range(kept["groups"] + 1))
    made: re.Pattern[str] = _sre.compile(
        pattern, kept["flags"], code, kept["groups"], names, groups
    )
    return made


def needed_characters(pattern: str) -> tuple[bool, frozenset[str] | None]:
    """Whether it is on record which characters a pattern needs, and which; None for no such."""
    kept = _kept(FILE).get(pattern)
    if kept is None:
        return False, None
    return True, None if kept["needs"] is None else frozenset(kept["needs"])


def write_patterns(
    patterns: Mapping[str, frozenset[str] | None], file: Path, rules: Iterable[str] = ()
) -> None:
    """Keep patterns, each with the characters that a match needs, and texts of TOML files."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    entries: list[dict[str, Any]] = []
    codes = b""
    for pattern, needs in patterns.items():
        parsed = _parser.parse(pattern)
        code = array("I" if _sre.CODESIZE == 4 else "H", _compiler._code(parsed, 0)).tobytes()
        entries.append({
            "pattern": pattern,
            "flags": parsed.state.flags,
            "groups": parsed.state.groups - 1,
            "names": parsed.state.groupdict,
            "needs": None if needs is None else "".join(sorted(needs)),
            "code": len(code),
        })  # fmt: skip
        codes += code
    read = {_name_of(text): tomllib.loads(text) for text in rules}
    head = json.dumps({"made_by": _MADE_BY, "entries": entries, "rules": read}).encode()
    file.write_bytes(zlib.compress(len(head).to_bytes(4, "little") + head + codes))


def read_rules(text: str) -> dict[str, Any]:
    """What a TOML file of rules holds.

    Raises:
        ValueError: it is no TOML.
    """
    kept: dict[str, Any] | None = _read(FILE)[1].get(_name_of(text))
    return tomllib.loads(text) if kept is None else kept


def _name_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(file: Path) -> dict[str, dict[str, Any]]:
    """Pattern -> what was kept of it."""
    return _read(file)[0]


@lru_cache
def _read(file: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """What was kept of patterns, and of texts by their hashes; nothing where another Python did."""
    try:
        content = zlib.decompress(file.read_bytes())
        end = 4 + int.from_bytes(content[:4], "little")
        head = json.loads(content[4:end])
    except (OSError, zlib.error, ValueError):
        return {}, {}
    if head["made_by"] != _MADE_BY:
        return {}, {}
    kept: dict[str, dict[str, Any]] = {}
    for entry in head["entries"]:
        kept[entry["pattern"]] = {**entry, "code": content[end : end + entry["code"]]}
        end += entry["code"]
    return kept, head["rules"]
