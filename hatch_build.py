"""Compiles translations and the patterns of rules when the package is built or installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = Path("src/readaloud/cli/locale")
PATTERNS = Path("src/readaloud/config/compiled_patterns.bin")
RULES = ("src/readaloud/editing/rules", "src/readaloud/spoken/rules")


class CompileData(BuildHookInterface):  # type: ignore[type-arg]
    """A ``.mo`` file beside each ``.po`` file, and patterns; packages hold them, git does not."""

    def initialize(self, _: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered; ``editable`` installs read them where they lie."""
        if self.target_name != "wheel":
            return
        compile_catalogues(Path(self.root) / CATALOGUES)
        compile_patterns(Path(self.root))
        build_data["artifacts"] += [f"{CATALOGUES}/**/*.mo", str(PATTERNS)]


def compile_catalogues(folder: Path) -> None:
    """Compile every catalogue below a folder."""
    for source in sorted(folder.rglob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def compile_patterns(root: Path) -> None:
    """Compile the patterns of all rules; other releases of Python pass over what this one makes."""
    sys.path.insert(0, str(root / "src"))
    try:
        write = import_module("readaloud.config.compiled_patterns").write_patterns
        needs = import_module("readaloud.editing.needed_characters").find_needed
        kept = {pattern: needs(pattern) for pattern in find_patterns()}
        write(kept, root / PATTERNS, (path.read_text("utf-8") for path in find_rules(root)))
    finally:
        sys.path.remove(str(root / "src"))


def find_rules(root: Path) -> Iterator[Path]:
    """The files of rules."""
    for folder in RULES:
        yield from sorted((root / folder).glob("*.toml"))


def find_patterns() -> Iterator[str]:
    """The patterns of editing, of the spoken form, and of characters with several readings."""
    book = import_module("readaloud.editing.rulebook").house_rules()
    for entry in (*book.rules, *book.followers, *book.pieces, *book.marks.values()):
        yield entry.pattern.pattern
    yield import_module("readaloud.editing.heading_numbers").ANY.pattern
    for rule in import_module("readaloud.spoken.rulebook").load_rulebook().rules:
        yield rule.pattern.pattern
    emoji = import_module("readaloud.spoken.emoji")
    yield from (emoji.KAOMOJI.pattern, emoji.standing().pattern)
    lists = import_module("readaloud.spoken.reading_lists")
    yield from (pattern for _, pattern in lists.IN_CONTEXT.values())
    for rows in lists.rows_of_characters().values():
        yield from ("".join(pattern) for _, _, *pattern in rows)
