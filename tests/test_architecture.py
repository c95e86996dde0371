"""The direction of imports, and what may be imported when."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import readaloud

ROOT = Path(readaloud.__file__).parent
MAY_IMPORT = {
    "errors.py": set(),
    "plugins.py": {"errors"},
    "files": {"errors"},
    "model": {"errors"},
    "config": {"errors", "model", "files"},
    "chinese": {"errors", "model"},
    "audio": {"errors", "model"},
    "sources": {"errors", "model", "chinese", "plugins", "files"},
    "editing": {"errors", "model", "chinese", "config"},
    "spoken": {"errors", "model", "chinese", "config"},
    "speech": {"errors", "model", "files", "config", "audio", "plugins"},
    "formats": {"errors", "model", "audio", "plugins", "files"},
    "podcast": {"errors", "files", "chinese", "config", "formats"},
    "publishing": {"errors", "files", "config", "podcast"},
    "editions": {
        *("errors", "model", "files", "config", "chinese", "audio", "sources", "editing"),
        *("spoken", "speech", "formats", "podcast", "publishing"),
    },
    "morning": {
        *("errors", "model", "files", "config", "sources", "editing", "podcast", "publishing"),
        "editions",
    },
    "cli": {"errors", "model", "config", "formats", "podcast", "publishing", "editions", "morning"},
}
"""The rooms, from the ground floor up, and what each may look down on."""


def _own_imports(path: Path) -> set[str]:
    """First name below readaloud of every import of a module, wherever it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            parts = node.module.split(".")
            if parts[0] == "readaloud":
                names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {n.name.split(".")[1] for n in node.names if n.name.startswith("readaloud.")}
    return names


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_forward_only(room: str) -> None:
    files = [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py"))
    for path in files:
        if path.exists():
            assert _own_imports(path) - {room} <= MAY_IMPORT[room], path


def test_only_one_module_uses_pydub() -> None:
    users = [p.name for p in ROOT.rglob("*.py") if "pydub" in p.read_text(encoding="utf-8")]
    assert users == ["join.py"]


def test_help_imports_nothing_heavy() -> None:
    heavy = {"numpy", "av", "onnxruntime", "kaldifst", "pypinyin", "opencc", "rich"}
    heavy |= {"mutagen", "faster_whisper", "lxml", "PIL", "distributed"}
    code = (
        "import sys, readaloud.cli\n"
        "from typer.testing import CliRunner\n"
        "assert CliRunner().invoke(readaloud.cli.app, ['build', '--help']).exit_code == 0\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
