"""The direction of imports, and the contracts of the tables."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import readaloud
from readaloud.engines import ENGINES, load_engine
from readaloud.errors import ConfigError
from readaloud.readers import READERS, load_reader
from readaloud.writers import WRITERS, load_writer

ROOT = Path(readaloud.__file__).parent
LEAVES = {
    "readers": {"models", "errors", "readers"},
    "engines": {"models", "errors", "engines", "voices", "packaged"},
    "writers": {"models", "errors", "writers", "audio"},
    "editing": {"models", "errors", "editing"},
    "script": {"models", "errors", "script"},
    "audio": {"models", "errors", "audio"},
    "publishing": {"errors", "files", "publishing"},
    "checking": {
        "models",
        "errors",
        "audio",
        "script",
        "packaged",
        "options",
        "publishing",
        "checking",
    },
    "models.py": set(),
    "errors.py": set(),
    "packing.py": set(),
    "speaking.py": {"models", "errors", "engines", "audio"},
}


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
    return names - {"__version__"}


@pytest.mark.parametrize("room", LEAVES)
def test_rooms_import_forward_only(room: str) -> None:
    files = [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py"))
    assert files
    for path in files:
        assert _own_imports(path) <= LEAVES[room], path


def test_only_one_module_uses_pydub() -> None:
    users = [p.name for p in ROOT.rglob("*.py") if "pydub" in p.read_text(encoding="utf-8")]
    assert users == ["join.py"]


@pytest.mark.parametrize("name", ENGINES)
def test_engines_keep_their_contract(name: str) -> None:
    engine = load_engine(name)
    assert engine.name == name
    assert engine.max_chars > 0
    assert engine.parallel in {"threads", "processes"}
    assert callable(engine.synthesize)


@pytest.mark.parametrize("name", WRITERS)
def test_writers_keep_their_contract(name: str) -> None:
    assert load_writer(name).extension.startswith(".")


@pytest.mark.parametrize("name", READERS)
def test_readers_keep_their_contract(name: str) -> None:
    assert all(suffix.startswith(".") for suffix in load_reader(name).suffixes)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ConfigError, match="opus9"):
        load_writer("opus9")
    with pytest.raises(ConfigError, match="tin-can"):
        load_engine("tin-can")


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
