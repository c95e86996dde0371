"""Compiles the translations when the package is built or installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = Path("src/readaloud/cli/locale")


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]
    """A ``.mo`` file beside each ``.po`` file; git ignores it, packages hold it."""

    def initialize(self, _: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered; ``editable`` installs read them where they lie."""
        if self.target_name != "wheel":
            return
        compile_catalogues(Path(self.root) / CATALOGUES)
        build_data["artifacts"].append(f"{CATALOGUES}/**/*.mo")


def compile_catalogues(folder: Path) -> None:
    """Compile every catalogue below a folder."""
    for source in sorted(folder.rglob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
